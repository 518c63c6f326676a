"""The operations that make a form of a file that no form reads rightly: proposed, tried, kept."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.workbench.api import form_schemas as out
from hyotei.workbench.api import schemas
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.interface import told_of, upload_data
from hyotei.workbench.api.operation import operation
from hyotei.workbench.figure_marks import prints_a_form
from hyotei.workbench.form_example import read_reading
from hyotei.workbench.form_trial import Trial, TriedFile, as_read, check_id, keep_form, try_form
from hyotei.workbench.jobs import data
from hyotei.workbench.models import Upload
from hyotei.workbench.rendering import language_of
from hyotei.workbench.source_models import SourceFile
from hyotei.workbench.told_problems import BilingualProblem


@operation("get", "/uploads/{uuid:key}", "see", out.UploadDetail)
def get_upload(request: HttpRequest, key: UUID) -> dict[str, object]:
    """What was read of one upload, and the files of it of which a form can be made."""
    found = get_object_or_404(Upload, pk=key)
    sources = [
        {"number": each.number, "name": each.name} for each in found.sources.order_by("number") if prints_a_form(each)
    ]
    return {**upload_data(found, language_of(request)), "sources": sources}


@operation("post", "/uploads/{uuid:key}/files/{int:number}/form-trial", "edit", out.FormTrialOut, once=False)
def try_form_of_file(request: HttpRequest, key: UUID, number: int, given: out.FormTrialIn) -> dict[str, object]:
    """Proposes a form of a file, or takes one, and tells what it reads of the file and of other uploads. Nothing is kept."""
    file = _file(key, number)
    if given.document is not None and given.reading is not None:
        raise HyoteiError(Diagnostic("HY017", params={"places": "body/given/document, body/given/reading"}))
    check_id(given.id)
    if given.document is not None:
        trial = try_form(file, given.id, text=given.document)
    else:
        sheets = as_read(file, given.authority) if given.reading is None else [read_reading(given.reading)]
        if not sheets:
            raise HyoteiError(Diagnostic("HY017", params={"places": "body/given/reading"}))
        trial = try_form(file, given.id, sheets=sheets)
    return _trial(trial, language_of(request))


@operation("post", "/uploads/{uuid:key}/files/{int:number}/form", "edit", schemas.UploadOut)
def keep_form_of_file(request: Any, key: UUID, number: int, given: out.FormKeepIn) -> dict[str, object]:
    """Keeps a form, by which further uploads are read, and reads the file anew by it, as another upload."""
    file = _file(key, number)
    trial = try_form(file, given.id, text=given.document)
    return once(
        request, lambda: upload_data(keep_form(data(), given.id, trial, file, request.auth), language_of(request))
    )


def _file(key: UUID, number: int) -> SourceFile:
    file = get_object_or_404(SourceFile, upload_id=key, number=number)
    if not prints_a_form(file):
        raise Http404
    return file


def _trial(trial: Trial, language: Language) -> dict[str, object]:
    return {
        "document": trial.text, "right": trial.right, "whole": trial.whole, "besides": trial.besides,
        "problems": _told(trial.told, language), "files": [_tried(each, language) for each in trial.files],
    }  # fmt: skip


def _tried(file: TriedFile, language: Language) -> dict[str, object]:
    return {
        "name": file.name, "percent": file.percent, "known": file.known,
        "sheets": [json.loads(each.model_dump_json(by_alias=True)) for each in file.sheets],
        "problems": [told for each in file.read for told in _told(each.problems, language)],
    }  # fmt: skip


def _told(problems: tuple[BilingualProblem, ...], language: Language) -> list[dict[str, str]]:
    return told_of([each._asdict() for each in problems], language)
