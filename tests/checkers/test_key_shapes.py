"""Keys of every issuer are recognised, whichever of an issuer's beginnings they have."""

import random
import string

import pytest

from readiness.checkers.key_shapes import may_hold_key, shape_of

_ANY = string.ascii_letters + string.digits
_HEX = string.digits + "abcdef"
_UPPER = string.ascii_uppercase + "234567"
_NEXT = random.Random(7)


def _made(letters: str, count: int) -> str:
    return "".join(_NEXT.choices(letters, k=count))


KEYS = {
    "an AWS access key": [f"{start}{_made(_UPPER, 16)}" for start in ("AKIA", "ASIA")],
    "a GitHub token": [f"{start}{_made(_ANY, 36)}"
                       for start in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")],
    "a GitLab token": [f"glpat-{_made(_ANY, 20)}"],
    "a Slack token": [f"xox{kind}-{_made(_ANY, 24)}" for kind in "abeprs"],
    "a Slack webhook": ["https://hooks.slack.com/services/"
                        f"T{_made(_ANY, 8)}/B{_made(_ANY, 8)}/{_made(_ANY, 24)}"],
    "a Stripe live key": [f"{start}{_made(_ANY, 24)}"
                          for start in ("sk_live_", "rk_live_", "whsec_")],
    "an Anthropic key": [f"sk-ant-{_made(_ANY, 30)}"],
    "an OpenAI key": [f"{start}{_made(_ANY, 40)}" for start in ("sk-", "sk-proj-", "sk-svcacct-")],
    "a Google API key": [f"AIza{_made(_ANY, 35)}"],
    "a Groq key": [f"gsk_{_made(_ANY, 44)}"],
    "a Hugging Face token": [f"hf_{_made(_ANY, 34)}"],
    "a LangSmith key": [f"lsv2_{kind}_{_made(_HEX, 32)}_{_made(_HEX, 10)}"
                        for kind in ("pt", "sk")],
    "a SendGrid key": [f"SG.{_made(_ANY, 22)}.{_made(_ANY, 43)}"],
    "an npm token": [f"npm_{_made(_ANY, 36)}"],
    "a PyPI token": [f"pypi-AgEI{_made(_ANY, 60)}"],
    "a DigitalOcean token": [f"{start}_v1_{_made(_HEX, 64)}" for start in ("dop", "doo", "dor")],
    "a Databricks token": [f"dapi{_made(_HEX, 32)}"],
    "a Shopify token": [f"shp{kind}_{_made(_HEX, 32)}" for kind in ("at", "ca", "pa", "ss")],
    "a Vault token": [f"hv{kind}.{_made(_ANY, 30)}" for kind in "sb"],
    "a Telegram bot token": [f"918273645:AA{_made(_ANY, 33)}"],
    "an age key": [f"AGE-SECRET-KEY-1{_made(string.digits + string.ascii_uppercase, 58)}"],
    "an Azure storage key": [f"AccountKey={_made(_ANY, 86)}=="],
    "a key that Django made": [f"django-insecure-{_made(_ANY, 40)}"],
    "a signed token (JWT)": [f"eyJ{_made(_ANY, 20)}.eyJ{_made(_ANY, 30)}.{_made(_ANY, 43)}"],
    "a private key": [f"-----BEGIN {kind}PRIVATE KEY-----" for kind in ("", "RSA ", "OPENSSH ")],
}  # fmt: skip


@pytest.mark.parametrize("title", KEYS)
def test_a_key_is_known_by_its_shape(title: str) -> None:
    assert {shape_of(f'key = "{text}"') for text in KEYS[title]} == {title}


def test_a_text_with_no_mark_of_a_key_is_not_searched() -> None:
    assert not may_hold_key("retries = 5\nname = 'a service'\n")
