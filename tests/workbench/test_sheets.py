"""The story of a sheet: read in, corrected, judged, rated, adopted, handed on; and all of it kept."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet
from tests.conftest import ROOT

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
ACTUAL = "objectives/0/indicators/0/measures/0/actual"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def read_in(client: Any, content: bytes | None = None) -> str:
    """The address of the seed's page, once it was read in."""
    file = SimpleUploadedFile("sheet.yaml", SEED.read_bytes() if content is None else content)
    answer = client.post("/sheets/", {"files": [file]})
    assert answer.status_code == 302
    return str(answer.url)


def revision(client: Any, page: str) -> str:
    found = re.search('name="revision" value="([0-9]+)"', text_of(client.get(page)))
    assert found is not None
    return found[1]


def results(client: Any, page: str) -> list[str]:
    return re.findall("<dd><strong>([^<]*)</strong>", text_of(client.get(page)))[:2]


@pytest.fixture
def evaluator(person: Any) -> Any:
    return person("evaluator")


def test_the_verdict_follows_each_change_and_the_reading_stays(evaluator: Any) -> None:
    page = read_in(evaluator)
    assert results(evaluator, page) == ["A", "Ⅱ"]
    change = {"path": ACTUAL, "text": "4回", "revision": revision(evaluator, page)}
    assert evaluator.post(f"{page}figure/", change).status_code == 302
    assert results(evaluator, page) == ["B", "Ⅱ"]
    shown = text_of(evaluator.get(page))
    assert "計43回" in shown
    assert "読み取ったままなら：" in shown
    back = {**change, "text": "43回", "revision": revision(evaluator, page)}
    evaluator.post(f"{page}figure/", back)
    assert results(evaluator, page) == ["A", "Ⅱ"]


def test_a_reading_that_is_right_is_noted_until_it_changes(evaluator: Any) -> None:
    page = read_in(evaluator)

    def unsure() -> int:
        found = re.search("確かめてください（([0-9]+)）", text_of(evaluator.get(page)))
        return int(found[1]) if found else 0

    before = unsure()
    confirm = {"path": ACTUAL, "confirm": "1", "revision": revision(evaluator, page)}
    evaluator.post(f"{page}figure/", confirm)
    assert unsure() == before - 1
    assert "確認：evaluator" in text_of(evaluator.get(page))
    assert results(evaluator, page) == ["A", "Ⅱ"]


def test_what_is_no_figure_is_told_and_nothing_changes(evaluator: Any) -> None:
    page = read_in(evaluator)
    answer = evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "4", "revision": "1"})
    assert answer.status_code == 422
    assert "単位が「回」ではありません" in text_of(answer)
    assert revision(evaluator, page) == "1"
    for path in ("objectives/9/indicators/0/measures/0/actual", "id", "../x", ""):
        assert evaluator.post(f"{page}figure/", {"path": path, "text": "4回", "revision": "1"}).status_code == 404


def test_of_two_people_the_second_is_told_and_nothing_is_overwritten(evaluator: Any, person: Any) -> None:
    page = read_in(evaluator)
    other = person("analyst")
    seen = revision(other, page)
    evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": seen})
    late = other.post(f"{page}figure/", {"path": ACTUAL, "text": "9回", "revision": seen})
    assert late.status_code == 409
    assert "ほかで変えられました" in text_of(late)
    assert results(evaluator, page) == ["B", "Ⅱ"]


def test_adopting_keeps_both_and_asks_for_a_reason_only_where_they_differ(evaluator: Any, seed: Any) -> None:
    from hyotei.workbench.models import Adoption, StoredVerdict
    from hyotei.workbench.verdicts import is_sound

    page = read_in(evaluator)
    form = {"rating": "A", "budget": "Ⅱ", "reason": "", "revision": "1"}
    assert evaluator.post(f"{page}adoption/", form).status_code == 302
    refused = evaluator.post(f"{page}adoption/", {**form, "rating": "C"})
    assert refused.status_code == 422
    assert "理由を書いてください" in text_of(refused)
    assert "<option selected>C</option>" in text_of(refused)
    assert evaluator.post(f"{page}adoption/", {**form, "rating": "Z", "reason": "x"}).status_code == 404
    assert evaluator.post(f"{page}adoption/", {**form, "rating": "C", "reason": "事情"}).status_code == 302
    kept = StoredVerdict.objects.get()
    assert kept.data == rate(read_sheet(SEED), "mic-2013").to_json("ja")
    assert is_sound(kept)
    told = [(each.rating, each.budget, each.reason) for each in Adoption.objects.order_by("pk")]
    assert told == [("A", "Ⅱ", ""), ("C", "Ⅱ", "事情")]
    shown = text_of(evaluator.get(page))
    assert "導かれた結果：評価区分 A" in shown


def test_what_was_adopted_last_is_the_last_also_where_the_clock_was_set_back(evaluator: Any) -> None:
    from hyotei.workbench.models import Adoption

    page = read_in(evaluator)
    form = {"revision": "1", "rating": "B", "budget": "Ⅱ", "reason": "初めの理由"}
    evaluator.post(f"{page}adoption/", form)
    first = Adoption.objects.get()
    later = {"rating": "C", "budget": "Ⅱ", "reason": "後の理由", "at": first.at - timedelta(days=1)}
    Adoption.objects.create(verdict=first.verdict, account=first.account, **later)
    file = evaluator.get(f"{page}verdict.html").content.decode()
    assert ("後の理由" in file, "初めの理由" in file) == (True, False)


def test_a_stored_verdict_that_was_tampered_with_is_found(evaluator: Any) -> None:
    from hyotei.workbench.models import StoredVerdict
    from hyotei.workbench.verdicts import is_sound

    page = read_in(evaluator)
    evaluator.post(f"{page}adoption/", {"rating": "A", "budget": "Ⅱ", "reason": "", "revision": "1"})
    for field, change in (("data", '"A"'), ("sha256", "0"), ("carried_over", None)):
        kept = StoredVerdict.objects.get()
        value = getattr(kept, field)
        setattr(kept, field, not value if change is None else value.replace(change, '"B"') + " ")
        assert not is_sound(kept), field


def test_a_sheet_without_a_rulebook_in_force_is_rated_by_one_that_is_chosen(evaluator: Any) -> None:
    later = SEED.read_text(encoding="utf-8").replace("平成24年度", "令和元年度", 1)
    page = read_in(evaluator, later.encode())
    shown = text_of(evaluator.get(page))
    assert "まだ判定できません" in shown
    assert "carry-over" in shown
    chosen = {"rulebook": "carry-over", "revision": "1"}
    assert evaluator.post(f"{page}rulebook/", chosen).status_code == 302
    assert len(results(evaluator, page)) == 2
    for wrong in ("none", "../mic-2013", "rules/mic-2013"):
        assert evaluator.post(f"{page}rulebook/", {"rulebook": wrong, "revision": "2"}).status_code == 404
    assert (
        evaluator.post(f"{page}adoption/", {"rating": "", "budget": "", "reason": "x", "revision": "2"}).status_code
        == 302
    )
    from hyotei.workbench.models import StoredVerdict
    from hyotei.workbench.verdicts import is_sound

    assert is_sound(StoredVerdict.objects.get())


def test_a_rulebook_that_is_edited_while_the_workbench_runs_is_applied_as_it_is(
    evaluator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an authority of its own, whose rulebook is in a folder of ours."""
    (tmp_path / "own").mkdir()
    file = tmp_path / "own" / "rulebook.md"
    head = "---\nrulebook: own\ntitle: x\nauthority: 例の市\nstanding: draft\nfiscal_years: 2011..\n"
    head += "scales:\n  rating: [A, B]\n---\n"
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path))
    page = read_in(
        evaluator, SEED.read_text(encoding="utf-8").replace("authority: 総務省", "authority: 例の市", 1).encode()
    )
    for rating in ("A", "B"):
        file.write_text(
            f"{head}# 評価 `rating` — for the sheet\n\n| U | **rating** |\n|---|---|\n| 1 | {rating} |\n",
            encoding="utf-8",
        )
        assert results(evaluator, page)[:1] == [rating]


def test_judgments_are_asked_for_and_need_a_reason(evaluator: Any) -> None:
    page = read_in(evaluator)
    evaluator.post(f"{page}rulebook/", {"rulebook": "jica-expost", "revision": "1"})
    shown = text_of(evaluator.get(page))
    forms = re.findall('name="unit" value="([^"]*)"><input type="hidden" name="fact" value="([^"]*)"', shown)
    assert forms
    unit, fact = forms[0]
    values = re.search(f'value="{fact}">.*?<select name="text">(.*?)</select>', shown, re.DOTALL)
    assert values is not None
    value = re.findall("<option[^>]*>([^<]+)</option>", values[1])[0]
    form = {"unit": unit, "fact": fact, "text": value, "reason": "", "by": "外部評価者", "revision": "2"}
    refused = evaluator.post(f"{page}fact/", form)
    assert refused.status_code == 422
    assert "理由も書いてください" in text_of(refused)
    assert evaluator.post(f"{page}fact/", {**form, "text": "でたらめ", "reason": "x"}).status_code == 422
    assert evaluator.post(f"{page}fact/", {**form, "unit": "nowhere", "reason": "x"}).status_code == 404
    assert evaluator.post(f"{page}fact/", {**form, "reason": "根拠がある"}).status_code == 302
    assert "根拠がある" in text_of(evaluator.get(page))


def test_files_to_hand_on_say_what_was_adopted(evaluator: Any) -> None:
    page = read_in(evaluator)
    evaluator.post(f"{page}adoption/", {"rating": "C", "budget": "Ⅱ", "reason": "特別の事情", "revision": "1"})
    page_file = evaluator.get(f"{page}verdict.html")
    assert page_file.headers["Content-Disposition"].startswith("attachment")
    assert "特別の事情" in text_of(page_file)
    word = zipfile.ZipFile(io.BytesIO(evaluator.get(f"{page}verdict.docx").content))
    written = word.read("word/document.xml").decode()
    assert written.index("特別の事情") < written.index("判定の根拠"), "not on the last page only"
    assert zipfile.ZipFile(io.BytesIO(evaluator.get(f"{page}verdict.xlsx").content)).namelist()
    assert evaluator.get(f"{page}verdict.exe").status_code == 404
    again = read_in(evaluator, evaluator.get(f"{page}sheet.yaml").content)
    assert results(evaluator, again) == ["A", "Ⅱ"]


def test_what_was_adopted_of_a_verdict_by_another_rulebook_is_not_told_of_the_present_one(evaluator: Any) -> None:
    page = read_in(evaluator)
    assert "（mic-2013、" in text_of(evaluator.get(page))
    evaluator.post(f"{page}adoption/", {"rating": "C", "budget": "Ⅱ", "reason": "特別の事情", "revision": "1"})
    assert "いまの判定について採用された結果は" not in text_of(evaluator.get(page))
    evaluator.post(f"{page}figure/", {"path": ACTUAL, "confirm": "1", "revision": "1"})
    assert "特別の事情" in text_of(evaluator.get(f"{page}verdict.html")), (
        "a reading that was found right changes no verdict"
    )
    evaluator.post(f"{page}rulebook/", {"rulebook": "gov-five-2013", "revision": "2"})
    shown = text_of(evaluator.get(page))
    assert "いまの判定について採用された結果は、まだありません" in shown
    assert "いまとは違う評価基準書による判定について採用した" in shown
    assert "特別の事情" not in text_of(evaluator.get(f"{page}verdict.html"))


def test_what_was_typed_stays_where_it_is_refused(evaluator: Any) -> None:
    page = read_in(evaluator)
    refused = evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "たくさん", "revision": "1"})
    assert refused.status_code == 422
    assert 'value="たくさん"' in text_of(refused)
    evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": "1"})
    assert ACTUAL + "</code>" not in text_of(evaluator.get(page)), "the history names figures as the form does"


def test_what_could_not_be_read_is_told_beside_what_was(evaluator: Any) -> None:
    files = [SimpleUploadedFile("a.yaml", SEED.read_bytes()), SimpleUploadedFile("b.pdf", b"%PDF-1.4 broken")]
    answer = evaluator.post("/sheets/", {"files": files}, follow=True)
    shown = text_of(answer)
    assert "読めた評価書 1件" in shown
    assert "b.pdf" in shown
    assert evaluator.post("/sheets/", {}).status_code == 422


def test_a_viewer_sees_everything_and_changes_nothing(evaluator: Any, person: Any) -> None:
    page = read_in(evaluator)
    viewer = person("viewer")
    shown = text_of(viewer.get(page))
    assert "<strong>A</strong>" in shown
    assert [each for each in re.findall('<form method="post" action="([^"]*)"', shown) if page in each] == []
    assert viewer.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": "1"}).status_code == 403


def test_every_step_is_in_the_log(evaluator: Any) -> None:
    from hyotei.workbench.log import broken, entries

    page = read_in(evaluator)
    evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": "1"})
    evaluator.post(f"{page}adoption/", {"rating": "B", "budget": "Ⅱ", "reason": "", "revision": "2"})
    assert [each.action for each in entries()] == [
        "sheet.read", "sheet.corrected", "verdict.stored", "verdict.adopted",
    ]  # fmt: skip
    assert broken() == []


@pytest.mark.parametrize("table", ["upload", "sheetrecord", "revision", "storedrulebook", "storedverdict", "adoption"])
def test_what_was_stored_cannot_be_changed(evaluator: Any, table: str) -> None:
    from django.db import DatabaseError, connection, transaction

    page = read_in(evaluator)
    evaluator.post(f"{page}adoption/", {"rating": "A", "budget": "Ⅱ", "reason": "", "revision": "1"})
    for statement in (f"DELETE FROM workbench_{table}", f"UPDATE workbench_{table} SET {_column(table)} = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def _column(table: str) -> str:
    return {"upload": "files", "sheetrecord": "title", "revision": "sheet", "storedrulebook": "text"}.get(
        table, "rating"
    )


def test_what_a_sheet_says_is_text_and_no_markup(evaluator: Any) -> None:
    text = SEED.read_text(encoding="utf-8").replace("ICT分野における国際戦略の推進", "<script>alert(1)</script>")
    shown = text_of(evaluator.get(read_in(evaluator, text.encode())))
    assert re.findall('<script(?! type="module" src="/static/workbench/)', shown) == []
    assert "&lt;script&gt;" in shown
    assert "style=" not in shown


def test_a_state_is_rated_once_under_a_rulebook_and_anew_under_another(evaluator: Any) -> None:
    from hyotei.rulebook.library import load_rulebook
    from hyotei.workbench.models import SheetRecord
    from hyotei.workbench.sheet_store import latest, revise
    from hyotei.workbench.verdicts import verdict_of

    read_in(evaluator)
    revision = latest(SheetRecord.objects.get())
    first = verdict_of(revision)
    assert verdict_of(latest(revision.record)) is first
    other = load_rulebook("mof-words-2002")
    chosen = verdict_of(revise(revision, revision.account, "rulebook", rulebook=other.id))
    assert (chosen.rulebook.hash, chosen.to_json()) == (other.hash, rate(first.sheet, other).to_json())
