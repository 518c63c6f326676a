"""Columns of judgments in a list, and of further indicators: by a right reading, and by headings like those that are known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.sheet.models import Sheet

_COUNTED: Final = ("アイウエオ", "カキクケコ", "サシスセソ", "ABCDEFG", "①②③④⑤⑥⑦⑧⑨", "123456789", "甲乙丙丁")
"""Signs by which headings count indicators."""
_LEADING: Final = re.compile(r"^[(\[]?[0-9]{1,2}[)\].:．、]?")


def marks_of(
    texts: Sequence[tuple[Sheet, dict[str, str]]], headings: Iterable[str], taken: set[str]
) -> list[ProposedRow]:
    """The columns of facts and recorded results, and the choices that are printed otherwise than they are recorded.

    `texts` are the sheets of a right reading, each with the text of its line under each heading.
    """
    rows: list[ProposedRow] = []
    for item, values in _stated(sheet for sheet, _ in texts).items():
        for heading in headings:
            if heading in taken:
                continue
            pairs = [(value, bare(text.get(heading, ""))) for value, (_, text) in zip(values, texts, strict=True)]
            if not any(value for value, _ in pairs) or not all(_same(value, printed) for value, printed in pairs):
                continue
            rows.append(ProposedRow("list", heading, item))
            others = dict.fromkeys((printed, value) for value, printed in pairs if value and bare(value) != printed)
            rows += [ProposedRow("choices", printed, item, unit=value or "") for printed, value in others]
            taken.add(heading)
            break
    return rows


def _stated(sheets: Iterable[Sheet]) -> dict[str, list[str | None]]:
    """The facts and recorded results of each sheet by the items of forms, its own conclusions before those of others.

    Of columns with the same words the first is taken for the first of these.
    """
    every: list[dict[str, str]] = []
    for sheet in sheets:
        own = {f"fact {fact.name}": fact.text for fact in sheet.facts}
        own |= {f"recorded.{name}": value for name in ("rating", "budget") if (value := getattr(sheet.recorded, name))}
        own |= {f"recorded.{fact.name}": fact.text for fact in sheet.recorded.results}
        every.append(own)
    names = dict.fromkeys(name for own in every for name in own)
    return {name: [own.get(name) for own in every] for name in names}


def _same(value: str | None, printed: str) -> bool:
    """Whether a printed text states a value: as it is, after a number, or with more behind it."""
    if value is None:
        return printed in ("", "-")
    return bool(printed) and _LEADING.sub("", printed).startswith(bare(value))


_WORDS: Final = (".name", ".unit", ".number")


def siblings_of(rows: Sequence[ProposedRow], headings: Sequence[str], taken: set[str]) -> list[ProposedRow]:
    """Further indicators, which the examples leave blank: their headings differ from those of a known one in how they count."""
    found: list[ProposedRow] = []
    known = set(headings)
    groups: dict[str, list[ProposedRow]] = {}
    for row in rows:
        first = row.item.rpartition(".")[0]
        if row.kind == "list" and " " in first and first.split(" ")[0] in ("indicator", "output"):
            groups.setdefault(first, []).append(row)
    found += _names_of_siblings(groups, known, taken)
    for first, own in groups.items():
        for signs in _COUNTED:
            for position, sign in enumerate(signs):
                if not all(sign in row.printed for row in own):
                    continue
                for other in signs[position + 1 :]:
                    new = {row.printed: _counted_on(row.printed, sign, other) for row in own}
                    if not all(text in known and text not in taken for text in new.values()):
                        break
                    group = f"{first}{other}"
                    found += [
                        ProposedRow(
                            "list", new[row.printed], row.item.replace(first, group, 1), row.unit, row.nth, row.years
                        )
                        for row in own
                    ]
                    taken |= set(new.values())
    return found


def _names_of_siblings(groups: Mapping[str, list[ProposedRow]], known: set[str], taken: set[str]) -> list[ProposedRow]:
    """The columns of name and unit of indicators whose figures alone the examples explain, by those of one counted before them."""
    found: list[ProposedRow] = []
    named = {first: own for first, own in groups.items() if any(row.item.endswith(".name") for row in own)}
    figures = {first: {row.printed for row in own if not row.item.endswith(_WORDS)} for first, own in groups.items()}
    for first, own in groups.items():
        if first in named:
            continue
        for sibling, rows in named.items():
            for sign, other in ((a, b) for signs in _COUNTED for a in signs for b in signs if a != b):
                if not all(sign in row.printed for row in rows):
                    continue
                if {_counted_on(text, sign, other) for text in figures[sibling]} != {row.printed for row in own}:
                    continue
                words = [row for row in rows if row.item.endswith(_WORDS)]
                new = {row.item: _counted_on(row.printed, sign, other) for row in words}
                if all(text in known and text not in taken for text in new.values()):
                    found += [ProposedRow("list", new[row.item], row.item.replace(sibling, first, 1)) for row in words]
                    taken |= set(new.values())
    return found


def _counted_on(text: str, sign: str, other: str) -> str:
    """The heading with the last sign by which it counts replaced."""
    at = text.rindex(sign)
    return text[:at] + other + text[at + len(sign) :]
