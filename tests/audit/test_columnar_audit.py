"""The audit of a corpus at once: sheet by sheet the audit of the sheets, and the same report byte by byte."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.audit import audit
from hyotei.audit.auditor import Auditor
from hyotei.audit.columnar_audit import ColumnarAudit, keyed
from hyotei.audit.distributions import Distributions
from hyotei.audit.year_changes import Years, changes
from hyotei.corpus.corpus import Corpus
from hyotei.messages import Language
from hyotei.rulebook.library import load_rulebook
from hyotei.sheet import Recorded, Sheet
from tests import strategies_sheets
from tests.audit.test_year_changes import TOLD
from tests.audit.test_year_changes import sheet as of_year
from tests.examples import one_in
from tests.strategies import sheets

MIC = load_rulebook("mic-2013")
REVIEW = load_rulebook("rs-review-2024")
FEW = settings(max_examples=one_in(16, least=3))
"""Every example compiles three rulebooks."""
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["ja", "en"])


@st.composite
def several(draw: st.DrawFn) -> list[Sheet]:
    """Sheets of any kind, with recorded results, of years in and out of force."""
    drawn = draw(st.lists(sheets(MIC) | sheets(REVIEW) | strategies_sheets.sheets(), min_size=1, max_size=8))
    found = []
    for number, sheet in enumerate(drawn):
        recorded = Recorded(
            **{
                **dict(sheet.recorded),
                "rating": draw(st.sampled_from(["A", "Ｂ", "C", "S", None])),
                "budget": draw(st.sampled_from(["Ⅰ", "Ⅱ", "Ⅲ", "継続", None])),
            }
        )
        update = {"id": f"s{number:03}", "recorded": recorded, "authority": draw(st.sampled_from(["総務省", "例示省"]))}
        found.append(sheet.model_copy(update=update))
    return found


def corpus_of(folder: Path, found: list[Sheet]) -> Corpus:
    return Corpus.from_sheets(found, folder / "corpus")


@FEW
@given(drawn=several(), named=st.sampled_from([None, MIC]), language=LANGUAGES)
def test_a_corpus_is_audited_as_its_sheets_are(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet], named: object, language: Language
) -> None:
    """Comparisons with their reasons, findings with their figures and places, money and status."""
    with corpus_of(tmp_path_factory.mktemp("c"), drawn) as corpus:
        stored = [sheet for _, sheet in keyed(corpus)]
        wanted = list(audit(stored, named, language=language))  # type: ignore[arg-type]  # a rulebook or none
        assert list(audit(corpus, named, language=language)) == wanted  # type: ignore[arg-type]  # a rulebook or none


@FEW
@given(drawn=several())
def test_reasons_left_open_are_those_that_are_given_later(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet]
) -> None:
    """And ratios are counted as they are sheet by sheet."""
    told, counted = Distributions(), Distributions()
    with corpus_of(tmp_path_factory.mktemp("c"), drawn) as corpus:
        wanted = list(map(Auditor(MIC, None, "ja", (told.add,)).audit, (sheet for _, sheet in keyed(corpus))))
        auditor = Auditor(MIC, None, "ja", (counted.add,))
        at_once = ColumnarAudit(auditor, distributions=counted)
        found = [each for _, each in at_once.audits(corpus)]
        assert [each.findings for each in found] == [each.findings for each in wanted]
        assert all(not comparison.why for each in found for comparison in each.comparisons)
        later = at_once.explained(corpus, [each.sheet.id for each in found])
        assert later == {(each.sheet.id, of.key): of for each in wanted for of in each.comparisons}
    assert list(counted.all()) == list(told.all())


@given(
    told=st.lists(st.tuples(st.integers(2015, 2018), TOLD, st.sampled_from(["相談", "相談2"])), min_size=2, max_size=8),
    direction=st.sampled_from(["increase", "decrease"]),
)
@settings(max_examples=one_in(5))
def test_no_change_of_a_programme_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[tuple[int, dict[int, tuple[int | None, int | None]], str]],
    direction: str,
) -> None:
    """Looking only at programmes that can have changed finds what looking at all of them finds."""
    drawn = [
        of_year(year, figures, title, direction=direction).model_copy(update={"id": f"s{number:02}"})
        for number, (year, figures, title) in enumerate(told)
    ]
    with corpus_of(tmp_path_factory.mktemp("c"), drawn) as corpus:
        stored = [sheet for _, sheet in keyed(corpus)]
        years = Years()
        years.add_corpus(corpus)
        assert list(years.findings()) == list(changes(stored))
