"""Archives whose entries have names that no program gives, and archives of many entries."""

import io
import zipfile
from functools import partial

import pytest

from hyotei.intake.input_file import InputFile
from hyotei.intake.zip_members import members
from hyotei.messages import HyoteiError


def test_an_entry_without_a_name_is_opened_as_any_other() -> None:
    """Folders are left out by their names, which end in a stroke."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("", "folder/", "folder/a.txt"):
            archive.writestr(zipfile.ZipInfo(name), b"" if name.endswith("/") else b"text")
    found = list(members(InputFile("x.zip", "x.zip", partial(io.BytesIO, made.getvalue()))))
    names = [each.path for each in found if not isinstance(each, HyoteiError)]
    assert names == ["x.zip/", "x.zip/folder/a.txt"]


def test_the_list_of_entries_is_read_once_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(50):
            archive.writestr(f"{number}.txt", str(number))
    read: list[object] = []
    original = zipfile.ZipInfo._decodeExtra  # type: ignore[attr-defined]  # what the library does for each entry in a list

    def counted(self: zipfile.ZipInfo, *arguments: object) -> None:
        read.append(self)
        original(self, *arguments)

    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", counted)
    found = [
        each
        for each in members(InputFile("x.zip", "x.zip", partial(io.BytesIO, made.getvalue())))
        if not isinstance(each, HyoteiError)
    ]
    assert [each.content() for each in found] == [str(number).encode() for number in range(50)]
    assert len(read) == 50
