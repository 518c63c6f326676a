"""The gate between texts from outside and what a person sees: drawn hostile texts through every way of output."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.base.printable import printable, visible
from hyotei.document import Document
from hyotei.messages import Diagnostic, Location
from hyotei.report.markup import text as markup
from hyotei.writers import markdown
from tests.cli.command import inside

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
hostile = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\r\n", "\n", "\r", "\u2028", "\u2029", "\x00", "\ud800", *BIDI]
        ),
        st.text(max_size=5),
        st.sampled_from(["総務省", "<b>", "|", "A"]),
    ),
    max_size=8,
).map("".join)


def unseen(text: str) -> list[str]:
    """What of a text a terminal would obey or not show."""
    return [each for each in text if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") or each in BIDI]


@given(hostile)
def test_nothing_unseen_gets_through(text: str) -> None:
    """A line stays one line of characters that are seen; a text without any such is as it was."""
    assert not unseen(visible(text))
    assert not unseen(markdown.write(Document(text, "ja", ())).decode().rstrip("\n"))
    assert not [each for each in unseen(markup(text)) if each not in "\n\r\t"]
    assert not [each for each in unseen(printable(text)) if each not in "\n\r\t"]
    assert not unseen(Diagnostic("HY805", Location(visible(text)), {"path": visible(text), "formats": ""}).text("ja"))
    if not unseen(text) and "\ufffe" not in text and "\uffff" not in text:
        assert visible(text) == text


COMMANDS = [
    ("rate", "--why"),
    ("rate", "--why", "--lang", "en"),
    ("audit",),
    ("read",),
    ("read", "--report"),
    ("sheet", "check"),
]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=hostile, name=hostile, label=hostile, rating=hostile)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_sheet_move_the_terminal(
    tmp_path: Path, command: tuple[str, ...], title: str, name: str, label: str, rating: str
) -> None:
    """Whatever the texts of a sheet are, the output has as many lines of one verdict as without, and none that is forged."""
    file = tmp_path / "sheet.json"
    measures = [{"label": f"m{label}", "target": "10回", "actual": "9回"}]
    data = {
        "id": "x", "title": f"t{title}\nrating  A  forged", "authority": "総務省", "fiscal_year": "平成24年度",
        "indicators": [{"name": f"n{name}", "measures": measures}], "recorded": {"rating": f"r{rating}"},
    }  # fmt: skip
    file.write_text(json.dumps(data), encoding="utf-8")
    found = inside(*command, file)
    for text in (found.out, found.err):
        assert not [each for each in unseen(text) if each != "\n"]
        assert not [line for line in text.splitlines() if line.startswith("rating  A")]
