"""Checkers that look for secrets written into the repository."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Project,
    Reading,
    Search,
    Unreadable,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.assignments import Assignment, assigned, passwords_in_sql
from readiness.checkers.code_passwords import is_given
from readiness.checkers.credentials import Nature, is_innocent, is_placeholder, nature
from readiness.checkers.files import is_searched
from readiness.checkers.ignored import Ignored, is_env_file
from readiness.checkers.key_shapes import (
    MARKS,
    header_of,
    is_login,
    looks_random,
    may_hold_key,
    shape_of,
)
from readiness.checkers.literal import Literal
from readiness.checkers.literals import literals, numbers_of_texts
from readiness.checkers.logins import is_loopback, logins
from readiness.checkers.mounted import Held, held
from readiness.checkers.names import (
    is_issued,
    is_password,
    is_prose,
    is_reference,
    is_secret,
    is_signing_key,
)
from readiness.checkers.scope import is_code, is_for, is_pipeline, is_plain_text, is_template
from readiness.checkers.understood import unread

_SPEAKS = re.compile(rb"(?i)passw|pwd|secret|token|api_?key|://[^\s/]*@")
_HEADER_LINES = 6
"""Within so many lines the first one of a key itself follows on its title."""
_IN_CODE = frozenset({Nature.VALUE, Nature.WEAK, Nature.SAMPLE})
_REAL = frozenset({Nature.VALUE, Nature.WEAK})
_TO_ENVIRONMENT = (
    "read it from an environment variable that the platform supplies, and change the secret: "
    "whoever has the repository has it"
)


class _Search(Struct):
    """What was searched so far, for the sentence of a pass."""

    files: set[str] = field(default_factory=set)
    texts: int = 0
    found: int = 0


@checker("secrets.hardcoded")
def hardcoded(
    project: Project,
    environment: Environment,
    deployment: Deployment,
    *,
    allow: list[str] | None = None,
) -> Iterator[Finding]:
    """No secret stands in code or in committed configuration.

    ``allow`` are globs of files to leave out. Tests, documentation and templates do not
    count, but for keys whose issuer is plain; an env file counts unless git ignores it.
    """
    left_out = frozenset(project.files(*allow)) if allow else frozenset()
    search = _Search()
    for finding in (
        *_findings(project, environment, left_out, search),
        *_in_mounted(deployment, project, left_out, search),
    ):
        search.found += 1
        yield finding
    if not search.files:
        raise NotApplicable("there is no code and no configuration to search")
    unknown = [*unread(project, _SPEAKS, "secrets")]
    yield from unknown
    if not (search.found or unknown):
        yield ok(
            f"no secret in {counted(len(search.files), 'file')}, of which "
            f"{counted(search.texts, 'text was', 'texts were')} judged",
            data={"files": len(search.files), "texts": search.texts},
        )


def _findings(
    project: Project, environment: Environment, left_out: frozenset[str], search: _Search
) -> Iterator[Finding]:
    search.files |= {path for path in project.paths if is_code(path)} - left_out
    search.texts += sum(n for path, n in numbers_of_texts(project).items() if path not in left_out)
    seen: set[Place] = set()
    for literal in literals(project):
        if literal.at.path not in left_out:
            if what := _in_code(literal):
                seen.add(Place(literal.at.path, literal.at.line))
                yield _written(what, literal.at)
            elif _signs(literal, environment):
                yield _written(f"{literal.name} is a placeholder that works as a key", literal.at)
    yield from _in_comments(project, left_out, seen)
    ignored = Ignored(project)
    for path in project.paths:
        if not is_searched(project, path) or path in left_out:
            continue
        search.files.add(path)
        if is_template(path):
            yield from _by_shape(project, path, ignored)
        else:
            yield from _in_file(project, path, environment.name, ignored, search)
    for path in filter(is_plain_text, project.paths):
        if path not in left_out:
            yield from _in_text(project, path, ignored)


def _in_text(project: Project, path: str, ignored: Ignored) -> Iterator[Finding]:
    """The keys of a known shape in notes and the like; a key's first line alone is none."""
    text = project.text_if_any(path)
    lines = project.lines(path) if text is not None and may_hold_key(text) else ()
    for n, line in enumerate(lines):
        rest = "\n".join(one.text for one in lines[n : n + _HEADER_LINES])
        if shape_of(line.text) and (shape := shape_of(rest, whole=True)):
            yield _of_shape(shape, line.at, ignored)


def _in_comments(
    project: Project, left_out: frozenset[str], seen: set[Place]
) -> Iterator[Finding]:
    """The keys of a known shape in comments of the code."""
    counted_in = numbers_of_texts(project)
    for path, lines in project.noted(_COMMENTS).items():
        if lines and path in counted_in and path not in left_out:
            for shape, at in _shapes(project, path):
                if Place(path, at.line) not in seen:
                    yield _written(f"there is {shape} in a comment", at)


def _shapes(project: Project, path: str) -> Iterator[tuple[str, Place]]:
    """Whose keys the comments of a file hold, and where."""
    for text, at in _keys(project, path):
        if shape := _shape_in(text):
            yield shape, at


def _shape_in(line: str) -> str | None:
    _, sign, comment = line.partition("#")
    return shape_of(comment) if sign else None


def _may_hold_shapes(project: Project, path: str) -> int:
    """Whether there are such keys in a file; -1 of a file without a text."""
    text = project.text_if_any(path)
    return -1 if text is None else any(_shape_in(line) for line in re.split(r"[\r\n]", text))


_COMMENTS = Reading(
    b"keys in comments",
    Search(rb"#[^\n]*(?:" + b"|".join(re.escape(one.encode()) for one in MARKS) + rb")"),
    is_code,
    _may_hold_shapes,
)


def _by_shape(project: Project, path: str, ignored: Ignored) -> Iterator[Finding]:
    """The keys in a template that are no samples: their issuers made them recognisable."""
    for text, at in _keys(project, path):
        if shape := shape_of(text):
            yield _of_shape(shape, at, ignored)


def _of_shape(shape: str, at: Place, ignored: Ignored) -> Finding:
    if ignored.keeps_out(at.path):
        return ok(f"there is {shape}, in a file that git ignores", at=at)
    return _written(f"there is {shape}", at)


def _in_code(literal: Literal) -> str | None:
    """What secret a text in the code is; None where it is none."""
    if literal.how == "compared" and not looks_random(literal.text):
        return None
    if shape := shape_of(literal.text, whole=True) or header_of(literal.text):
        return f"{literal.name or 'a text'} is {shape}"
    for login in () if is_prose(literal.name) else logins(literal.text):
        found = nature(login.password or "", near=login.near)
        aside = literal.guarded and found is not Nature.VALUE and is_loopback(login.host)
        if found in _IN_CODE and not aside and " " not in literal.text.replace(" = ", "="):
            return f"the address {f'in {literal.name} ' if literal.name else ''}has a password"
    if any(nature(text) in _IN_CODE for text in passwords_in_sql(literal.text)):
        return "an SQL statement has the password of a role"
    return _by_name(literal.name, literal.text, _IN_CODE, code=True)


def _signs(literal: Literal, environment: Environment) -> bool:
    """Tell whether the application signs with a text that only asks for a key."""
    name = literal.variable or literal.name
    if not is_signing_key(name) or not (is_placeholder(literal.text) or _is_phrase(literal.text)):
        return False
    if literal.how == "default":
        return not is_given(environment, name)
    return literal.how == "assignment"


def _is_phrase(text: str) -> bool:
    """Tell whether a text is two to four plain words: "super secret key"."""
    return bool(re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+){1,3}", text))


def _by_name(
    name: str, text: str, natures: frozenset[Nature], *, code: bool = False
) -> str | None:
    if not (is_password(name) or is_secret(name)) or is_reference(name):
        return None
    if is_innocent(name, text) or nature(text) not in natures:
        return None
    if is_password(name):
        return f"{name} is a password"
    if is_secret(name) and (
        looks_random(text)
        or (Nature.SAMPLE in natures and _is_key(name, text))
        or (code and is_signing_key(name))
    ):
        return f"{name} is a secret"
    return None


def _is_key(name: str, text: str) -> bool:
    """Tell whether a signing key is a plain word: a token or id may well be one, a key not."""
    ends = name.lower().endswith(("secret", "secret_key", "signing_key", "encryption_key"))
    return ends and len(text) > 3 and "-" not in text and not is_issued(name)  # noqa: PLR2004


def _in_file(
    project: Project, path: str, environment: str, ignored: Ignored, search: _Search
) -> Iterator[Finding]:
    seen: set[Place] = set()
    for text, at in _keys(project, path):
        if shape := shape_of(text):
            seen.add(at)
            yield _judged(f"there is {shape}", at, ignored)
    here = is_for(path, environment) and not is_pipeline(path)
    every = assigned(project, path)
    search.texts += every.count
    for one in every.telling:
        deployed = here and is_for(one.section, environment)
        if one.at not in seen and (what := _in_config(one, deployed=deployed)):
            seen.add(one.at)
            yield _judged(what, one.at, ignored)


def _in_mounted(
    deployment: Deployment, project: Project, left_out: frozenset[str], search: _Search
) -> Iterator[Finding]:
    """The files that Compose mounts as secrets, if they are in the repository."""
    ignored = Ignored(project)
    for one in held(deployment, project):
        # Files of settings were searched line by line already.
        if not one.in_file or one.at.path in left_out or is_searched(project, one.at.path):
            continue
        search.files.add(one.at.path)
        search.texts += 1
        if (what := _mounted_as(one)) is None:
            continue
        if ignored.keeps_out(one.at.path):
            yield ok(f"{what}, in a file that git ignores", at=one.at)
        else:
            yield _written(what, one.at)


def _mounted_as(one: Held) -> str | None:
    """What secret a mounted file holds; a placeholder or a certificate is none."""
    text, what = one.text.strip(), f"the {one.kind} {one.names[0]}"
    if shape := shape_of(text):
        return f"{what} is {shape}"
    if any(_by_name(name, text, _IN_CODE) for name in one.names):
        return f"{what} has its value in a file"
    alone = one.kind == "secret" and len(text.split()) == 1
    return f"{what} has its value in a file" if alone and looks_random(text) else None


def _keys(project: Project, path: str) -> Iterator[tuple[str, Place]]:
    """The lines of a file that may hold a key of a known shape."""
    try:
        if may_hold_key(project.text(path)):
            yield from ((line.text, line.at) for line in project.lines(path))
    except Unreadable:
        return


def _in_config(one: Assignment, *, deployed: bool) -> str | None:
    """What secret a value in a file of settings is; samples of other environments are none."""
    natures = _IN_CODE if deployed else _REAL
    if deployed and is_signing_key(one.name) and is_placeholder(one.text):
        return f"{one.name} is a placeholder that works as a key"
    if one.secret and nature(one.text) in natures:
        how = " in base64, which is no encryption" if one.encoded else ""
        return f"{one.name} of a Secret is written out{how}"
    if one.name in {"auth", "_auth"} and is_login(one.text):
        return f"{one.name} is a login in base64, which is no encryption"
    if header := header_of(one.text):
        return f"{one.name} is {header}"
    for login in () if is_prose(one.name) else logins(one.text):
        if login.is_real and nature(login.password or "", near=login.near) in natures:
            return f"the address in {one.name} has a password"
    return _by_name(one.name, one.text, natures)


def _judged(what: str, at: Place, ignored: Ignored) -> Finding:
    """A secret in a file: an env file is where it belongs, if the file stays out of git."""
    if not is_env_file(at.path) or (kept := ignored.keeps_out(at.path)) is False:
        return _written(what, at)
    if kept:
        return ok(f"{what}, in a file that git ignores", at=at)
    return undecided(
        f"{what}, and nothing tells whether the file is committed",
        at=at,
        hint=f"list {at.path} in .gitignore, or write references such as ${{NAME}} in it",
    )


def _written(what: str, at: Place) -> Finding:
    return problem(
        f"{what}, written out here; a secret comes from outside of the repository",
        at=at,
        hint=_TO_ENVIRONMENT,
    )
