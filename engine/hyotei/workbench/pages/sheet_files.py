"""A sheet and its verdict as files to hand on."""

from importlib import import_module
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.document import Definition, Definitions, Section
from hyotei.messages import HyoteiError, Language, wording
from hyotei.report.verdict_document import verdict_document
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from hyotei.workbench.models import Adoption, SheetRecord
from hyotei.workbench.pages.attachment import attachment, file_name
from hyotei.workbench.pages.sheet import adoptions, rated
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import latest, sheet_of
from hyotei.workbench.verdicts import is_about
from hyotei.writers.files import FORMATS

KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The documents of a verdict, by the ends of their names."""


def verdict_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """The verdict on the present state as a page, a Word file or a workbook, with what was adopted of it."""
    if kind not in KINDS:
        raise Http404
    language = language_of(request)
    record = get_object_or_404(SheetRecord, pk=key)
    revision = latest(record)
    found = rated(revision)
    if found.verdict is None:
        told = [each.text(language) for each in found.problems]
        return page(request, "rulebook_wrong.html", status=409, identity=record.title, told=told)
    adopted = [each for each in adoptions(record) if is_about(each, revision, found.verdict)]
    decided = (_adopted(adopted[0], language),) if adopted else ()
    try:
        document = verdict_document(found.verdict, language, decided=decided)
        data: bytes = import_module(f"hyotei.writers.{FORMATS['.' + kind]}").write(document)
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
        return page(request, "rulebook_wrong.html", status=409, identity=record.title, told=told)
    return attachment(data, f"{_name(record, language)}.{kind}", KINDS[kind])


def sheet_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The present state of the sheet as YAML, which Hyotei reads again."""
    record = get_object_or_404(SheetRecord, pk=key)
    text = sheet_to_yaml(sheet_of(latest(record)))
    return attachment(text, f"{file_name(record.title or record.sheet_id)}.yaml", "application/yaml; charset=utf-8")


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
