"""The catalogue: complete in both languages, exactly what the code uses, and said with the values that it takes."""

import re
import string
from pathlib import Path

import pytest

from hyotei.messages import LANGUAGES, Diagnostic, Listed, Location, Message, catalogue, phrase, text_files, wording
from hyotei.messages.text_files import Entry, entries, subjects
from tests.messages.uses import Uses, uses

PROBLEMS = sorted(catalogue().values(), key=lambda entry: entry.code)
WORDS = {
    f"{subject}.{key}": entry
    for subject in subjects()
    for key, entry in entries(subject).items()
    if not re.fullmatch("HY[0-9]+", key)
}
AREAS = {
    "0": "workbench",
    "1": "files and YAML",
    "2": "sheet figures",
    "3": "rulebook document",
    "4": "cells and expressions",
    "5": "names and types",
    "6": "engine",
    "7": "command line",
    "8": "readers of files and published data sets",
    "9": "proof, corpus, audit and reports",
}


def test_an_entry_that_is_read_alone_is_the_one_of_the_whole_file() -> None:
    for subject in subjects():
        assert {key: text_files.entry(subject, key) for key in entries(subject)} == entries(subject)
        with pytest.raises(KeyError):
            text_files.entry(subject, "no.such.entry")


@pytest.fixture(scope="module")
def used(root: Path) -> Uses:
    return uses(root / "engine" / "hyotei")


def fields(sentence: str) -> list[tuple[str, str]]:
    return [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None]


def places(sentence: str) -> set[str]:
    """The values that are told; not those by which a form is only chosen."""
    return {name for name, spec in fields(sentence) if "|" not in spec}


def taken(entry: Entry) -> set[str]:
    return {name for text in (entry.ja, entry.en) for name, _ in fields(text)}


SHORTER_IN_ENGLISH = {
    **{f"verdict.way_out.{way}{how}": {"text"} for way in ("rise", "fall") for how in ("", "_beyond", "_at_all")},
    **{f"testing.{name}": {"title"} for name in ("decision_in_table", "lacking.decision", "step.title")},
}
"""Texts that leave out a value in English: it stands in the line above, or is a title that only Japanese has."""


def test_a_problem_is_a_sentence_in_both_languages() -> None:
    """Both languages are there, take the same values and end as sentences do."""
    for entry in PROBLEMS:
        assert re.fullmatch(f"HY[{''.join(AREAS)}][0-9]{{2}}", entry.code)
        assert entry.severity in {"error", "warning", "note"}
        assert places(entry.ja) == places(entry.en), entry
        # A sentence may close with a hint that is itself one, or none.
        assert re.search(r"。(\{hint\})?$", entry.ja), entry.ja
        assert re.search(r"[.?](\{hint\})?$", entry.en), entry.en
        assert re.search("[ぁ-ん]", entry.ja)
        assert "  " not in entry.en


@pytest.mark.parametrize("entry", [each for each in PROBLEMS if each.page], ids=lambda each: each.code)
def test_what_a_page_says_is_a_sentence_that_names_no_option(entry: Message) -> None:
    """In both languages, with values that the problem has, and with nothing that only a command takes."""
    for language in LANGUAGES:
        said = entry.text(language, on_page=True)
        assert said != entry.text(language)
        assert places(said) <= places(entry.text(language))
        assert said.endswith("。" if language == "ja" else ".")
        assert not re.search("--|hyotei (read|form|corpus)|YAML", said)
    assert places(entry.page["ja"]) == places(entry.page["en"])


def test_words_are_there_in_both_languages_and_take_the_same_values() -> None:
    for key, entry in WORDS.items():
        assert re.fullmatch(r"[a-z_]+(\.[a-z0-9_-]+)+", key)
        assert not entry.severity
        assert places(entry.ja) == places(entry.en) | SHORTER_IN_ENGLISH.get(key, set()), key
        # Japanese in an English text is a word of the forms, in quotation marks or parentheses.
        assert not re.search("[ぁ-ん]", re.sub(r"“[^”]*”|\"[^\"]*\"|[(][^)]*[)]", "", entry.en)), entry.en
        for name, spec in [*fields(entry.ja), *fields(entry.en)]:
            assert name.isidentifier(), key
            assert spec.count("|") <= 1, f"{key}: one form for one, one for all other numbers"


def test_the_problems_of_the_code_are_those_of_the_catalogue(used: Uses) -> None:
    """Every code in the package has its entry, and every entry is used."""
    codes = {literal for literal in used.literals if re.fullmatch("HY[0-9]{3}", literal)}
    assert sorted(codes - catalogue().keys()) == []
    assert sorted(catalogue().keys() - codes) == []


def test_what_is_said_has_its_entry_and_the_values_that_it_takes(used: Uses) -> None:
    assert used.made_up == []
    wrong = []
    for use in used.said:
        entry = WORDS.get(use.key)
        if entry is None:
            wrong.append(f"{use.where}: no entry {use.key}")
        elif use.values - taken(entry) or (not use.open and taken(entry) - use.values):
            wrong.append(f"{use.where}: {use.key} takes {sorted(taken(entry))}, given {sorted(use.values)}")
    for use in used.groups:
        members = [entry for key, entry in WORDS.items() if key.startswith(f"{use.key}.")]
        values = set().union(*map(taken, members))
        if not members:
            wrong.append(f"{use.where}: no group {use.key}")
        elif use.values - values or (not use.open and values - use.values):
            wrong.append(f"{use.where}: {use.key} takes {sorted(values)}, given {sorted(use.values)}")
    assert wrong == []


def test_every_entry_is_said_somewhere(used: Uses) -> None:
    groups = tuple(f"{use.key}." for use in used.groups)
    unused = [key for key in WORDS if key not in used.literals and not key.startswith(groups)]
    assert not unused


def test_a_key_names_its_file_and_no_group_is_an_entry() -> None:
    assert [key for key in WORDS if any(other.startswith(f"{key}.") for other in WORDS)] == []


# -- how texts are said


def test_a_form_is_chosen_by_number() -> None:
    say = wording("en")
    told = [say("corpus.build.size", folder="x", sheets=count, megabytes=1.0) for count in (0, 1, 2, 1200)]
    assert told == ["x: 0 sheets, 1.0 MB", "x: 1 sheet, 1.0 MB", "x: 2 sheets, 1.0 MB", "x: 1,200 sheets, 1.0 MB"]


def test_a_phrase_is_said_with_all_that_stands_in_it_in_one_language() -> None:
    """A phrase within a phrase, and a list of phrases, follow the language of the whole."""
    inner = Listed((phrase("common.yes"), "x", phrase("common.no")))
    whole = phrase("common.place.row", row=inner)
    assert [whole.text(language) for language in LANGUAGES] == ["行 はい、x、いいえ", "row yes, x, no"]
    assert whole == phrase("common.place.row", row=Listed((phrase("common.yes"), "x", phrase("common.no"))))
    assert len({whole, phrase("common.yes"), phrase("common.yes")}) == 2


def test_braces_and_strokes_in_values_stay_as_they_are() -> None:
    assert wording("en")("common.place.row", row="{row:a|b}") == "row {row:a|b}"


def test_a_problem_says_its_values_in_the_language_asked_for() -> None:
    said = Diagnostic("HY721", Location("a.yaml", 3, row="2"), {"setting": "X", "path": phrase("common.list.more")})
    assert said.text("ja").startswith("a.yaml:3 （行 2）: HY721 X のフォルダー「…」が")
    assert said.text("en").startswith('a.yaml:3 (row 2): HY721 There is no folder "...", which X')
