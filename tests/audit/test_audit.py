"""The audit of sheets: what it says of recorded results and of findings, for every sheet."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.audit import audit
from hyotei.audit.summary import Summary
from hyotei.corpus.evaluated_budget import money_of
from hyotei.inference.rate import rate
from hyotei.messages import HyoteiError
from hyotei.rulebook.library import checks_for, load_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Recorded, Sheet
from tests.conftest import ROOT
from tests.examples import one_in
from tests.strategies import sheets

MIC = load_rulebook("mic-2013")
QUALITY = load_rulebook("sheet-quality")
BOOKS = (MIC, QUALITY)


@given(sheets(MIC), st.sampled_from(["A", "Ｂ", "C", "S", None]), st.sampled_from(["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", None]))
def test_every_recorded_result_stands_in_one_way_to_the_derived_one(
    sheet: Sheet, rating: str | None, budget: str | None
) -> None:
    """What a comparison says follows from the recorded value, the derived one and the years in force."""
    sheet = sheet.model_copy(update={"recorded": Recorded(rating=rating, budget=budget)})
    verdict = rate(sheet, MIC)
    (found,) = audit([sheet], MIC, checks=[])
    assert [each.output for each in found.comparisons] == ["rating", "budget"]
    for each, recorded, derived in zip(
        found.comparisons, (rating, budget), (verdict.rating, verdict.budget), strict=True
    ):
        assert each.derived == derived
        plain = {"Ｂ": "B"}.get(recorded or "", recorded)
        if recorded is None:
            expected = {"not_recorded"}
        elif plain == derived:
            expected = {"agrees"}
        elif recorded == "S":
            expected = {"other_scale"}
        elif not MIC.in_force(sheet.fiscal_year):
            expected = {"not_in_force"}
        elif derived is not None:
            expected = {"rules_differ"}
        else:
            expected = {"data_missing", "undetermined"}
        assert each.agreement in expected
        if each.agreement == "rules_differ":
            scale = MIC.scales[each.output].values
            assert each.recorded is not None
            assert derived is not None
            assert each.steps == scale.index(derived) - scale.index(each.recorded)
            assert each.why_not


@given(sheets(MIC))
def test_findings_are_those_of_the_verdicts(sheet: Sheet) -> None:
    """Every finding of the rating rulebook and of the checks, in their order; a fact that two kinds state once, with both codes."""
    (found,) = audit([sheet], MIC, checks=[QUALITY])
    expected = [
        (book.id, each.code, each.unit, each.row, each.message) for book in BOOKS for each in rate(sheet, book).findings
    ]
    same = {"SQ-D12": "over_achieved"}
    first = {(code, unit) for _, code, unit, _, _ in expected}
    assert [
        (each.rule.rulebook, each.code, each.unit, each.rule.row, each.message)
        for each in found.findings
        if each.rule is not None
    ] == [each for each in expected if (same.get(each[1]), each[2]) not in first]
    told = [(code, each.unit) for each in found.findings for code in (each.code, *each.also)]
    assert sorted(told) == sorted((code, unit) for _, code, unit, _, _ in expected)
    assert all(each.sheet == sheet.id for each in found.findings)


@settings(max_examples=one_in(3))
@given(st.lists(sheets(MIC), max_size=5))
def test_a_summary_counts_what_was_found(many: list[Sheet]) -> None:
    """Sheets, findings, agreements and the groups add up."""
    audits = list(audit(many, MIC))
    summary = Summary()
    for each in audits:
        summary.add(each)
    assert summary.whole.sheets == len(many)
    assert {code: count.findings for code, count in summary.findings.items()} == Counter(
        finding.code for each in audits for finding in each.findings
    )
    for groups in summary.groups.values():
        assert sum(group.sheets for group in groups.values()) == len(many)
        assert sum(group.findings for group in groups.values()) == summary.whole.findings
    for compared in summary.whole.results.values():
        assert sum(compared.agreements.values()) == len(many)
        assert compared.pairs == compared.same + compared.better + compared.worse


def test_the_sheet_of_mic_agrees_and_shows_what_is_striking(seed: Sheet) -> None:
    """The recorded A and Ⅱ are what the rules give, and the figures beside them are told."""
    (found,) = audit([seed])
    assert [(each.recorded, each.derived, each.agreement) for each in found.comparisons] == [
        ("A", "A", "agrees"),
        ("Ⅱ", "Ⅱ", "agrees"),
    ]
    codes = Counter(each.code for each in found.findings)
    assert codes["missed_but_claimed"] == 1
    assert codes["over_achieved"] == 2
    assert codes["target_not_beyond_baseline"] == 1
    assert codes["evaluated_year_unsettled"] == 1
    assert codes["fall_beside_continuation"] == 1


def test_a_sheet_without_a_rulebook_gets_its_checks_only(seed: Sheet) -> None:
    """No rulebook is in force for the ministry, so nothing is compared, and the checks still speak."""
    elsewhere = seed.model_copy(update={"authority": "例示省"})
    (found,) = audit([elsewhere])
    assert (found.rulebook, found.status, found.comparisons) == (None, "not_rated", ())
    assert {each.rule.rulebook for each in found.findings if each.rule} == {"sheet-quality"}


def test_checks_can_be_left_out(seed: Sheet) -> None:
    """With an empty list only the rating rulebook speaks."""
    (found,) = audit([seed], checks=[])
    assert {each.rule.rulebook for each in found.findings if each.rule} == {"mic-2013"}


def test_checks_in_force_are_found_by_year() -> None:
    """The checks of the 2024 review are for the evaluated year 2023 only; those of quality for every year."""
    assert [book.id for book in checks_for(2023)] == ["rs-review-2024", "sheet-quality"]
    assert [book.id for book in checks_for(2012)] == ["sheet-quality"]


def test_a_rulebook_out_of_force_disagrees_for_that_reason(seed: Sheet) -> None:
    """A sheet of another year is not held against rules that were not made for it."""
    later = seed.model_copy(update={"fiscal_year": 2020, "recorded": Recorded(rating="C")})
    (found,) = audit([later], MIC, checks=[])
    assert found.comparisons[0].agreement == "not_in_force"


def test_a_rulebook_that_leaves_a_gap_is_undetermined(seed: Sheet) -> None:
    """Nothing derived although the figures are known is the rules' doing, and said to be."""
    text = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if "7割以上を達成" not in line and "4割" not in line]
    (found,) = audit([seed], parse_rulebook("\n".join(rows), "broken.md"), checks=[])
    assert found.comparisons[0].agreement == "undetermined"


def test_the_money_of_a_sheet_is_that_of_its_evaluated_year(seed: Sheet) -> None:
    """The total of fiscal year 2012, in yen."""
    assert money_of(seed) == 2_865_585_000
    assert money_of(seed.model_copy(update={"budget_years": ()})) is None


def own_rulebook(folder: Path, authority: str, text: str) -> None:
    """A copy of mic-2013 as one's own rulebook for an authority."""
    (folder / "rules" / "own").mkdir(parents=True)
    document = text.replace("rulebook: mic-2013", "rulebook: own").replace(
        "authority: 総務省", f"authority: {authority}"
    )
    (folder / "rules" / "own" / "rulebook.md").write_text(document, encoding="utf-8")


@pytest.mark.parametrize(
    ("authority", "broken", "code"),
    [("総務省", False, "HY362"), ("農林水産省", True, "HY501"), ("農林水産省", False, "")],
)
def test_a_rulebook_that_cannot_be_used_is_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: Sheet, authority: str, broken: bool, code: str
) -> None:
    """One with errors, or one of two that are in force: the audit says so and does not leave the sheet unrated in silence."""
    text = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    own_rulebook(tmp_path, authority, text.replace("| - ", "| 未知の語 ") if broken else text)
    monkeypatch.chdir(tmp_path)
    sheet = seed.model_copy(update={"authority": authority})
    if code:
        with pytest.raises(HyoteiError) as caught:
            list(audit([sheet], checks=[]))
        assert code in {each.code for each in caught.value.diagnostics}
    else:
        assert [each.rulebook for each in audit([sheet], checks=[])] == ["own"]
