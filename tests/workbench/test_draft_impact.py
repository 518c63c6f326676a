"""What a draft moves: among the sheets that were read in, and those of a corpus; what cannot be compared is told."""

import re
from pathlib import Path
from time import sleep
from typing import Any

import pytest

pytest.importorskip("django")
pytest.importorskip("duckdb")

from tests.workbench.test_sheets import ACTUAL, SEED, read_in, revision, text_of


def _draft(client: Any, before: str, after: str) -> str:
    to = str(client.post("/drafts/", {"rulebook": "mic-2013"}).url)
    text = client.get(f"{to}document/").content.decode()
    front = text[: text.index("\n---\n", 4) + 5]
    assert before in front
    client.post(to, {"seen": "1", "section": "0", "text": front.replace(before, after, 1)})
    return to


def told(client: Any, to: str, **query: str) -> str:
    """What the page of the impact says when it is worked out."""
    for _ in range(600):
        page = client.get(f"{to}impact/", query)
        if "data-running" not in page.content.decode():
            return str(text_of(page))
        sleep(0.1)
    raise AssertionError("the impact is not worked out")


def test_it_tells_which_sheets_move_and_by_which_edit(person: Any) -> None:
    client = person("analyst")
    to = _draft(client, "value: 50%", "value: 80%")
    assert "HY992" in told(client, to, corpus="")
    page = read_in(client)
    shown = told(client, to, corpus="")
    assert "ICT分野における国際戦略の推進" in shown
    assert "A → B" in shown
    assert "50% → 80%" in shown
    # A sheet that was read in twice counts once, as it is now.
    read_in(client)
    client.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": revision(client, page)})
    assert "1件のうち 1件" in told(client, to, corpus="")


def test_it_goes_over_a_corpus_of_the_workbench(person: Any, database: Path) -> None:
    from hyotei.corpus.build import build

    build([SEED], database / "corpora" / "seed")
    client = person("analyst")
    to = _draft(client, "value: 50%", "value: 80%")
    shown = told(client, to, corpus="seed")
    assert "1件のうち 1件" in shown
    for wrong in ("../corpora/seed", "none", "/"):
        assert client.get(f"{to}impact/", {"corpus": wrong}).status_code == 404


def test_a_draft_with_errors_is_told_with_all_of_them(person: Any) -> None:
    client = person("analyst")
    to = _draft(client, "value: 50%", "value: fifty")
    read_in(client)
    shown = told(client, to)
    assert 'role="alert"' in shown
    assert "HY" in shown


def test_the_rows_that_answer_for_a_sheet_are_marked_and_follow_each_change(person: Any) -> None:
    client = person("analyst")
    sheet = read_in(client).rstrip("/").rpartition("/")[2]
    to = str(client.post("/drafts/", {"rulebook": "mic-2013"}).url)
    shown = text_of(client.get(to, {"sheet": sheet}))
    assert "<strong>A" in shown
    fired = re.findall(r'<tr class="fires"><td>\s*<input id="c\.([0-9]+)\.([0-9]+)\.0"', shown)
    assert fired
    text = client.get(f"{to}document/").content.decode()
    front = text[: text.index("\n---\n", 4) + 5].replace("value: 50%", "value: 80%", 1)
    answer = client.post(f"{to}?sheet={sheet}", {"seen": "1", "section": "0", "text": front})
    assert f"sheet={sheet}" in answer.url
    changed = text_of(client.get(answer.url))
    assert "<strong>B" in changed
    assert re.findall(r'<tr class="fires"><td>\s*<input id="c\.([0-9]+)\.([0-9]+)\.0"', changed) != fired
    for wrong in ("x", "00000000-0000-4000-8000-000000000000"):
        assert 'id="tried"' not in text_of(client.get(to, {"sheet": wrong}))
