"""The rulebooks: all of them are shown, each as its author wrote it, and nothing else can be opened."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("markdown_it")
pytest.importorskip("django")

from hyotei.rulebook.library import library, rubrics
from hyotei.workbench.rulebook_markdown import rulebook_markup
from tests.workbench.test_api import Program
from tests.workbench.test_sheets import read_in

ENTRIES = [*library(), *rubrics()]


def test_the_gallery_has_every_rulebook_with_its_standing(person: Any) -> None:
    shown = person("viewer", language="en").get("/rulebooks/").content.decode()
    for entry in ENTRIES:
        assert f'href="/rulebooks/{entry.head.id}/"' in shown
    assert shown.count('class="badge') == len(ENTRIES)
    outside = re.sub(r'<(\w+)[^>]*lang="ja".*?</\1>', "", shown, flags=re.DOTALL)
    assert re.search("[ぁ-ん]", outside) is None


@pytest.mark.parametrize("identity", [entry.head.id for entry in ENTRIES])
def test_every_rulebook_is_a_page_with_the_place_of_every_decision(person: Any, identity: str) -> None:
    book = next(entry for entry in ENTRIES if entry.head.id == identity).load()
    answer = person("viewer").get(f"/rulebooks/{identity}/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert book.hash in shown
    anchors = re.findall('id="decision-([^"]*)"', shown)
    assert sorted(anchors) == sorted(each.name for each in book.decisions)
    assert "style=" not in shown
    rows = sum(len(each.body.rows) for each in book.decisions if hasattr(each.body, "rows"))
    assert shown.count("<tr>") >= rows


@pytest.mark.parametrize("identity", ["none", "..", ".", "%2e%2e", "rules%2Fmic-2013", "%00"])
def test_only_ids_of_the_library_are_opened(person: Any, identity: str, tmp_path: Path) -> None:
    assert person("administrator").get(f"/rulebooks/{identity}/").status_code in (302, 404)


def test_a_rulebook_with_errors_is_told_with_all_of_them(
    person: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").mkdir()
    text = "---\nrulebook: broken\ntitle: x\n---\n\n# 判定 `rating` — for the sheet\n\n    1 +\n"
    (tmp_path / "broken" / "rulebook.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path))
    answer = person("viewer").get("/rulebooks/broken/")
    assert answer.status_code == 409
    assert "HY" in answer.content.decode()


def test_what_a_document_holds_is_text_and_never_markup_of_its_own() -> None:
    shown = rulebook_markup(
        "---\nrulebook: x\n---\n# <b>題</b> `a`\n\n<script>x</script>\n\n[x](javascript:alert(1))\u202e\n\n"
        "| a |\n| :-: |\n| <img src=x> |\n",
        ("a",),
    )
    assert "rulebook: x" not in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    assert "javascript:" not in str(re.findall('href="([^"]*)"', shown))
    assert '<h2 id="decision-a">' in shown
    assert '<td class="align-center">' in shown
    assert "\u202e" not in shown


def _used(client: Any, identity: str) -> str:
    shown = str(client.get(f"/rulebooks/{identity}/").content.decode())
    return shown[shown.index("使われているところ") : shown.index("評価基準書の本文")]


def test_an_analyst_begins_a_draft_on_the_page_of_a_rulebook(person: Any) -> None:
    """Of the one that is shown; of another year's version, which the button would not take, there is none."""
    client = person("analyst")
    shown = client.get("/rulebooks/mic-2013/").content.decode()
    assert '<input type="hidden" name="rulebook" value="mic-2013"><button class="second">下書きを始める' in shown
    assert "下書きを始める" not in client.get("/rulebooks/mic-2013/?year=2012").content.decode()
    assert "下書きを始める" not in person("viewer").get("/rulebooks/mic-2013/").content.decode()


def test_a_rulebook_tells_where_it_is_used_and_what_is_proved(person: Any) -> None:
    analyst, viewer = person("analyst"), person("viewer")
    assert "証明済み" in viewer.get("/rulebooks/mic-2013/").content.decode()
    before = _used(viewer, "mic-2013")
    assert "判定される、読み込んだ評価書：0件" in before
    assert "ここで公開した版はありません" in before
    read_in(analyst)
    page = read_in(analyst)
    draft = analyst.post("/drafts/", {"rulebook": "mic-2013"}).url
    used = _used(analyst, "mic-2013")
    assert "判定される、読み込んだ評価書：2件" in used
    assert f'href="{page}"' in used
    assert f'href="{draft}"' in used
    assert draft not in _used(viewer, "mic-2013")  # who may not edit cannot open it
    # Another one that is chosen for a sheet rates it in place of the one in force.
    analyst.post(f"{page}rulebook/", {"revision": "1", "rulebook": "municipal-direction"})
    assert "判定される、読み込んだ評価書：1件" in _used(viewer, "mic-2013")
    assert "判定される、読み込んだ評価書：1件" in _used(viewer, "municipal-direction")


def test_a_rulebook_counts_what_was_adopted_of_it(person: Any, browser: Any) -> None:
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    client = person("evaluator")
    page = read_in(client)
    assert "判定の採用：0件" in _used(client, "mic-2013")
    client.post(f"{page}adoption/", {"rating": "A", "budget": "Ⅱ", "reason": "", "revision": "1"})
    assert "判定の採用：1件" in _used(client, "mic-2013")
    told = Program(browser, new_token(Account.objects.get(name="evaluator"), "test")).get("/rulebooks/mic-2013").json()
    assert told["proof"] == "proved"
    assert told["use"] == {"sheets": 1, "adopted": 1, "audits": [], "drafts": 0, "replaced_by": []}


def test_the_proof_of_another_content_does_not_count(
    person: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = next(each for each in ENTRIES if each.head.id == "mic-2013")
    shutil.copytree(entry.folder, tmp_path / "edited")
    document = tmp_path / "edited" / "rulebook.md"
    text = document.read_text(encoding="utf-8").replace("rulebook: mic-2013", "rulebook: edited", 1)
    document.write_text(text.replace("authority: 総務省", "authority: 別の省", 1), encoding="utf-8")
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path))
    assert "未証明" in person("viewer").get("/rulebooks/edited/").content.decode()
