"""The verdict as a document: the seed's whole text is kept under review, and any verdict is whole in every format."""

import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hyotei.base.display_width import display_width, pad
from hyotei.document import Section, Signatures
from hyotei.inference.rate import rate
from hyotei.messages import Language
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.report.verdict_document import FULL, SHORT, WITH_REASONS, verdict_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.new_rulebook import NewRulebook
from hyotei.sheet import Quantity, Sheet, Source, YearPoint
from hyotei.verdict.verdict import Verdict
from hyotei.writers import docx, html, markdown, terminal, xlsx
from hyotei.writers.terminal import document_lines
from hyotei.writers.terminal_lines import plain
from tests.cli.command import SEED, inside
from tests.conftest import ROOT
from tests.verdict.rated import verdicts
from tests.writers.written import (
    docx_text,
    html_text,
    markdown_text,
    numbers_of,
    printable_text,
    squeezed,
    texts_of,
    visible_text,
    xlsx_text,
    xlsx_values,
)

WIDEST = 120


def text_of(verdict: Verdict, language: Language) -> str:
    """What a terminal shows with all reasons."""
    return plain(document_lines(verdict_document(verdict, language, WITH_REASONS))) + "\n"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_seed(seed_verdict: Verdict, language: Language) -> None:
    """The text of the seed is the one that was reviewed; HYOTEI_UPDATE_SNAPSHOTS=1 writes it anew."""
    text = text_of(seed_verdict, language)
    file = ROOT / "tests" / "snapshots" / f"verdict_mic_24_15.{language}.txt"
    if os.environ.get("HYOTEI_UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_seed_fits_a_terminal(seed_verdict: Verdict, language: Language) -> None:
    """No line of the seed is wider than 120 columns or ends in a space."""
    for line in text_of(seed_verdict, language).splitlines():
        assert display_width(line) <= WIDEST, line
        assert line == line.rstrip()


def test_english_text_has_no_japanese_of_ours(seed_verdict: Verdict) -> None:
    """In English, units of money, years, headings and connectives are English; what the documents say stays."""
    text = text_of(seed_verdict, "en")
    for word in ("千円", "■", "規則：", "行2", "前述", "不明", "なら", "ポイント", "〔", "：", "（セミナー等）"):
        assert word not in text, word


@given(verdicts(), st.sampled_from(["ja", "en"]))
def test_every_verdict_can_be_shown(verdict: Verdict, language: Language) -> None:
    """Any verdict of any rulebook has a text, with its results and every finding in it."""
    text = text_of(verdict, language)
    for finding in verdict.findings:
        assert finding.code in text
    assert (verdict.rating or ("定まらない" if language == "ja" else "undetermined")) in text


def test_undetermined_verdict_says_what_it_waits_for(seed: Sheet) -> None:
    """Where nothing could be judged, the figures that are missing are named in words."""
    measure = seed.measures[3].model_copy(update={"actual": Quantity(unknown="unsettled")})
    indicator = seed.indicators[2].model_copy(update={"measures": (measure,)})
    objective = seed.objectives[1].model_copy(update={"indicators": (indicator,)})
    verdict = rate(seed.model_copy(update={"objectives": (objective,)}), "mic-2013")
    assert verdict.status == "undetermined"
    name = "海外でのセミナー等の開催とミッション団の派遣"
    assert f"  ・「{name}（ミッション団）」の実績値（未確定）\n" in text_of(verdict, "ja")
    assert f"  - {name} (ミッション団): actual (not yet settled)\n" in text_of(verdict, "en")


def test_what_holds_for_any_value_is_no_condition() -> None:
    """It was told as どの値でも なら."""
    text = "title: 橋, authority: 例の市, fiscal_year: 令和5年度, id: x"
    measures = "{name: 修繕, target: 10橋, actual: 5橋}, {name: 割合, target: 10%, actual: 集計中}"
    sheet, _ = parse_sheet(f"{{{text}, indicators: [{measures}]}}")
    assert sheet is not None
    made = NewRulebook("own", "基準", "例の市", "2023..", ("A", "B"), (Decimal(70),), (), "ja")
    verdict = rate(sheet, parse_rulebook(made.document()))
    assert "どの値でも 評価区分 B\n" in text_of(verdict, "ja")
    assert "any value: rating B\n" in text_of(verdict, "en")


RATING_ONLY = """---
rulebook: grades-only
title: 五段階評価
authority: 国土交通省
standing: draft
fiscal_years: 2010..
scales:
  {result}: {{S: 上, A: 中, B: 下}}
---
# 平均達成率 `mean_attainment` — 評価書全体

    mean(measures.actual / measures.target)

# 結論 `{result}` — 評価書全体

| F | `mean_attainment` | **{result}** |
|---|-------------------|--------------|
| 1 | unknown           | unknown      |
| 2 | 100%以上          | S            |
| 3 | -                 | A            |
"""


@pytest.mark.parametrize(("result", "other"), [("rating", "予算の方向"), ("budget", "評価区分")])
def test_a_result_that_the_rulebook_does_not_decide_is_not_undetermined(seed: Sheet, result: str, other: str) -> None:
    """It is said to be not decided; possible outcomes speak of the other result only; another authority is told."""
    text = RATING_ONLY.format(result=result).replace("mean(measures.actual / measures.target)", "execution_share")
    text = text.replace("execution_share", "count(measures[actual >= target]) / count(measures[actual != unknown])")
    verdict = rate(seed, parse_rulebook(text, "grades-only.md"))
    shown = text_of(verdict, "ja")
    assert f"  {pad(other, 10)}  この評価基準書は判断しない\n" in shown
    outcomes = [line for line in shown.splitlines() if " なら " in line]
    assert all(other not in line for line in outcomes)
    assert "not decided by this rulebook" in text_of(verdict, "en")
    codes = [each.code for each in verdict.data("ja").assumptions]
    assert "rulebook_of_another_authority" in codes
    assert "rulebook_of_another_authority" not in [each.code for each in rate(seed, "mic-2013").data("ja").assumptions]


# -- what is handed on

FEW = settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@FEW
@given(verdicts(), st.sampled_from(["ja", "en"]))
def test_every_verdict_is_whole_in_every_format(verdict: Verdict, language: Language) -> None:
    """Every text of the document of any verdict is in the page, the Word file, the workbook and the Markdown."""
    document = verdict_document(verdict, language, FULL)
    for read, writer in ((html_text, html), (docx_text, docx), (markdown_text, markdown)):
        written = squeezed(read(writer.write(document)))
        as_shown = visible_text if writer is markdown else printable_text
        missing = [text for text in texts_of(document) if as_shown(text) not in written]
        assert not missing, (writer.__name__, missing)
    written = squeezed(xlsx_text(xlsx.write(document)))
    assert [text for text in texts_of(document, numbers=False) if printable_text(text) not in written] == []
    assert terminal.write(document)


@FEW
@given(verdicts())
def test_amounts_and_rates_are_numbers_in_a_workbook(verdict: Verdict) -> None:
    """What the verdict holds exactly is in the workbook exactly, or as its text where it has too many digits for one."""
    document = verdict_document(verdict, "ja", FULL)
    values = xlsx_values(xlsx.write(document))
    exact = {Fraction(repr(value)) for value in values if isinstance(value, int | float)}
    for text, number in numbers_of(document):
        assert Fraction(number) in exact or text in values


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_first_page_says_it_all(seed_verdict: Verdict, language: Language) -> None:
    """Identity, results with what is recorded, their rules with the figures, what is unsure, and lines to sign on."""
    document = verdict_document(seed_verdict, language)
    first = next(at for at, block in enumerate(document.blocks) if isinstance(block, Section) and block.new_page)
    said = "".join(texts_of(document.blocks[:first]))
    for word in ("総務省", "mic-24-15", "mic-2013", "A", "Ⅱ", "75.0%", "70%", "96.2917%"):
        assert word in said, word
    assert any(isinstance(block, Signatures) for block in document.blocks[:first])
    assert [block.anchor for block in document.blocks if isinstance(block, Section)] == [
        "rules", "unsure", "measures", "budget", "findings", "unknowns", "assumptions", "why", "why_not", "margins", "sources",
    ]  # fmt: skip


def sources_of(verdict: Verdict) -> set[str]:
    """The texts of the section on sources."""
    blocks = verdict_document(verdict).blocks
    return set(texts_of(next(each for each in blocks if isinstance(each, Section) and each.anchor == "sources")))


def test_figures_of_other_years_stand_among_the_sources(seed: Sheet) -> None:
    """Each by its indicator, its year and its title."""
    objective = seed.objectives[0]
    indicator = objective.indicators[0]
    printed = Quantity(value=Decimal(12), unit="回", source=Source(text="１２回", line=901))
    point = YearPoint(fiscal_year=2011, actual=printed)
    measure = indicator.measures[0].model_copy(update={"series": (point,)})
    indicators = (indicator.model_copy(update={"measures": (measure,)}), *objective.indicators[1:])
    objectives = (objective.model_copy(update={"indicators": indicators}), *seed.objectives[1:])
    said = sources_of(rate(seed.model_copy(update={"objectives": objectives}), "mic-2013"))
    assert {"１２回", "901"} <= said
    assert any("平成23年度の実績値" in each for each in said)


def test_every_figure_read_stands_among_the_sources(seed_verdict: Verdict) -> None:
    """As printed, with the line of the file."""
    said = sources_of(seed_verdict)
    for measure in seed_verdict.sheet.measures:
        for quantity in (measure.baseline, measure.target, measure.actual):
            assert quantity.source is not None
            assert quantity.source.text in said
            assert f"{quantity.source.line:,}" in said


def test_a_terminal_is_spared_what_is_handed_on(seed_verdict: Verdict) -> None:
    """No signature lines and no sources there."""
    assert "作成者" not in plain(document_lines(verdict_document(seed_verdict, "ja", SHORT)))


def test_a_correction_and_unread_parts_are_told(seed: Sheet) -> None:
    """On the first page and in a section of their own."""
    source = Source(text="43回", file="a.xlsx", cell="C4", reading="corrected", candidates=("34回",))
    measure = seed.measures[0].model_copy(update={"actual": Quantity(value=Decimal(43), unit="回", source=source)})
    indicator = seed.indicators[0].model_copy(update={"measures": (measure,)})
    objective = seed.objectives[0].model_copy(update={"indicators": (indicator, *seed.objectives[0].indicators[1:])})
    sheet = seed.model_copy(
        update={"objectives": (objective, *seed.objectives[1:]), "unread": ("budget_years", "facts.opinion")}
    )
    document = verdict_document(rate(sheet, "mic-2013"))
    anchors = [block.anchor for block in document.blocks if isinstance(block, Section)]
    assert {"corrections", "unread"} <= set(anchors)
    said = "".join(texts_of(document))
    assert "人が訂正した値が1件ある" in said
    assert "予算の状況" in said
    assert "効果発現経路" not in said, "the rulebook reads nothing of it"


@pytest.mark.parametrize("end", ["html", "docx", "xlsx", "md", "txt"])
def test_the_command_writes_what_is_handed_on(end: str, tmp_path: Path) -> None:
    """`rate -o` writes the document of the verdict, and says where."""
    result = inside("rate", str(SEED), "-o", str(tmp_path / f"判定.{end}"), "--lang", "ja")
    assert result.code == 0
    assert f"判定.{end}" in result.out
    assert (tmp_path / f"判定.{end}").stat().st_size > 1_000


def test_several_files_are_written(tmp_path: Path) -> None:
    """None is passed over; tables of many sheets go to one file."""
    names = [tmp_path / "判定.md", tmp_path / "判定.html"]
    told = inside("rate", str(SEED), *(part for name in names for part in ("-o", str(name))), "--lang", "ja")
    assert told.code == 0
    assert all(name.read_bytes() and name.name in told.out for name in names)
    wrong = inside("rate", str(SEED), "-o", str(names[0]), "-o", str(tmp_path / "v.parquet"), "--lang", "en")
    assert wrong.code == 2
    assert "one file" in wrong.err


def test_the_command_writes_a_file_for_each_sheet(tmp_path: Path, seed: Sheet) -> None:
    """`{id}` in the name tells them apart; without it nothing is written, and it is said what to write."""
    for name in ("一", "二"):
        (tmp_path / f"{name}.yaml").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    refused = inside("rate", str(tmp_path), "-o", str(tmp_path / "判定.md"))
    assert refused.code == 2
    assert "判定-{id}.md" in refused.err
    assert not list(tmp_path.glob("*.md"))
    assert inside("rate", str(tmp_path), "-o", str(tmp_path / "判定-{id}.md")).code == 0
    written = sorted(path.name for path in tmp_path.glob("*.md"))
    assert len(written) == 2
    assert all(re.fullmatch(rf"判定-{seed.id}\w*\.md", name) for name in written)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_corrected_figures_are_told_beside_what_they_were(seed: Sheet, language: Language) -> None:
    """In the tables of measures and of budget years, whole, in either language."""
    changed = Quantity(
        value=Decimal(9), unit="回", source=Source(text="計４３回", reading="corrected", candidates=("四三回",))
    )
    money = Quantity(
        value=Decimal(7_000), unit="円", source=Source(text="6,999", reading="corrected", candidates=("6,998円",))
    )
    first, *rest = seed.objectives
    indicator, *others = first.indicators
    measure = indicator.measures[0].model_copy(update={"actual": changed})
    indicators = (indicator.model_copy(update={"measures": (measure,)}), *others)
    year, *years = seed.budget_years
    sheet = seed.model_copy(
        update={
            "objectives": (first.model_copy(update={"indicators": indicators}), *rest),
            "budget_years": (year.model_copy(update={"initial": money}), *years),
        }
    )
    document = verdict_document(rate(sheet, "mic-2013"), language)
    tables = {each.anchor: "\n".join(texts_of(each)) for each in document.blocks if isinstance(each, Section)}
    assert all(part in tables["measures"] for part in ("9回", "計４３回", "四三回"))
    assert all(part in tables["budget"] for part in ("6,999", "6,998円"))
