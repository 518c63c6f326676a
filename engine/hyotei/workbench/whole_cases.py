"""The cases of a rulebook as one text that needs no other file: sheets that they name by their files stand in them."""

from pathlib import Path

from hyotei.base.text_file import read_text
from hyotei.readers import read_sheet
from hyotei.rulebook_workbook.document_edit import cases_tree, edited_cases
from hyotei.rulebook_workbook.yaml_edit import Tree, parsed
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml


def whole_cases(file: Path) -> str:
    """The file of cases with the sheets that it names.

    Raises:
        HyoteiError: it, or a sheet that it names, cannot be read.
    """
    text = read_text(file)
    return edited_cases(text, [_whole(each, file.parent) for each in cases_tree(text)])


def _whole(case: Tree, folder: Path) -> Tree:
    if not isinstance(case, dict) or not isinstance(case.get("file"), str):
        return case
    sheet = parsed(sheet_to_yaml(read_sheet(folder / str(case["file"]))))
    return {("sheet" if key == "file" else key): sheet if key == "file" else said for key, said in case.items()}
