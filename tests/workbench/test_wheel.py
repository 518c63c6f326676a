"""The workbench as it is installed: of a built wheel, and of nothing else of this checkout."""

import re
import tomllib
from pathlib import Path

import pytest

from hyotei.base.extras import EXTRAS
from hyotei.forms.library import library as forms
from hyotei.rulebook.library import library, rubrics
from tests.built_wheel import built_wheel
from tests.conftest import ROOT
from tests.workbench.running import Visitor, running


def test_the_extra_brings_every_library_that_the_server_asks_for() -> None:
    """One that was left out was missed by the first request, which was never answered."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    brought = re.fullmatch(r"hyotei\[(.*)\]", named["workbench"][0])
    assert brought is not None
    extras = brought[1].split(",")
    assert set(extras) == {"columnar", "proof", "readers", "report"}
    assert {module for each in extras for module in EXTRAS[each]} - set(EXTRAS["workbench"]) <= {"zstandard"}


def test_what_pages_load_is_our_own_or_named_in_notice() -> None:
    """A file of somebody else says so at its head, and comes with its licence."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    files = [each for each in (ROOT / "engine/hyotei/workbench/static").rglob("*") if each.is_file()]
    assert files
    for each in files:
        foreign = re.search(r"@license|@preserve|Copyright|SPDX-License|/\*!", each.read_text(encoding="utf-8"))
        assert foreign is None or each.name in notice, each


@pytest.mark.slow
def test_a_built_wheel_has_all_that_its_pages_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates, scripts, styles, wording in both languages, rulebooks, forms and the example sheet."""
    installed = built_wheel(ROOT, tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(installed))
    monkeypatch.chdir(tmp_path)
    with running(tmp_path) as place:
        person = Visitor(place)
        login = person.get("login/")
        sheets = person.send("login/", name="analyst", password=place.password)
        assets = {
            *re.findall(r'(?:href|src)="/(static/[^"]+|document.css)"', login + sheets),
            "static/workbench/grid.js",
        }
        assert len(assets) > 2
        assert all(map(person.get, assets))
        gallery, listed = person.get("rulebooks/"), person.get("forms/")
        assert all(f'href="/rulebooks/{each.head.id}/"' in gallery for each in (*library(), *rubrics()))
        assert all(f'href="/forms/{each.head.id}/"' in listed for each in forms())
        page = re.search(r'href="/(sheets/[0-9a-f-]{36}/)"', sheets)  # the example
        assert page is not None
        assert "評価区分" in person.get(page[1])
        person.opener.addheaders = [("Accept-Language", "en")]
        assert "Rulebooks" in person.get("rulebooks/")
