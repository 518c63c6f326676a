"""The documentation of forms is true: each form of docs/forms.md and docs/forms.en.md reads its document as the page says."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hyotei.forms.items import ITEMS, KINDS
from hyotei.forms.library import base_form
from hyotei.forms.load import Loaded, check_form, parse_form
from hyotei.forms.printed_words import Alternatives
from hyotei.forms.tables import draft_tables
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.form_cases import differences, expectations_of
from hyotei.readers.printed.form_sheets import read_by
from hyotei.rulebook.rulebook_text import RulebookText

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/forms.md", "docs/forms.en.md")


def base(name: str) -> Loaded | None:
    if name != "base":
        return None
    text = (ROOT / "forms" / "base" / "form.md").read_text("utf-8")
    groups: dict[str, Alternatives] = draft_tables(RulebookText.parse(text), []).groups
    return Loaded(base_form(), groups)


def fences(page: str) -> list[tuple[str, str]]:
    """The kind and the text of each fenced block."""
    tokens = MarkdownIt("commonmark").parse((ROOT / page).read_text("utf-8"))
    return [(token.info.strip(), token.content) for token in tokens if token.type == "fence"]


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_read_as_the_page_says(page: str) -> None:
    blocks = fences(page)
    read = 0
    for position, (kind, text) in enumerate(blocks):
        if kind != "markdown form":
            continue
        (document_kind, document), (sheets_kind, wanted) = blocks[position + 1 : position + 3]
        assert (document_kind, sheets_kind) == ("text document", "yaml sheets")
        form = parse_form(text, base).form
        sheets = [each.sheet for each in read_by(form, blocks_of(document), None) if each.sheet is not None]
        expected = expectations_of(wanted)
        assert len(sheets) == len(expected), form.id
        for sheet, each in zip(sheets, expected, strict=True):
            assert [problem.text() for problem in differences(form.id, sheet, each)] == []
        read += 1
    assert read >= 5


@pytest.mark.parametrize("page", PAGES)
def test_what_is_refused_is_refused_for_the_reasons_that_are_named(page: str) -> None:
    blocks = fences(page)
    for position, (kind, text) in enumerate(blocks):
        if kind == "markdown error":
            _, problems = check_form(RulebookText.parse(text), base)
            assert sorted(problem.code for problem in problems) == sorted(blocks[position + 1][1].split())
            assert all(problem.location.line for problem in problems)


@pytest.mark.parametrize("page", PAGES)
def test_every_item_and_kind_of_table_is_named(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = [item for kind in ("labels", "budget", "years", "measures", "claims") for item in ITEMS[kind]]
    assert [item for item in (*KINDS, *named) if f"`{item}`" not in text] == []


@pytest.mark.parametrize("page", ["docs/readers-forms.md", "docs/readers-forms.en.md"])
def test_the_shipped_forms_are_listed(page: str) -> None:
    """Each once, so that a reader knows what can be read as it is."""
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(folder.parent.name for folder in ROOT.glob("forms/*/form.md"))
