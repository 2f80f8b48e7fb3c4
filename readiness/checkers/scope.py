"""Which files of a project count: as code, as what is deployed, for which environment."""

import re
from collections.abc import Iterator
from functools import lru_cache

from readiness import Environment, Line, Project, Unreadable
from readiness.checkers.names import environment_of

_ASIDE = frozenset({
    "tests", "test", "testing", "examples", "example", "cookbook", "docs", "doc", "notebooks",
    ".venv", "node_modules", "fixtures", "testdata", "__tests__", "spec", "mocks", "vendor",
    "third_party", "site-packages", ".devcontainer",
    "test_fixtures", "pytest_fixtures", "test_utils", "test_helpers",
    ".vscode", ".idea", "locale", "locales", "i18n", "translations", "lang",
})  # fmt: skip
_OTHERS = frozenset({".venv", "node_modules", "vendor", "third_party", "site-packages"})
_TESTS = frozenset(
    {"test", "tests", "testing", "e2e", "unittest", "unittests", "example", "examples"}
)
_ASIDE_FILES = re.compile(
    r"(?:test_.*|.*_test|tests|testing|conftest)\.py\Z|.*[._](?:test|spec)\.[jt]sx?\Z|.*\.(?:md|rst|adoc|ipynb)\Z"
)
_TEMPLATES = re.compile(
    r"(?:^|[._-])(?:example|sample|template|tmpl|tpl|dist|j2|jinja|jinja2|skel|defaults?\.example)"
    r"(?:$|[._-])"
)
_LOCKS = re.compile(
    r".*(?:\.lock|-lock\.json|-lock\.yaml|\.lock\.hcl|\.sum|\.min\.js|\.map|\.svg|\.csv)\Z"
)
_WORKFLOWS = re.compile(
    r"(?:^|/)(?:\.github/workflows/|\.gitlab-ci|\.circleci/|azure-pipelines|bitbucket-pipelines"
    r"|\.travis|Jenkinsfile|\.drone|\.woodpecker|tox\.ini|noxfile)"
)


@lru_cache(65_536)
def is_aside(path: str) -> bool:
    """Tell whether a file is for tests, examples or readers: no process runs it."""
    *folders, name = path.split("/")
    return any(map(_is_aside_folder, folders)) or bool(_ASIDE_FILES.match(name))


def _is_aside_folder(name: str) -> bool:
    pieces = re.split(r"[_-]", name)
    return name in _ASIDE or bool({pieces[0], pieces[-1]} & _TESTS)


def is_template(path: str) -> bool:
    """Tell whether a file is a pattern that somebody copies and fills in."""
    return bool(_TEMPLATES.search(path.rpartition("/")[2].lower()))


def is_generated(path: str) -> bool:
    """Tell whether a tool wrote the file: hashes in it are no secrets."""
    return bool(_LOCKS.match(path.rpartition("/")[2]))


def is_pipeline(path: str) -> bool:
    """Tell whether a file is for continuous integration, whose databases live for a minute."""
    return bool(_WORKFLOWS.search(path))


@lru_cache(65_536)
def is_for(path: str, environment: str) -> bool:
    """Tell whether a file may be deployed to an environment: its path names no other one."""
    own = environment_of(environment) or {environment.lower()}
    named = [environment_of(word) for word in re.split(r"[^A-Za-z]+", path)]
    others = [group for group in named if group and not group & own]
    if any(group & own for group in named):
        return True
    return not others and "override" not in path.rpartition("/")[2]


def is_code(path: str) -> bool:
    """Tell whether a file is Python that counts."""
    return path.endswith(".py") and not is_aside(path)


_CONFIG = re.compile(
    r"(?:.*\.(?:ya?ml|toml|json|ini|cfg|conf|config|properties|env|tf|tfvars|tfstate|hcl|sh|bash|xml"
    r"|service|sql|nomad|bicep|pgpass|js|ts)|\.env(?:\..*)?|\.envrc|.*\.env\..*|Procfile.*"
    r"|(?:.*\.)?(?:Dockerfile|Containerfile)(?:\..*)?|Makefile|justfile|\.pgpass|\.netrc|\.npmrc"
    r"|userlist\.txt|.*\.(?:pem|key|p12|ppk)|id_(?:rsa|dsa|ecdsa|ed25519)|credentials)\Z"
)


def is_config(path: str) -> bool:
    """Tell whether a file holds settings, scripts or keys that count."""
    name = path.rpartition("/")[2]
    return bool(_CONFIG.match(name)) and not (is_aside(path) or is_generated(path))


_TEXT = re.compile(r"[^.]+\Z|.*\.(?:txt|asc|crt|cer|log|bak|old|orig|out)\Z")


def is_plain_text(path: str) -> bool:
    """Tell whether a file may hold what somebody put down: notes, keys without an ending."""
    name = path.rpartition("/")[2]
    return bool(_TEXT.match(name)) and not (
        is_config(path) or is_aside(path) or is_generated(path)
    )


def is_notebook(path: str) -> bool:
    """Tell whether a file is a notebook of the project's own: no process runs it, many read it."""
    *folders, name = path.split("/")
    return name.endswith(".ipynb") and _OTHERS.isdisjoint(folders)


def deployed_files(project: Project, environment: Environment, *globs: str) -> Iterator[str]:
    """The files of these names that are neither an example nor of another environment."""
    for path in project.files(*globs):
        if not is_aside(path) and is_for(path, environment.name):
            yield path


def deployed_lines(
    project: Project, environment: Environment, *globs: str
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Such files with their lines, but for those that cannot be read."""
    for path in deployed_files(project, environment, *globs):
        try:
            yield path, project.lines(path)
        except Unreadable:
            continue
