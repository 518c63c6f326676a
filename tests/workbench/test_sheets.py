"""The story of a sheet: read in, corrected, judged, rated, adopted, handed on; and all of it kept."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet
from hyotei.sheet.models import Quantity, Sheet
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
        assert evaluator.post(f"{page}figure/", {"path": path, "text": "4回", "revision": "1"}).status_code == 422


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
        assert evaluator.post(f"{page}rulebook/", {"rulebook": wrong, "revision": "2"}).status_code == 422
    assert (
        evaluator.post(f"{page}adoption/", {"rating": "", "budget": "", "reason": "x", "revision": "2"}).status_code
        == 302
    )
    from hyotei.workbench.models import StoredVerdict
    from hyotei.workbench.verdicts import is_sound

    assert is_sound(StoredVerdict.objects.get())


def test_of_a_result_that_the_rulebook_does_not_decide_nothing_is_adopted(
    evaluator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told as adopted undetermined, beside a verdict that says that the rulebook does not decide it."""
    (tmp_path / "own").mkdir()
    text = "---\nrulebook: own\ntitle: x\nauthority: みなと市\nstanding: draft\nfiscal_years: 2011..\n"
    text += "scales:\n  rating: [A, B]\n---\n"
    text += "# 評価 `rating` — for the sheet\n\n| U | **rating** |\n|---|---|\n| 1 | A |\n"
    (tmp_path / "own" / "rulebook.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path))
    seed = SEED.read_text(encoding="utf-8").replace("authority: 総務省", "authority: みなと市", 1)
    page = read_in(evaluator, seed.encode())
    form = {"rating": "B", "budget": "", "reason": "事情", "revision": "1"}
    assert evaluator.post(f"{page}adoption/", form).status_code == 302
    shown = text_of(evaluator.get(page))
    assert "evaluator が採用：評価区分 B<br>導かれた結果：評価区分 A</p>" in shown


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
    assert evaluator.post(f"{page}fact/", {**form, "unit": "nowhere", "reason": "x"}).status_code == 422
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


def test_a_figure_that_was_looked_at_stays_where_it_was(evaluator: Any) -> None:
    """A figure that is corrected, of whatever group, stands among those to look at, as done; the page goes on there."""
    page = read_in(evaluator)
    before = text_of(evaluator.get(page))
    sure = "budget_years/0/initial"
    assert before.index("<details") < before.index(f'id="f-{sure}"')
    answer = evaluator.post(f"{page}figure/", {"path": sure, "text": "4,000百万円", "revision": "1"})
    assert answer.url == f"{page}#f-{sure}"
    shown = text_of(evaluator.get(page))
    row = shown[shown.index(f'id="f-{sure}"') :].partition("</tr>")[0]
    assert "済" in row
    assert "訂正前：3,955,984,000円" in row
    assert shown.index(f'id="f-{sure}"') < shown.index("<details", shown.index('id="figures"'))


def test_what_is_wrong_with_a_figure_is_said_at_the_figure(evaluator: Any) -> None:
    page = read_in(evaluator)
    shown = text_of(evaluator.post(f"{page}figure/", {"path": ACTUAL, "text": "4", "revision": "1"}))
    assert f'action="{page}figure/#f-{ACTUAL}"' in shown
    assert shown.count('role="alert"') == 1
    assert "単位が「回」ではありません" in shown[shown.index(f'id="f-{ACTUAL}"') :].partition("</tr>")[0]


def test_a_later_adoption_takes_the_place_of_an_earlier_one(evaluator: Any) -> None:
    page = read_in(evaluator)
    form = {"rating": "A", "budget": "Ⅱ", "reason": "", "revision": "1"}
    evaluator.post(f"{page}adoption/", form)
    assert "後の採用に置き換わりました" not in text_of(evaluator.get(page))
    evaluator.post(f"{page}adoption/", {**form, "rating": "B", "reason": "事情"})
    assert text_of(evaluator.get(page)).count("後の採用に置き換わりました") == 1


def test_a_figure_of_which_nothing_was_read_is_among_those_to_look_at(evaluator: Any) -> None:
    """`unread` without a place in the document: it must not pass for one that was read, or that is not stated."""
    from hyotei.workbench.read_figures import read_figures

    sheet = read_sheet(SEED)
    unread = sheet.budget_years[-1].model_copy(update={"request": Quantity(unknown="unread")})
    found = read_figures(sheet.model_copy(update={"budget_years": (*sheet.budget_years[:-1], unread)}), [], "ja")
    told = next(each for each in found["unsure"] if each.path.endswith("/request"))
    assert (told.text, told.reading) == ("", "unread")


def test_the_log_names_the_sheet(evaluator: Any) -> None:
    page = read_in(evaluator)
    assert f'<a href="{page}">ICT分野における国際戦略の推進</a>' in text_of(evaluator.get("/log/"))


def test_a_file_to_hand_on_is_named_after_the_policy(evaluator: Any) -> None:
    page = read_in(evaluator)
    named = evaluator.get(f"{page}verdict.docx").headers["Content-Disposition"]
    assert unquote(named).endswith("''ICT分野における国際戦略の推進 平成24年度 判定.docx")


TYPED = {
    "title": "観光の振興",
    "authority": "総務省",
    "fiscal_year": "平成24年度",
    "indicator-0-name": "利用者の数",
    "indicator-0-unit": "人",
    "indicator-0-target": "１，２００",
    "indicator-0-actual": "1300",
    "amounts_in": "千円",
    "year-0-fiscal_year": "平成24年度",
    "year-0-total": "5,000",
    "year-0-executed": "4,800",
}


def test_a_sheet_that_is_typed_is_rated(evaluator: Any) -> None:
    from hyotei.workbench.models import Revision

    answer = evaluator.post("/sheets/new/", TYPED)
    assert answer.status_code == 302
    assert results(evaluator, answer.url)[0] == "A"
    sheet = Sheet.model_validate_json(Revision.objects.get().sheet)
    measure, year = sheet.indicators[0].measures[0], sheet.budget_years[0]
    assert [str(each.value) + str(each.unit) for each in (measure.target, measure.actual)] == ["1200人", "1300人"]
    assert (year.total.value, year.executed.value, year.initial.unknown) == (5_000_000, 4_800_000, "missing")
    assert "行目" not in text_of(evaluator.get(answer.url))[: text_of(evaluator.get(answer.url)).index('id="reasons"')]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "「政策名」が空です"),
        ({"indicator-0-name": ""}, "「1行目の指標」が空です"),
        ({"year-0-fiscal_year": ""}, "「1行目の年度」が空です"),
        ({"indicator-0-actual": "たくさん"}, "「たくさん」に数がありません"),
        ({"year-0-executed": "4,8OO"}, "「4,8OO」を数値として読めません"),
        ({"fiscal_year": "昨年"}, "「昨年」を年度として読めません"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_stays_in_the_fields(
    evaluator: Any, wrong: dict[str, str], told: str
) -> None:
    from hyotei.workbench.models import SheetRecord

    answer = evaluator.post("/sheets/new/", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert 'value="１，２００"' in text_of(answer)
    assert not SheetRecord.objects.exists()


def test_a_character_that_no_database_takes_is_shown_as_a_sign(evaluator: Any) -> None:
    from hyotei.workbench.models import SheetRecord

    assert evaluator.post("/sheets/new/", {**TYPED, "title": "観光\x00の振興"}).status_code == 302
    assert "\x00" not in SheetRecord.objects.get().title


def test_more_rows_are_added_without_losing_what_was_typed(evaluator: Any) -> None:
    shown = text_of(evaluator.post("/sheets/new/", {**TYPED, "action": "rows"}))
    assert 'value="観光の振興"' in shown
    assert 'name="indicator-3-name"' in shown


def test_what_the_document_does_not_state_is_given_with_the_files(evaluator: Any) -> None:
    from hyotei.workbench.models import SheetRecord

    def sent(**given: str) -> Any:
        rows = "指標名,単位,目標値,実績値\n観光客数,人,1200,1150\n"
        return evaluator.post("/sheets/", {"files": [SimpleUploadedFile("k.csv", rows.encode())], **given})

    assert sent(authority="あおぞら市", fiscal_year="令和5年度", form="").status_code == 302
    kept = SheetRecord.objects.get()
    assert (kept.authority, kept.fiscal_year) == ("あおぞら市", 2023)
    refused = sent(authority="あおぞら市", fiscal_year="去年")
    assert refused.status_code == 422
    assert "「去年」を年度として読めません" in text_of(refused)
    assert 'value="あおぞら市"' in text_of(refused)
    assert sent(form="../../etc/passwd").status_code == 404
    assert SheetRecord.objects.count() == 1
