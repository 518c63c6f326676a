"""A file taken into a draft: what it makes of the document and of the cases, each from the state that it was made on.

A workbook knows the document and the cases that it was exported from: it changes the last state of the draft that has them, so that
changes of others since then are kept. Any other file is held against the state that somebody saw.
"""

from hashlib import sha256
from typing import NamedTuple

from hyotei.rulebook_workbook.document_edit import cases_tree, edited_cases
from hyotei.rulebook_workbook.yaml_edit import Tree
from hyotei.workbench.document_merge import merge
from hyotei.workbench.draft_files import Document
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.drafts import Change, Part, cases_of, text_of_part


class Taken(NamedTuple):
    """A text that a file has for a part of a draft, and the number of the state that it is a change of."""

    seen: int
    text: str


def taken_parts(draft: Draft, found: Document, seen: DraftRevision) -> dict[Part, Taken]:
    """What a file has for each part of a draft.

    Args:
        draft: the draft.
        found: what the file holds; it has a document.
        seen: the state that the file is held against, where it does not know its own.
    """
    assert found.text is not None, "what has no document is told"
    original = found.original
    written = (
        None if original is None else draft.revisions.filter(text=_digest(original.document)).order_by("number").last()
    )
    parts: dict[Part, Taken] = {"document": Taken((written or seen).number, found.text)}
    before = "" if original is None else original.cases
    if found.cases is not None and found.cases != before:
        has_them = None if original is None else _with_cases(draft, before)
        if has_them is not None:
            parts["cases"] = Taken(has_them.number, found.cases)
        else:
            parts["cases"] = Taken(seen.number, with_changed_cases(cases_of(seen), before, found.cases))
    return parts


def _with_cases(draft: Draft, cases: str) -> DraftRevision | None:
    """The last state with these cases."""
    own = draft.revisions.filter(cases=_digest(cases)).order_by("number").last()
    begun = draft.revisions.filter(cases=None).select_related("draft").order_by("number").last()
    return begun if own is None and begun is not None and cases_of(begun) == cases else own


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def with_changed_cases(cases: str, before: str, after: str) -> str:
    """A file of cases with what another one changed or added: in place of the case of that name, else behind all."""
    known, listed = cases_tree(before), cases_tree(cases)
    for case in cases_tree(after):
        if case in known or case in listed:
            continue
        at = next((number for number, each in enumerate(listed) if _name(each) == _name(case) is not None), None)
        listed = [*listed, case] if at is None else [*listed[:at], case, *listed[at + 1 :]]
    return edited_cases(cases, listed)


def merged_part(part: Part, taken: Taken, draft: Draft, now: DraftRevision) -> str:
    """A part of a draft as it will be with what was taken; lines that others changed too are those of the file."""
    before = draft.revisions.select_related("text", "cases", "draft").get(number=taken.seen)
    return merge(text_of_part(before, part), taken.text, text_of_part(now, part)).text


def as_change(taken: Taken) -> tuple[int, Change]:
    """The change that puts a text in place of the one that was seen, with the ends of lines of that one."""

    def change(text: str) -> str:
        plain = taken.text.replace("\r\n", "\n")
        return plain.replace("\n", "\r\n") if "\r\n" in text and "\n" not in text.replace("\r\n", "") else plain

    return taken.seen, change


def _name(case: Tree) -> object:
    return case.get("name") if isinstance(case, dict) else None
