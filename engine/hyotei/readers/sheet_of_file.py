"""One sheet from one file, of any format that Hyotei reads."""

import os

from hyotei.base.yaml import YamlValue, parse_yaml
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.intake.input_file import file_document
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers.reader import Found
from hyotei.readers.sheet_json import is_canonical, read_canonical
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.sheet.models import Sheet


def read_sheet(path: str | os.PathLike[str], given: GivenIdentity = NOTHING) -> Sheet:
    """The sheet of a file.

    Raises:
        HyoteiError: with everything that is wrong, if anything is. For what can be used all the same, and for warnings, see
            `read_sheet_file`.
    """
    sheet, problems = read_sheet_file(path, given)
    if sheet is None or any(problem.severity == "error" for problem in problems):
        raise HyoteiError(*problems)
    return sheet


def read_sheet_file(
    path: str | os.PathLike[str], given: GivenIdentity = NOTHING
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet of a file as far as it can be read, and all that is to be said of it.

    Args:
        path: the file.
        given: what the user says of the sheet in place of what it states.

    Returns:
        The sheet, or None where the file cannot be read or its identity or year is not known; and the diagnostics in the order
        of the file.

    Raises:
        HyoteiError: the file holds several sheets (HY859).
    """
    found = sheets_of_file(path, given)
    sheets = [each.sheet for each in found if each.sheet is not None]
    if len(sheets) > 1:
        document = file_document(path)
        raise HyoteiError(Diagnostic("HY859", Location(document.name), {"count": str(len(sheets))}))
    return next(iter(sheets), None), tuple(problem for each in found for problem in each.problems)


def sheets_of_file(path: str | os.PathLike[str], given: GivenIdentity = NOTHING) -> list[Found]:
    """All sheets of a file, as `read_sheets` gives them; a folder is no file (HY102)."""
    from hyotei.intake.zip_members import members
    from hyotei.readers.sheets_of_paths import read_documents

    return list(read_documents(members(file_document(path, explicit=True, given=given))))


def parse_sheet(
    text: str, *, file: str | None = None, given: GivenIdentity = NOTHING
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet that a text in YAML or JSON describes; `file` is its name in the places of figures and problems."""
    if is_canonical(text):
        canonical = read_canonical(text)
        if canonical is not None:
            return canonical, ()
    tree, problems = parse_yaml(text, file=file)
    if tree is None:
        return None, tuple(problems)
    sheet, told = sheet_of_tree(tree, file, given)
    return sheet, tuple(sorted((*problems, *told), key=_order)) if problems else told


def sheet_of_tree(
    tree: YamlValue, file: str | None, given: GivenIdentity = NOTHING
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet that a tree describes, in the layout of the models or in that of people."""
    sheet, problems = sheet_of(tree, file=file, given=given)
    return sheet, tuple(sorted(problems, key=_order))


def _order(problem: Diagnostic) -> tuple[int, int]:
    return problem.location.line or 0, problem.location.start or 0
