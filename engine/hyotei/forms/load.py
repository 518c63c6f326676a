"""A document to a form: read, put on what it extends, checked. All problems are told at once."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hyotei.base.text_file import read_text
from hyotei.forms.canonical import content_hash
from hyotei.forms.declared import table_problems
from hyotei.forms.front_matter import FormHead, form_head
from hyotei.forms.items import KINDS, TableKind, states_fact
from hyotei.forms.model import BASE, COMMON_LIST, FILE, LEAST_PERCENT, Form, Recognition, Row
from hyotei.forms.printed_words import Alternatives, PrintedWordsError, bare, parse_words, says_anything
from hyotei.forms.tables import CODES, DraftTables, compiled, draft_tables, pattern_or_none
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.rulebook.rulebook_text import RulebookText, problem_order

EVERY_AUTHORITY: Final = "全府省"
"""How a form says that it is used by several authorities, so that the sheet must name its own."""

_COMMON: Final[tuple[TableKind, ...]] = ("labels", "budget", "measures", "years")
"""Tables of words by which a document cannot be told from those of other authorities."""

Finder = Callable[[str], "Loaded | None"]
"""Finds the form of an id that another one extends."""


@dataclass(frozen=True)
class Loaded:
    """A form with what those that extend it need: its groups of words."""

    form: Form
    groups: dict[str, Alternatives]


def read_form(path: str | os.PathLike[str], finder: Finder) -> Loaded:
    """The form of a file, or of a folder that holds a `form.md`. Its warnings are in `form.warnings`.

    Raises:
        HyoteiError: the file cannot be read, or the form has errors; all of them are told.
    """
    file = Path(path)
    file = file / FILE if file.is_dir() else file
    return parse_form(read_text(file), finder, file.name)


def parse_form(text: str, finder: Finder, file: str | None = None) -> Loaded:
    """The form of a document's text.

    Raises:
        HyoteiError: the form has errors; all of them are told, in the order of their places.
    """
    loaded, problems = check_form(RulebookText.parse(text, file), finder)
    if loaded is None or any(problem.severity == "error" for problem in problems):
        raise HyoteiError(*problems)
    return loaded


def check_form(document: RulebookText, finder: Finder) -> tuple[Loaded | None, list[Diagnostic]]:
    """The form of a document, and every problem of it in the order of the document; no form where there is an error."""
    problems: list[Diagnostic] = [*document.diagnostics]
    head = form_head(document, problems)
    drafts = draft_tables(document, problems)
    below = _extended(head, finder, problems)
    groups = {**(below.groups if below is not None else {}), **drafts.groups}
    tables = compiled(drafts, groups, head.id, problems)
    recognition = _recognition(head, groups, problems)
    problems += table_problems(tables, {**(below.form.facts if below is not None else {}), **head.facts}, document.file)
    if below is not None:
        problems += _known_by_common_words(head, below.form)
    if drafts.line_is is not None:
        inherited = below.form.rows("list") if below is not None else ()
        problems += _list_problems((*tables["list"], *inherited), document.file)
    problems.sort(key=problem_order)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    form = _form(head, drafts, tables, recognition, below)
    form = replace(form, file=document.file, warnings=tuple(problems))
    return Loaded(replace(form, hash=content_hash(form)), groups), problems


def _extended(head: FormHead, finder: Finder, problems: list[Diagnostic]) -> Loaded | None:
    """The form that this one extends; the base form extends none."""
    if head.id == BASE and not head.extends_place.line:
        return None
    if head.extends == head.id:
        problems.append(Diagnostic("HY648", head.extends_place, {"path": f"{head.id} → {head.id}"}))
        return None
    try:
        found = finder(head.extends)
    except HyoteiError as error:
        problems += error.diagnostics
        return None
    if found is None:
        problems.append(Diagnostic("HY647", head.extends_place, {"name": head.extends}))
    elif head.id in (found.form.id, *found.form.lineage):
        path = " → ".join((head.id, found.form.id, *found.form.lineage))
        problems.append(Diagnostic("HY648", head.extends_place, {"path": path}))
        return None
    return found


def _recognition(head: FormHead, groups: dict[str, Alternatives], problems: list[Diagnostic]) -> Recognition:
    """The words by which documents are known; a form must have some, unless it is one of those for documents of no form."""
    found: dict[str, list[str]] = {"every": [], "some": [], "never": []}
    written: dict[str, str] = {}
    for key, texts in head.recognise.items():
        for text, at in texts:
            try:
                words = parse_words(text)
            except PrintedWordsError as error:
                problems.append(Diagnostic(CODES[error.problem], at, {"part": error.part[:40]}))
                continue
            pattern = pattern_or_none(words, groups, at, problems)
            if pattern is None:
                continue
            if says_anything(words, groups):
                problems.append(Diagnostic("HY660", at, {"words": text[:40]}))
            other = written.setdefault(pattern, key)
            if other != key:
                problems.append(Diagnostic("HY661", at, {"words": text[:40], "first": other, "second": key}))
            found[key].append(pattern)
    if head.id and head.id not in (BASE, COMMON_LIST) and not found["every"] and not found["some"]:
        problems.append(Diagnostic("HY675", head.place))
    return Recognition(*(tuple(found[key]) for key in ("every", "some", "never")))


def _known_by_common_words(head: FormHead, below: Form) -> Iterator[Diagnostic]:
    """That words which all authorities print make a document one of this form by themselves."""
    told = [(text, at) for key in ("every", "some") for text, at in head.recognise.get(key, ())]
    patterns = [re.compile(row.pattern) for kind in _COMMON for row in below.rows(kind)]
    common = [(text, at) for text, at in told if any(pattern.fullmatch(bare(text)) for pattern in patterns)]
    needed = sum(1 for _ in head.recognise.get("every", ()))
    of_needed = [text for text, _ in common if text in {text for text, _ in head.recognise.get("every", ())}]
    if common and len(of_needed) == needed and len(common) * 100 >= len(told) * LEAST_PERCENT:
        words = "、".join(dict.fromkeys(text for text, _ in common))
        yield Diagnostic("HY695", common[0][1], {"words": words[:80]})


def _list_problems(rows: tuple[Row, ...], file: str | None) -> Iterator[Diagnostic]:
    """A list must name its sheets, and lines of less than a sheet need a key or title to be grouped by."""
    items = {row.item for row in rows}
    line = rows[0].line if rows else None
    if not items & {"title", "id", "number", "key"}:
        yield Diagnostic("HY670", Location(file, line))
    if rows and not any("." in item and not states_fact(item) for item in items):
        yield Diagnostic("HY671", Location(file, line))


def _form(
    head: FormHead,
    drafts: DraftTables,
    tables: dict[TableKind, tuple[Row, ...]],
    recognition: Recognition,
    below: Loaded | None,
) -> Form:
    values = dict(below.form.values) if below is not None else {}
    if head.authority and head.authority != EVERY_AUTHORITY:
        values["authority"] = head.authority
    if head.evaluated is not None:
        values["evaluated"] = head.evaluated
    inherited = below.form.tables if below is not None else {}
    return Form(
        id=head.id,
        title=head.title,
        authority=head.authority,
        standing=head.standing,
        first_year=head.first_year,
        last_year=head.last_year,
        lineage=(below.form.id, *below.form.lineage) if below is not None else (),
        recognition=recognition,
        values=values,
        facts={**(below.form.facts if below is not None else {}), **head.facts},
        line_is=drafts.line_is or (below.form.line_is if below is not None else None),
        sources=head.sources,
        tables={kind: (*tables.get(kind, ()), *inherited.get(kind, ())) for kind in KINDS},
    )
