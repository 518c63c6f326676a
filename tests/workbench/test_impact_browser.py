"""What a draft moves, in a browser: it follows each change, stays until the next is there, and is told below the tables."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("duckdb")

from tests.workbench.draft_pages import begin, person
from tests.workbench.running import Place, running
from tests.workbench.test_sheets import SEED

pytestmark = pytest.mark.slow
DONE = "#impact:not([data-running]):not([aria-busy])"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    from hyotei.corpus.build import build

    folder = tmp_path_factory.mktemp("workbench")
    (folder / "data" / "corpora").mkdir(parents=True)
    build([SEED], folder / "data" / "corpora" / "種")
    with running(folder) as found:
        yield found


def _edit(page: Any, before: str, after: str) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    field = page.locator("textarea[name=text]", has_text="rulebook: mic-2013")
    field.fill(field.input_value().replace(before, after, 1))
    field.blur()


def test_it_follows_each_change(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    begin(page, place)
    page.set_default_timeout(120_000)
    page.wait_for_selector(DONE)
    assert page.locator("#impact select[name=corpus]").input_value() == ""
    page.locator("#impact select[name=corpus]").select_option("種")
    page.locator(f"{DONE} .lead", has_text="1件のうち、").wait_for()
    assert "変わる評価書はない" in page.inner_text("#moved-lead")
    _edit(page, "value: 50%", "value: 80%")
    page.locator("#moved-lead", has_text="1件のうち 1件").wait_for()
    assert re.search(r"50% → 80%", page.locator("#impact").inner_text())
    # Errors take it away, and their mend brings it back without another comparison.
    _edit(page, "value: 80%", "value: eighty")
    page.wait_for_selector("#impact", state="detached")
    _edit(page, "value: eighty", "value: 80%")
    page.wait_for_selector(f"{DONE} .lead")
    page.reload()
    page.wait_for_selector(f"{DONE} .lead")
    assert page.locator("#impact select[name=corpus]").input_value() == "種"
    assert not faults
    hosts = {re.sub(r"^(\w+://[^/]+).*", r"\1", each, flags=re.DOTALL) for each in page.asked}
    assert hosts == {place.address.rstrip("/")}
