"""Documents in Markdown: a text from outside that stands in a table stays the text it is."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hyotei.base.printable import visible
from hyotei.document.model import Document, table
from hyotei.writers import markdown

MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")
SIGNS = st.text(st.sampled_from("*_`[]()<>#|~!\\&;-+.1a 評 \n\t"), max_size=20)


@given(st.one_of(SIGNS, st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)))
def test_a_text_in_a_cell_is_read_as_that_text(text: str) -> None:
    """One cell, plain text, nothing else; what would not be seen is shown as its code."""
    written = markdown.write(Document("title", "ja", (table(["a", "b", "c"], [("head", text, "end")]),))).decode()
    tokens = MARKDOWN.parse(written)
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    assert [cell.content for cell in cells][2:] == ["end"]
    children = cells[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == visible(" ".join(text.split()))
