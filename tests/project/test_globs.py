"""Globs over many paths at once say what each glob says of each path."""

from itertools import product

import pytest

from readiness.project.globs import Names, matches

_FOLDERS = ("", "a/", "app/", "deploy/", "a/deploy/", "a/b/app/", ".github/workflows/", "ab/")
_NAMES = ("app.py", ".env", ".env.prod", "a.yml", "a.yaml", "Dockerfile", "Dockerfile.dev",
          "x.tar.yml", "b", ".yml", "deploy", "env.b")  # fmt: skip
_PATHS = tuple(sorted("".join(parts) for parts in product(_FOLDERS, _NAMES)))


@pytest.mark.parametrize("glob", [
    "*.yml", "*.y*ml", "*", "**", "**/*", "a*", "*a*", ".env", ".env*", ".env.*", "Dockerfile*",
    "*.{yml,yaml}", "{a,b}", "a.?ml", "**/app/*", "**/deploy/**", "**/nowhere/*", "/deploy/*",
    "deploy/*", "deploy/*.yml", "app/app.py", "/a.yml", "a/**/app.py", "a/**", "**/b/app/*.yml",
    ".github/workflows/*.{yml,yaml}", "*/app.py", "?/deploy/*.yml", "{a,app}/*.yml",
    "{a/deploy,app}/a.yml", "a/{deploy/b,b}", "a**/app.py", "a**/p/app.py", "nowhere/**",
    "*.tar.yml",
])  # fmt: skip
def test_a_glob_finds_the_paths_that_it_matches(glob: str) -> None:
    found = Names(_PATHS).matching(glob)

    assert found == tuple(path for path in _PATHS if matches(path, glob))
