"""Archives whose entries have names that no program gives."""

import io
import zipfile
from functools import partial

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
