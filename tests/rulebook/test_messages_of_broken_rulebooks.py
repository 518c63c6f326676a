"""Every mistake an analyst can make in a rulebook is told where it is and how to mend it.

`broken/` holds one small rulebook for each mistake. The comment at its end lists what must be told: code and place. The
sentences in both languages are in `tests/snapshots/messages.txt`; HYOTEI_UPDATE_SNAPSHOTS=1 writes it anew, for a person to read.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from hyotei.messages import Diagnostic, HyoteiError, catalogue
from hyotei.rulebook.load import check_rulebook, parse_rulebook
from hyotei.rulebook.rulebook_text import RulebookText

FOLDER = Path(__file__).with_name("broken")
SNAPSHOT = Path(__file__).resolve().parents[1] / "snapshots" / "messages.txt"
NAMES = sorted(path.name for path in FOLDER.glob("*.md"))
MANY = "many-every-line-is-wrong.md"
EXPECTED = re.compile(r"<!--\nexpected\n(.*)\n-->\n\Z", re.DOTALL)


@cache
def told(name: str) -> tuple[Diagnostic, ...]:
    """Everything that is told about one broken rulebook."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return tuple(check_rulebook(RulebookText.parse(text, name))[1])


def mark(problem: Diagnostic) -> str:
    """Code and place as the comment at the end of a broken rulebook states them."""
    place = problem.location
    if place.line is None:
        return problem.code
    span = "" if place.start is None else f":{place.start}" if place.end is None else f":{place.start}-{place.end}"
    return f"{problem.code} {place.line}{span}"


@pytest.mark.parametrize("name", NAMES)
def test_mistake_is_told_at_its_place(name: str) -> None:
    """Exactly the expected codes are told, each at its line and characters."""
    expected = EXPECTED.search((FOLDER / name).read_text(encoding="utf-8"))
    assert expected, f"{name} does not end with what is expected of it"
    assert [mark(problem) for problem in told(name)] == expected[1].splitlines()


@pytest.mark.parametrize("name", [name for name in NAMES if name != MANY])
def test_one_mistake_is_told_once(name: str) -> None:
    """The code in the name of the file is told, and nothing else beside it."""
    assert {problem.code for problem in told(name)} == {name[:5]}


def test_every_message_has_its_mistake() -> None:
    """Each code of rulebooks, their cells, expressions, names and types is told by some broken rulebook.

    HY460 to HY499 are of rulebooks as workbooks: tests/rulebook_workbook/test_mistakes.py.
    """
    wanted = {code for code in catalogue() if re.fullmatch(r"HY3[2-5]\d|HY4[0-5]\d|HY5\d\d", code)}
    assert wanted - {problem.code for name in NAMES for problem in told(name)} == set()


@pytest.mark.parametrize("name", NAMES)
def test_place_lies_in_the_document(name: str) -> None:
    """Lines and characters are those of the text."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    for problem in told(name):
        place = problem.location
        assert place.file == name
        if place.line is not None:
            assert 1 <= place.line <= len(lines)
            assert 1 <= (place.start or 1) <= (place.end or place.start or 1) <= len(lines[place.line - 1]) + 2


def test_errors_refuse_and_warnings_do_not() -> None:
    """A rulebook with an error is refused with everything that is told; one with warnings carries them."""
    for name in NAMES:
        text = (FOLDER / name).read_text(encoding="utf-8")
        if any(problem.severity == "error" for problem in told(name)):
            with pytest.raises(HyoteiError) as caught:
                parse_rulebook(text, name)
            assert caught.value.diagnostics == told(name)
        else:
            assert parse_rulebook(text, name).warnings == told(name)


def test_everything_is_told_at_once() -> None:
    """A rulebook whose every line is wrong is told about each of them in one go, in the order of the lines."""
    places = [problem.location.line or 0 for problem in told(MANY)]
    assert places == sorted(places)
    assert len(set(places)) >= 14


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("HY341-unknown-key.md", "scales"),
        ("HY341-unknown-key-of-a-parameter.md", "label"),
        ("HY501-no-such-name.md", "measures"),
        ("HY501-no-such-scope-in-a-law.md", "measure"),
        ("HY507-no-such-name-of-a-unit.md", "actual"),
    ],
)
def test_typo_gets_what_was_probably_meant(name: str, meant: str) -> None:
    """A name that is nearly right is answered with the right one, in both languages."""
    problem = told(name)[0]
    assert f"「{meant}」のことではありませんか" in problem.message("ja")
    assert f"Did you mean `{meant}`?" in problem.message("en")


def sentences() -> str:
    """What the broken rulebooks are told, in full, in both languages."""
    parts = []
    for name in NAMES:
        shown = [f"{problem.text('ja')}\n{problem.text('en')}" for problem in told(name)]
        parts.append("\n".join([f"== {name}", *shown]))
    return "\n\n".join(parts) + "\n"


def test_sentences_are_those_of_the_snapshot() -> None:
    """The full sentences, with their places, are the ones a person has read and found good."""
    if os.environ.get("HYOTEI_UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(sentences(), encoding="utf-8")
    assert sentences() == SNAPSHOT.read_text(encoding="utf-8")


def test_sentences_have_no_open_placeholder() -> None:
    """Every placeholder of a sentence is filled: the mistakes above would otherwise raise KeyError, and none is left."""
    assert not re.search(r"\{[a-z_]+\}", sentences())
