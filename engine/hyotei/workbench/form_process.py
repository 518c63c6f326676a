"""The child process that proposes and tries a form: `python -m hyotei.workbench.form_process`.

The request is one JSON object on the standard input: `id`, and either `text`, the document of a form, or `sheets`, the right
reading of the first file, of which one is proposed; and `files`, each with its `name` and `blocks`. The answer on the standard
output is one JSON object: the `text` of the form, how many figures it reads (`right`, `whole`, `besides`), what is wrong with it
(`told`), and for each file how surely it is of that form (`percent`) and the sheets that are read of it.
"""

import json
import sys
from typing import Any

from hyotei.forms.library import find_form
from hyotei.forms.load import parse_form
from hyotei.forms.model import LEAST_PERCENT, Form
from hyotei.forms.recognition import scores
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers.form_proposal.propose import propose
from hyotei.readers.printed.blocks_json import block_of_data
from hyotei.readers.printed.form_blocks import Block
from hyotei.readers.printed.form_sheets import read_by, texts_of
from hyotei.rulebook.format import format_document
from hyotei.sheet.models import Sheet
from hyotei.workbench.reading_process import bound
from hyotei.workbench.told_problems import told


def main() -> None:
    """Answers the request."""
    bound()
    asked = json.load(sys.stdin)
    files = [(each["name"], [block_of_data(block) for block in each["blocks"]]) for each in asked["files"]]
    answer: dict[str, object] = {}
    text = asked.get("text")
    if text is None:
        sheets = [Sheet.model_validate_json(each) for each in asked["sheets"]]
        found = propose(files[0][1], asked["id"], sheets)
        text = format_document(found.text)
        answer |= {"right": found.right, "whole": found.whole, "besides": found.besides}
    answer["text"] = text
    try:
        form = parse_form(text, find_form).form
        if form.id != asked["id"]:
            raise HyoteiError(Diagnostic("HY079", params={"id": asked["id"], "named": form.id}))
        answer["files"] = [_read(form, name, blocks, first=at == 0) for at, (name, blocks) in enumerate(files)]
    except HyoteiError as error:
        answer["told"] = [told(each)._asdict() for each in error.diagnostics]
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _read(form: Form, name: str, blocks: list[Block], *, first: bool) -> dict[str, Any]:
    """What a form reads of a file; of one that it would not be chosen for, nothing but the first is read."""
    score = next(iter(scores(texts_of(blocks), [form])), None)
    percent = 0 if score is None else score.percent
    sheets = []
    if first or percent >= LEAST_PERCENT:
        for found in read_by(form, blocks, name):
            data = None if found.sheet is None else found.sheet.model_dump_json(by_alias=True)
            sheets.append({"sheet": data, "problems": [told(each)._asdict() for each in found.problems]})
    return {"name": name, "percent": percent, "known": percent >= LEAST_PERCENT, "sheets": sheets}


if __name__ == "__main__":
    main()
