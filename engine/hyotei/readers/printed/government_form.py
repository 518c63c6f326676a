"""What only the government-wide form (様式) concludes: one of five grades, the analysis, and what follows for the next targets."""

import re
from functools import lru_cache
from typing import Final

from hyotei.forms.model import Form as FormDocument
from hyotei.messages import Diagnostic, Param, phrase
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.form_parts import FormPart, parts_of
from hyotei.readers.evaluation_text.text_lines import TextLine, narrow
from hyotei.readers.printed.form_text import Form
from hyotei.readers.words_of_forms import choice_pattern, chosen
from hyotei.sheet.models import Recorded, Sheet

_RATING: Final = "recorded.rating"
_PLACE: Final = phrase("printed_forms.grade")
_OF_MINISTRIES: Final = (phrase("evaluation_text.part.rating"), phrase("evaluation_text.part.recommendation"))
_BROKEN: Final = 3


@lru_cache(64)
def _grade_pattern(form: FormDocument) -> re.Pattern[str]:
    """A grade as it is printed, with the marks and numbers around it."""
    return re.compile(
        rf"(?:\(?各行政機関共通区分\)?)?[:：]?[(\[【]?(?P<mark>[{re.escape(words.MARKS)}])?[)\]]?[□☐]?(?:[①-⑤]|\(?[1-5][.．):]?)?"
        rf"[(\[【「]?(?P<grade>{choice_pattern(form, _RATING)})[)\]】」]?(?P<after>[{re.escape(words.MARKS)}])?"
    )


def concluded(sheet: Sheet, problems: tuple[Diagnostic, ...], form: Form) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The sheet with what the government-wide form concludes; other forms as they are."""
    parts = parts_of(form.document)
    changes: dict[str, object] = {}
    of_grade = [part for part in parts if part.section == "grade"]
    for field, section in (("inspection", "analysis"), ("improvement", "reflection")):
        text = "\n".join(filter(None, (_text(part) for part in parts if part.section == section)))
        if text:
            changes[field] = text
    told = list(problems)
    if of_grade:
        # Neither the letters of a ministry nor a direction of the budget are part of this form.
        told = [each for each in told if each.code != "HY257" or each.params.get("part") not in _OF_MINISTRIES]
        if sheet.recorded.rating is None:
            line, grade = _grade(of_grade, form, told)
            if line is not None and grade is not None:
                changes["rating"] = grade
                changes["rating_source"] = form.document.source(line.text, line.number, place=_PLACE.text("ja"))
    if not changes:
        return sheet, tuple(told)
    recorded = Recorded.model_validate({**dict(sheet.recorded), **changes})
    return sheet.model_copy(update={"recorded": recorded}), tuple(told)


def _grade(parts: list[FormPart], form: Form, problems: list[Diagnostic]) -> tuple[TextLine | None, str | None]:
    """The grade that is marked, or that alone is printed."""
    found: list[tuple[str, bool, TextLine]] = []
    lost = False
    pattern = _grade_pattern(form.document.form)
    for part in parts:
        lines = [TextLine(part.line, part.rest, part.rest)] if part.rest else []
        lines += [line for line in part.lines if not line.blank]
        position = 0
        while position < len(lines):
            # The width of its cell may break a grade over lines.
            for count in range(1, _BROKEN + 1):
                text = "".join(line.plain for line in lines[position : position + count]).replace(" ", "")
                match = pattern.fullmatch(text)
                if match is not None:
                    grade = chosen(form.document.form, _RATING, match["grade"]) or ""
                    found.append((grade, bool(match["mark"] or match["after"]), lines[position]))
                    break
            else:
                count = 1
                lost = lost or lines[position].plain[:1] in words.MARKS
            position += count
    marked = {grade for grade, mark, _ in found if mark}
    grades = marked or {grade for grade, _, _ in found}
    # A mark before something else may be that of a grade that was not recognised.
    if len(grades) == 1 and (marked or not lost):
        grade = next(iter(grades))
        return next(line for each, mark, line in found if each == grade and (mark or not marked)), grade
    at = form.document.at(parts[0].line)
    if grades:
        params: dict[str, Param] = {
            "what": _PLACE,
            "choices": "、".join(dict.fromkeys(each for each, _, _ in found)),
        }
        problems.append(Diagnostic("HY256" if marked else "HY255", at, params))
    else:
        problems.append(Diagnostic("HY257", at, {"part": _PLACE}))
    return None, None


def _text(part: FormPart) -> str:
    """What stands under a heading, line by line."""
    texts = [part.rest, *(line.text for line in part.lines)]
    return "\n".join(narrow(text) for text in texts if text.strip())
