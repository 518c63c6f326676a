"""Which of several choices a text marks: ○ or ☑ beside one, one circled (Ⓐ・Ｂ・Ｃ), or one that stands alone (1 現状維持)."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from hyotei.forms.model import Form
from hyotei.readers.evaluation_text.form_words import MARKS
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.words_of_forms import chosen

_CIRCLED: Final = re.compile("[Ⓐ-Ⓩⓐ-ⓩ]")
_LEADING: Final = re.compile(r"^[(\[]?(?:[0-9]{1,2}|[①-⑳])[)\].:．、]?(?=\D)")
_EMPTY: Final = "□☐"
_SIGNS: Final = MARKS.replace("*", "") + "●"
_BETWEEN: Final = re.compile(r"[\n・/／、,，\s]+")
_MARKED: Final = re.compile(rf"[(\[]?([{re.escape(_SIGNS)}])[)\]]?")


class Choice(NamedTuple):
    """What a text chooses: the value, or the values between which it leaves the choice open (none where it names none)."""

    value: str | None
    named: tuple[str, ...] = ()


def is_mark(text: str) -> bool:
    """Whether a text is a mark of choices and nothing else."""
    return _MARKED.fullmatch(bare(text)) is not None


@lru_cache(5_000)
def choice_of(form: Form, item: str, text: str) -> Choice:
    """The choice of an item that a text states, by the table `choices` of a form."""
    whole = _value(form, item, text)
    if whole is not None:
        return Choice(whole)
    circled = {value for sign in _CIRCLED.findall(text) if (value := chosen(form, item, bare(sign))) is not None}
    if len(circled) == 1:
        return Choice(next(iter(circled)))
    options = _options(form, item, text)
    read = [(value, marked) for option, marked in options if (value := _value(form, item, option)) is not None]
    marked = list(dict.fromkeys(value for value, mark in read if mark))
    named = tuple(dict.fromkeys(value for value, _ in read))
    if len(marked) == 1:
        return Choice(marked[0])
    # B 概ね順調: a letter and its words say the same.
    if not marked and len(named) == 1 and len(read) == len(options):
        return Choice(named[0])
    return Choice(None, tuple(marked) or named)


def _value(form: Form, item: str, text: str) -> str | None:
    plain = bare(text)
    return chosen(form, item, plain) or chosen(form, item, _LEADING.sub("", plain))


def _options(form: Form, item: str, text: str) -> list[tuple[str, bool]]:
    """The parts of a text, each with whether a mark stands before or behind it; a mark alone is that of the part after it.

    A mark that the form has as a choice itself (◎ of ◎、○、△) marks nothing.
    """
    found: list[tuple[str, bool]] = []
    waiting = False
    for part in _BETWEEN.split(text.strip()):
        signs = [match[1] for match in _MARKED.finditer(part)]
        choices = [sign for sign in signs if _value(form, item, sign) is not None]
        marked = len(choices) < len(signs)
        if choices:
            rest = _MARKED.sub("", part).strip(_EMPTY)
            found += [(each, marked or waiting) for each in (*choices, rest) if each]
            waiting = False
            continue
        option = _MARKED.sub("", part).strip(_EMPTY)
        if not option:
            waiting = waiting or marked
            continue
        found.append((option, marked or waiting))
        waiting = False
    return found
