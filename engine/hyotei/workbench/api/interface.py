"""The operations on sheets, verdicts and rulebooks. Each says what it asks of a role; nothing is done without a token."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form
from ninja.files import UploadedFile
from pydantic_core import to_jsonable_python

from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.proof.proof_state import known_state
from hyotei.readers.sheet_json import read_canonical
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.library import Entry
from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.checking import checked
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.library_entries import entries, entry_of
from hyotei.workbench.models import Adoption, SheetRecord, StoredVerdict, Upload
from hyotei.workbench.pages.sheets import given_in
from hyotei.workbench.reading import Read, read_files
from hyotei.workbench.rendering import language_of
from hyotei.workbench.rulebook_use import use_of
from hyotei.workbench.sheet_store import keep, latest, listed_sheets, revise
from hyotei.workbench.source_models import SourcePage
from hyotei.workbench.verdicts import KEPT_IN, adopt, document_of, is_sound, possible_results, stored, verdict_of

Given = Annotated[str, Form(max_length=120, pattern=out.TEXT)]
Words = Annotated[str, Field(max_length=400, pattern=out.TEXT)]
_SHEET: Final = "A sheet in the layout of `hyotei sheet schema`."

# -- rulebooks


@operation("get", "/rulebooks", "see", list[out.RulebookOut])
def list_rulebooks(
    request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 500
) -> list[dict[str, object]]:
    """The rulebooks, those that are chosen for sheets first."""
    return [_rulebook(each) for each in paged(request, response, entries(), offset, limit)]


@operation("get", "/rulebooks/{identity}", "see", out.RulebookDetail)
def get_rulebook(request: HttpRequest, identity: str) -> dict[str, object]:
    """One rulebook with its document."""
    entry = entry_of(identity)
    if entry is None:
        raise Http404
    book = entry.load()
    text = (entry.folder / FILE).read_text(encoding="utf-8-sig")
    names = [each.name for each in book.decisions]
    use = use_of(entry, settings.HYOTEI.data)
    used = {
        "sheets": use.sheets, "adopted": use.adopted, "audits": [each.pk for each in use.audits], "drafts": len(use.drafts),
        "replaced_by": [each.head.id for each in use.replaced_by],
    }  # fmt: skip
    return {
        **_rulebook(entry), "hash": book.hash, "hash_format": HASH_FORMAT, "decisions": names, "document": text,
        "proof": known_state(book, entry.folder), "use": used,
    }  # fmt: skip


@operation("post", "/check", "see", out.Checked, once=False)
def check(request: HttpRequest, given: out.CheckIn) -> dict[str, object]:
    """Checks the document of a rulebook; nothing is kept."""
    return checked(given.document, language_of(request))


# -- sheets


@operation("get", "/sheets", "see", list[out.SheetOut])
def list_sheets(
    request: HttpRequest, response: HttpResponse, q: Words = "", offset: Offset = 0, limit: Limit = 50
) -> list[Any]:
    """The sheets, the latest first; with `q` those whose title or authority has these words."""
    return [_sheet(each) for each in paged(request, response, listed_sheets(q), offset, limit)]


@operation("post", "/sheets", "rate", out.UploadOut)
def read(
    request: Any, files: Annotated[list[UploadedFile], File(min_length=1)], authority: Given = "", fiscal_year: Given = "",
    form: Given = "",
) -> dict[str, object]:  # fmt: skip
    """Reads files in, in any format that Hyotei knows, and keeps their sheets.

    With `authority` and `fiscal_year`, in place of what the files print, and by `form`, the id of a form.
    """
    given = given_in({"authority": authority, "fiscal_year": fiscal_year, "form": form})
    found = read_files(files, given=given)
    return once(request, lambda: upload_data(keep(files, found, request.auth), language_of(request)))


@operation("get", "/sheets/{uuid:key}", "see", out.SheetDetail)
def get_sheet(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """One sheet in its present state; its ETag names that state."""
    detail = sheet_detail(get_object_or_404(SheetRecord, pk=key), language_of(request))
    show_state(response, int(str(detail["revision"])))
    return detail


# -- verdicts


@operation("post", "/sheets/{uuid:key}/verdict", "rate", out.VerdictOut, seen="may")
def rate_sheet(request: Any, key: UUID) -> dict[str, object]:
    """Rates a sheet in its present state by the rulebook that was chosen for it, or the one in force, and keeps the verdict.

    With `If-Match`, only where that state is the one of the ETag.
    """
    record = get_object_or_404(SheetRecord, pk=key)
    seen = seen_state(request, required=False)

    def do() -> dict[str, object]:
        if seen is not None and latest(record).number != seen:
            raise HyoteiError(Diagnostic("HY040"))
        return _rated(record, request)

    return once(request, do)


@operation("post", "/rate", "rate", out.VerdictOut, body={"type": "object", "description": _SHEET})
def rate(request: Any, rulebook: str = "", carry_over: bool = False) -> dict[str, object]:
    """Keeps a sheet, rates it and keeps the verdict. The body is the sheet itself, in the layout of `hyotei sheet schema`."""
    # Read from the bytes: no figure passes through a float.
    sheet = read_canonical(request.body.decode("utf-8", "replace"))
    if sheet is None:
        raise HyoteiError(Diagnostic("HY018"))
    if rulebook and entry_of(rulebook) is None:
        raise HyoteiError(Diagnostic("HY013", params={"id": rulebook[:60]}))

    def do() -> dict[str, object]:
        upload = keep([], [Read("", sheet.model_dump_json(by_alias=True), ())], request.auth)
        record = upload.records.get()
        if rulebook or carry_over:
            chosen = rulebook or "carry-over"
            revise(latest(record), request.auth, "rulebook", after=chosen, rulebook=rulebook, carry_over=carry_over)
        return _rated(record, request)

    return once(request, do)


@operation("get", "/verdicts/{uuid:key}", "see", out.VerdictOut)
def get_verdict(request: HttpRequest, key: UUID) -> dict[str, object]:
    """One verdict as it was kept, in Japanese."""
    kept = get_object_or_404(StoredVerdict, pk=key)
    return _verdict(kept, json.loads(kept.data))


@operation("get", "/verdicts/{uuid:key}/verification", "see", out.Verification)
def verify(request: HttpRequest, key: UUID) -> dict[str, object]:
    """Derives a verdict anew and compares."""
    return {"key": key, "sound": is_sound(get_object_or_404(StoredVerdict, pk=key))}


# -- adoptions


@operation("get", "/adoptions", "see", list[out.AdoptionOut])
def list_adoptions(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """What was adopted, the latest first."""
    found = Adoption.objects.select_related("verdict", "account").order_by("-pk")
    return [_adoption(each) for each in paged(request, response, found, offset, limit)]


@operation("post", "/verdicts/{uuid:key}/adoptions", "rate", out.AdoptionOut)
def adopt_verdict(request: Any, key: UUID, given: out.AdoptionIn) -> dict[str, object]:
    """Adopts a verdict, or other results with a reason."""
    kept = get_object_or_404(StoredVerdict, pk=key)
    for name, values in possible_results(document_of(kept)).items():
        value = getattr(given, name)
        if value is not None and value not in values:
            raise HyoteiError(Diagnostic("HY023", params={"value": value[:40], "values": ", ".join(values) or "-"}))
    return once(request, lambda: _adoption(adopt(kept, given.rating, given.budget, given.reason, request.auth)))


# -- how each is told


def _rulebook(entry: Entry) -> dict[str, object]:
    head = entry.head
    names = ("id", "title", "authority", "standing", "first_year", "last_year")
    return {**{name: getattr(head, name) for name in names}, "origin": entry.origin}


def _sheet(record: SheetRecord) -> dict[str, object]:
    names = ("key", "title", "authority", "fiscal_year", "file", "at")
    told = {name: getattr(record, name) for name in names}
    return {**told, "id": record.sheet_id, "revision": latest(record).number}


def sheet_detail(record: SheetRecord, language: Language) -> dict[str, object]:
    """All that is told of a sheet."""
    revision = latest(record)
    pages = SourcePage.objects.filter(file=record.source_id).order_by("number").values_list("number", flat=True)
    return {
        **_sheet(record), "problems": told_of(json.loads(record.problems), language), "sheet": json.loads(revision.sheet),
        "rulebook": revision.rulebook, "carry_over": revision.carry_over,
        "source_pages": None if record.source_id is None else list(pages),
    }  # fmt: skip


def upload_data(upload: Upload, language: Language) -> dict[str, object]:
    """What is told of an upload."""
    sheets = [_sheet(each) for each in upload.records.order_by("at", "key")]
    return {"key": upload.key, "sheets": sheets, "failures": told_of(json.loads(upload.failures), language)}


def told_of(problems: Iterable[Mapping[str, str]], language: Language) -> list[dict[str, str]]:
    """What is said in both languages, in one."""
    return [{"severity": each["severity"], "text": each[language]} for each in problems]


def _rated(record: SheetRecord, request: Any) -> dict[str, object]:
    revision = latest(record)
    verdict, language = verdict_of(revision), language_of(request)
    kept = stored(revision, verdict, request.auth)
    return _verdict(kept, json.loads(kept.data) if language == KEPT_IN else to_jsonable_python(verdict.data(language)))


def _verdict(kept: StoredVerdict, data: object) -> dict[str, object]:
    revision = kept.revision
    return {
        "key": kept.key, "sheet": revision.record_id, "revision": revision.number, "rulebook": kept.rulebook.identity,
        "rulebook_hash": kept.rulebook.hash, "sha256": kept.sha256, "verdict": data,
    }  # fmt: skip


def _adoption(adoption: Adoption) -> dict[str, object]:
    kept = adoption.verdict
    return {
        "verdict": kept.key, "rating": adoption.rating, "budget": adoption.budget, "derived_rating": kept.rating,
        "derived_budget": kept.budget, "reason": adoption.reason, "account": adoption.account.name, "at": adoption.at,
    }  # fmt: skip
