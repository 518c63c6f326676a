"""A sheet and its verdict as files to hand on."""

from importlib import import_module
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.document import Definition, Definitions, Section
from hyotei.messages import HyoteiError, Language, wording
from hyotei.report.verdict_document import verdict_document
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from hyotei.workbench.media_types import VERDICTS, YAML, VerdictKind
from hyotei.workbench.models import Adoption, SheetRecord
from hyotei.workbench.pages.attachment import attachment, file_name
from hyotei.workbench.pages.sheet import adoptions
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import latest, sheet_of
from hyotei.workbench.verdicts import is_about, verdict_of
from hyotei.writers.files import FORMATS


def verdict_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """The verdict on the present state as a page, a Word file or a workbook, with what was adopted of it."""
    known = next((each for each in VERDICTS if each == kind), None)
    if known is None:
        raise Http404
    record, language = get_object_or_404(SheetRecord, pk=key), language_of(request)
    try:
        return verdict_document_of(record, known, language)
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
        return page(request, "rulebook_wrong.html", status=409, identity=record.title, told=told)


def verdict_document_of(record: SheetRecord, kind: VerdictKind, language: Language) -> HttpResponse:
    """The document of the verdict on the present state of a sheet, with what was adopted of it.

    Raises:
        HyoteiError: there is no verdict, or the document cannot be written.
    """
    revision = latest(record)
    verdict = verdict_of(revision)
    adopted = [each for each in adoptions(record) if is_about(each, revision, verdict)]
    decided = (_adopted(adopted[0], language),) if adopted else ()
    document = verdict_document(verdict, language, decided=decided)
    data: bytes = import_module(f"hyotei.writers.{FORMATS['.' + kind]}").write(document)
    return attachment(data, f"{_name(record, language)}.{kind}", VERDICTS[kind])


def sheet_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The present state of the sheet as YAML, which Hyotei reads again."""
    record = get_object_or_404(SheetRecord, pk=key)
    text = sheet_to_yaml(sheet_of(latest(record)))
    return attachment(text, f"{file_name(record.title or record.sheet_id)}.yaml", YAML)


def _name(record: SheetRecord, language: Language) -> str:
    """The name of a file of the verdict, without its end."""
    title, year = file_name(record.title or record.sheet_id), print_fiscal_year(record.fiscal_year, language)
    return wording(language)("workbench.sheet.file_name", title=title, year=year)


def _adopted(adoption: Adoption, language: Language) -> Section:
    say = wording(language)
    rows = [
        Definition(say.one_of("common.result", name), value)
        for name, value in (("rating", adoption.rating), ("budget", adoption.budget))
        if value
    ]
    rows.append(Definition(say("workbench.adopt.by"), f"{adoption.account.name}  {adoption.at:%Y-%m-%d}"))
    if adoption.reason:
        rows.append(Definition(say("workbench.adopt.reason"), adoption.reason))
    return Section(say("workbench.adopt.adopted"), (Definitions(tuple(rows)),), anchor="adopted")
