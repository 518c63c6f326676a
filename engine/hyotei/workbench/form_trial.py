"""A form that a person makes of an example: proposed, tried on files, and kept as one's own."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from hyotei.base.text_file import write_text
from hyotei.forms.library import library
from hyotei.forms.model import FILE
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language, Text
from hyotei.readers.printed.blocks_json import block_data
from hyotei.sheet.models import Sheet
from hyotei.workbench.figure_marks import blocks_of
from hyotei.workbench.log import record as log
from hyotei.workbench.models import Account, Upload
from hyotei.workbench.own_forms import own_forms
from hyotei.workbench.reading import Printed, Read, child_environment
from hyotei.workbench.reading_turns import turn
from hyotei.workbench.sheet_store import keep, latest, sheet_of
from hyotei.workbench.source_models import SourceFile
from hyotei.workbench.told_problems import BilingualProblem

SECONDS: Final = 120.0
_OTHERS: Final = 10
"""Other files, the latest first, on which a form is tried."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


class TriedFile(NamedTuple):
    """What a form reads of a file: how surely that is of the form, whether it would be chosen, and the sheets."""

    name: str
    percent: int
    known: bool
    sheets: tuple[Sheet, ...]
    read: tuple[Read, ...]


class Trial(NamedTuple):
    """A form with what it reads; `whole` is 0 where it was not proposed of a right reading."""

    text: str
    right: int
    whole: int
    besides: int
    told: tuple[BilingualProblem, ...]
    files: tuple[TriedFile, ...]


@dataclass(frozen=True, slots=True)
class _Wrong(Text):
    """What is wrong with a form."""

    told: tuple[BilingualProblem, ...]

    def text(self, language: Language) -> str:
        return " ".join(str(each._asdict()[language]) for each in self.told)


def check_id(form_id: str) -> None:
    """Whether a form can have an id.

    Raises:
        HyoteiError: it is no id, or a form has it already (HY078).
    """
    if not _ID.fullmatch(form_id) or any(each.head.id == form_id for each in library()):
        raise HyoteiError(Diagnostic("HY078", params={"id": form_id}))


def try_form(file: SourceFile, form_id: str, *, sheets: Sequence[Sheet] = (), text: str | None = None) -> Trial:
    """Proposes a form by the right reading of a file, or takes the text of one, and reads this file and others with it.

    Raises:
        HyoteiError: it took too long (HY008), or more memory than there may be (HY009).
    """
    others = SourceFile.objects.exclude(pk=file.pk).order_by("-pk")[:_OTHERS]
    files = [
        {"name": each.name, "blocks": [block_data(block) for block in blocks_of(each)]} for each in (file, *others)
    ]
    asked: dict[str, object] = {"id": form_id, "files": files}
    asked |= {"sheets": [each.model_dump_json(by_alias=True) for each in sheets]} if text is None else {"text": text}
    found = _answer(json.dumps(asked, ensure_ascii=False))
    return Trial(
        found["text"], found.get("right", 0), found.get("whole", 0), found.get("besides", 0),
        tuple(BilingualProblem(**each) for each in found.get("told", ())), tuple(map(_tried, found.get("files", ()))),
    )  # fmt: skip


def _answer(asked: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "hyotei.workbench.form_process"]
    try:
        with turn():
            done = subprocess.run(
                command, input=asked.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS,
                env=child_environment(), check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise HyoteiError(Diagnostic("HY008", params={"seconds": f"{SECONDS:g}"})) from None
    if done.returncode != 0:
        raise HyoteiError(Diagnostic("HY009"))
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _tried(data: dict[str, Any]) -> TriedFile:
    read = tuple(
        Read(data["name"], each["sheet"], tuple(BilingualProblem(**problem) for problem in each["problems"]))
        for each in data["sheets"]
    )
    sheets = tuple(Sheet.model_validate_json(each.sheet) for each in read if each.sheet is not None)
    return TriedFile(data["name"], data["percent"], data["known"], sheets, read)


def as_read(file: SourceFile, authority: str) -> list[Sheet]:
    """The sheets as they were read of a file, of an authority where one is given: a document may leave that to who gets it."""
    read = [sheet_of(latest(record)) for record in file.records.order_by("at", "key")]
    return [each.model_copy(update={"authority": authority}) if authority else each for each in read]


def keep_form(data: Path, form_id: str, trial: Trial, file: SourceFile, account: Account) -> Upload:
    """Keeps a form as one's own, and the sheets that it reads of a file.

    Raises:
        HyoteiError: the id cannot be used (HY078), the document is no form (HY039), or it cannot be written (HY108, HY886).
    """
    check_id(form_id)
    if trial.told:
        raise HyoteiError(Diagnostic("HY039", params={"problems": _Wrong(trial.told)}))
    folder = own_forms(data) / form_id
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / FILE, trial.text)
    log(account, "form.saved", form_id, sha256=sha256(trial.text.encode()).hexdigest(), file=file.name)
    pages = {each.number: bytes(each.picture) for each in file.pages.all()}
    printed = Printed(0, file.name, bytes(file.blocks), pages)
    return keep([], [each._replace(printed=printed) for each in trial.files[0].read], account)
