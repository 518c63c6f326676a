"""Documents of audits: one sheet, many in numbers, a finding explained, a programme over the years; in every format."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.audit.programme_history import history
from hyotei.base.shipped_files import cases_folder
from hyotei.document import Document, Note, Section
from hyotei.messages import LANGUAGES, Language
from hyotei.readers import read_sheet
from hyotei.report.audit_document import audit_document
from hyotei.report.audit_summary_document import summary_document
from hyotei.report.finding_document import findings_document
from hyotei.report.history_document import history_document
from hyotei.sheet import Sheet
from tests.examples import one_in
from tests.report.audited import MIC, hostile_sheets
from tests.writers.written import READ, lost_texts, texts_of

FEW = settings(
    max_examples=one_in(20, least=2),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
LANGUAGE = st.sampled_from(LANGUAGES)


def in_every_format(document: Document) -> None:
    for writer, read, as_shown in READ:
        assert lost_texts(document, writer, read, as_shown) == [], writer.__name__


def notes(document: Document) -> list[Note]:
    return [
        each for part in document.blocks if isinstance(part, Section) for each in part.blocks if isinstance(each, Note)
    ]


@FEW
@given(hostile_sheets(), LANGUAGE)
def test_audits_are_whole_in_every_format(some: list[Sheet], language: Language) -> None:
    """Each finding has its place with all that it says; the numbers of many sheets are those of the audit."""
    whole = CorpusAudit(MIC, None, language)
    audits = list(whole.sheets(some))
    for audit in audits:
        document = audit_document(audit, language)
        in_every_format(document)
        assert len(notes(document)) == len(audit.findings)
        told = set(texts_of(document))
        for finding in audit.findings:
            assert {
                finding.message,
                *(figure.title for figure in finding.figures),
                *(doubt.text for doubt in finding.doubts),
            } <= told
    in_every_format(summary_document(whole.summary, language))


@FEW
@given(hostile_sheets(), LANGUAGE)
def test_a_programme_over_the_years_is_whole_in_every_format(some: list[Sheet], language: Language) -> None:
    """Whatever its sheets hold."""
    one = [sheet.model_copy(update={"fiscal_year": 2010 + number}) for number, sheet in enumerate(some)]
    if one:
        in_every_format(history_document(history(one, language), language))


def test_a_finding_is_explained_by_its_figures_and_its_rule() -> None:
    """Each figure with its place, and what the row of the rulebook asks, in both languages."""
    sheet = read_sheet(cases_folder() / "mic-24-15" / "sheet.yaml")
    for language in LANGUAGES:
        whole = CorpusAudit(MIC, None, language)
        (audit,) = whole.sheets([sheet])
        for finding in audit.findings:
            document = findings_document([finding], whole.rulebooks, language)
            in_every_format(document)
            told = list(texts_of(document))
            assert finding.message in told
            for figure in finding.figures:
                assert figure.text in told
                assert any(figure.place in text for text in told)
