"""Cases of what comes in: the same by every command, under its right identity, and unable to do anything but be read."""

import json
import re
from pathlib import Path
from typing import Final

from hyotei.readers.sheet_of_file import read_sheet_file
from tests.cli.command import hyotei
from tests.handed.result import Case, Result

_COMMANDS: Final = ("rate", "read", "audit", "sheet check")
_CODE: Final = re.compile(r"\bHY\d{3}\b")
_OF_RULEBOOKS: Final = frozenset(("HY361", "HY362"))
"""What is told because no rulebook is in force, which only some commands need."""


def _codes(command: str, file: Path) -> frozenset[str]:
    """Which errors and warnings a command tells of a file."""
    done = hyotei(*command.split(), file, "--lang", "en")
    lines = [line for line in done.err.splitlines() if line.startswith(("error:", "warning:"))]
    return frozenset(code for line in lines for code in _CODE.findall(line)) - _OF_RULEBOOKS


def _alike(*, sheet: bool, code: str | None = None) -> Case:
    """Every command tells the same of the file; it holds a sheet, or is refused with this code."""

    def run(file: Path) -> Result:
        told = {command: _codes(command, file) for command in _COMMANDS}
        read, _ = read_sheet_file(file)
        right = len(set(told.values())) == 1 and (read is not None) == sheet
        right = right and (code is None or code in told["read"])
        return Result(
            right, f"{'a sheet' if read else 'no sheet'}, {', '.join(sorted(told['read'])) or 'nothing told'}"
        )

    return run


def _number_on_the_title_line(file: Path) -> Result:
    """The words before the name of the ministry are no part of it, and its rulebook is found."""
    sheet, _ = read_sheet_file(file)
    assert sheet is not None, "no sheet was read"
    given = (sheet.authority, sheet.number, sheet.id)
    right = given == ("総務省", "総務省24-⑨", "mic-24-9") and hyotei("rate", file).code == 0
    return Result(right, ", ".join(map(str, given)))


def _text_of_no_form(file: Path) -> Result:
    """That the form is not known, not that YAML is broken."""
    codes = _codes("rate", file)
    return Result(bool(codes & {"HY805", "HY252"}) and "HY110" not in codes, ", ".join(sorted(codes)))


def _harmless(file: Path) -> Result:
    """Nothing of the sheet reaches the terminal but what is seen, and no line begins as its title wants."""
    done = hyotei("rate", file, "--why", "--lang", "en")
    text = done.out + done.err
    unseen = [
        each
        for each in text
        if each != "\n" and (each < " " or "\x7f" <= each <= "\x9f" or "\u202a" <= each <= "\u202e")
    ]
    forged = [line for line in text.splitlines() if "forged" in line and line.lstrip().startswith("rating")]
    right = done.code == 0 and not unseen and not forged
    return Result(right, f"{len(unseen)} unseen, {len(forged)} forged; {done.out.splitlines()[0] if done.out else ''}")


def _surrogates(file: Path) -> Result:
    """Two escapes are one character, as JSON has it."""
    sheet, problems = read_sheet_file(file)
    wanted = json.loads(file.read_text(encoding="utf-8"))["title"]
    told = ", ".join(problem.code for problem in problems)
    return Result(sheet is not None and sheet.title == wanted, told or str(sheet and sheet.title))


DOCUMENTS: Final[dict[str, Case]] = {
    "g06-number-on-the-title-line.xlsx": _number_on_the_title_line,
    "g13-text-that-begins-with-a-label.txt": _text_of_no_form,
}
CODE: Final[dict[str, Case]] = {
    "two_doors.txt": _alike(sheet=True),
    "low.txt": _alike(sheet=False, code="HY252"),
    "notes.txt": _alike(sheet=False, code="HY805"),
    "odd.dat": _alike(sheet=True),
    "odd.txt": _alike(sheet=True),
    "odd.yaml": _alike(sheet=True),
    "broken.yaml": _alike(sheet=False, code="HY231"),
}
RELIABILITY: Final[dict[str, Case]] = {
    "escape.yaml": _harmless,
    "forge-terminal.yaml": _harmless,
    "json-dumps-default.json": _surrogates,
}
