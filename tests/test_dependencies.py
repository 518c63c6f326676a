"""What Hyotei rests on: every package is in the record of dependencies, its version is pinned, and its licence is accepted.

This works without a network. Known faults of security are looked for where there is one (docs/release.md).
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

RECORD = ROOT / "docs" / "decisions" / "0006-dependencies.md"
ACCEPTED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public|ISC|zlib|ZPL|Zope Public|HPND|CMU|CC0|0BSD|Unlicense",
    re.IGNORECASE,
)
REFUSED = re.compile(r"GPL|SSPL|BUSL|Proprietary|Commercial", re.IGNORECASE)
AS_IT_IS = {"psycopg", "psycopg-binary"}
"""Copyleft that reaches nobody who uses it unchanged, in an extra of its own (record 6)."""
IN_A_FILE = {"axe-playwright-python": "MIT", "zen-engine": "MIT"}
"""Packages that declare no licence but ship its text."""


@cache
def declared() -> dict[str, list[Requirement]]:
    """The requirements of the core (under an empty name) and of each extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {name: [Requirement(each) for each in given] for name, given in groups.items()}


def direct() -> set[str]:
    """The packages that are named."""
    return {str(canonicalize_name(each.name)) for given in declared().values() for each in given} - {"hyotei"}


def found(name: str) -> Distribution | None:
    """A package, where it is installed."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def reached() -> Iterator[Distribution]:
    """Every package that is installed here because Hyotei, or another of them, needs it."""
    left = [each for given in declared().values() for each in given if each.name != "hyotei"]
    seen: set[tuple[str, frozenset[str]]] = set()
    told: set[str] = set()
    while left:
        wanted = left.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        package = found(wanted.name)
        if key in seen or package is None:
            continue
        seen.add(key)
        if key[0] not in told:
            told.add(key[0])
            yield package
        for text in package.requires or ():
            each = Requirement(text)
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in (*wanted.extras, "")):
                left.append(each)


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else its classifiers, else the first line of the text."""
    said = package.metadata.json
    classes = [
        str(each).rpartition("::")[2].strip()
        for each in said.get("classifier", ())
        if str(each).startswith("License ::")
    ]
    stated = str(said.get("license", "")).strip().partition("\n")[0]
    return str(said.get("license_expression") or ", ".join(classes) or stated)


def test_every_package_that_is_named_is_in_the_record() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|", RECORD.read_text(encoding="utf-8"), re.MULTILINE)
    told = {canonicalize_name(each) for row in rows for each in re.findall(r"[A-Za-z][\w.-]*", row)}
    assert direct() - told == set()


def test_every_package_has_a_licence_that_is_accepted() -> None:
    wrong = {}
    for package in reached():
        name = canonicalize_name(package.name)
        said = IN_A_FILE.get(name) or licence(package)
        if name not in AS_IT_IS and (REFUSED.search(said) or not ACCEPTED.search(said)):
            wrong[name] = said
    assert wrong == {}


def test_every_package_is_pinned_as_it_is_installed() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    }
    missing = sorted(each.name for each in reached() if canonicalize_name(each.name) not in pinned)
    assert missing == []
    if not Path(ROOT / ".venv" / "hyotei-stamp").exists():
        pytest.skip("these packages were not installed by make")
    other = {each.name: each.version for each in reached() if pinned[canonicalize_name(each.name)] != each.version}
    assert other == {}
