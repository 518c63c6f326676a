"""The wording of `prove`, `diff`, `impact` and `rate --reach` in both languages, held against a snapshot.

HYOTEI_UPDATE_SNAPSHOTS=1 writes it anew, for a person to read.
"""

import os
import re
from pathlib import Path

import pytest

from hyotei.document import Document
from hyotei.messages import Language
from hyotei.proof.diff.diff import diff
from hyotei.proof.prove import prove
from hyotei.report.diff_document import diff_document
from hyotei.report.proof_document import proof_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.writers.terminal import document_lines
from hyotei.writers.terminal_lines import plain
from tests.cli.command import SEED, inside
from tests.conftest import ROOT

MIC = ROOT / "rules" / "mic-2013" / "rulebook.md"
LANGUAGES: tuple[Language, ...] = ("ja", "en")
SNAPSHOTS = ROOT / "tests" / "snapshots"
PROVED = """---
rulebook: worded
title: 言葉
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良い, B: 悪い}
  result: {achieved: 達成, missed: 未達}
laws:
  - rating never falls as share rises
  - 評価区分のどの値も、出ることがある
  - if rating = A then share >= 80%
  - one more missed measure never lowers the rating
---
# 判定 `result` — for each measure

| U | `actual >= target` | **result** |
|---|--------------------|------------|
| 1 | unknown            | unknown    |
| 2 | true               | achieved   |
| 3 | false              | missed     |

# 達成した割合 `share` — for the sheet

    count(measures[result = achieved]) / count(measures[result != unknown])

# 評価区分 `rating` — for the sheet

| F | `share` | `objectives[1].claim` | **rating** |
|---|---------|-----------------------|------------|
| 1 | unknown | -                     | unknown    |
| 2 | 70%以上 | -                     | A          |
| 3 | -       | achieved              | B          |
| 4 | 90%以上 | -                     | A          |
"""


def changed(*edits: tuple[str, str]) -> str:
    text = PROVED
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return text


DIFFERENCES = {
    "renamed": changed(("`share`", "`portion`"), ("share", "portion")),
    "threshold": changed(("70%以上", "60%以上")),
    "without-effect": changed(("| 4 | 90%以上", "| 4 | 95%以上")),
    "undone": changed(
        ("    count(measures[result = achieved]) /", "    2 * count(measures[result = achieved]) /"),
        ("70%以上", "140%以上"), ("90%以上", "180%以上"),
    ),
    "scale-turned": changed(("{A: 良い, B: 悪い}", "{B: 悪い, A: 良い}")),
    "value-renamed": changed(("{A: 良い", "{S: 良い"), ("rating = A", "rating = S"), ("| A          |", "| S          |")),
}  # fmt: skip


def text_of(document: Document) -> str:
    return plain(document_lines(document))


def told(texts: dict[str, str]) -> str:
    """What is said in both languages, without what differs from one version or machine to another."""
    found = ""
    for language, text in texts.items():
        text = re.sub("[0-9]:[0-9a-f]{12,64}", "HASH", re.sub(r"z3 [0-9.]+", "z3 0", text))
        found += f"-- {language}\n{text.rstrip()}\n"
    return found


def said(*arguments: object) -> str:
    return told({language: inside(*arguments, "--lang", language).out for language in LANGUAGES})


def held(name: str, text: str) -> None:
    file = SNAPSHOTS / f"wording-{name}.txt"
    if os.environ.get("HYOTEI_UPDATE_SNAPSHOTS") == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_wording_of_prove() -> None:
    """Laws and tables that are proved, refuted by one sheet and by two."""
    book = parse_rulebook(PROVED)
    report = prove(book)
    held("prove", told({language: text_of(proof_document(report, language)) for language in LANGUAGES}))


def test_wording_of_diff() -> None:
    """Renames, a moved threshold, an edit without effect, two that undo each other, a turned scale, a renamed value."""
    old = parse_rulebook(PROVED)
    text = ""
    for name, document in DIFFERENCES.items():
        found = diff(old, parse_rulebook(document))
        both = told({language: text_of(diff_document(found, language)) for language in LANGUAGES})
        text += f"==== {name}: {found.status}\n{both}\n"
    held("diff", text)


def test_wording_of_impact(tmp_path: Path) -> None:
    """A threshold that moves the one sheet there is."""
    new = tmp_path / "new.md"
    new.write_text(MIC.read_text(encoding="utf-8").replace("|  2  | 70%以上 ", "|  2  | 170%以上"), encoding="utf-8")
    held("impact", re.sub(r"[0-9.]+ ?(秒|ミリ秒|ms|s)\b", "TIME", said("impact", MIC, new, SEED)))


@pytest.mark.parametrize("wanted", ["B", "Ⅱ"])
def test_wording_of_reach(wanted: str) -> None:
    """The least change of the sheet that brings another result."""
    held(f"reach-{'rating' if wanted == 'B' else 'budget'}", said("rate", SEED, "--reach", wanted))


def test_wording_of_an_audit() -> None:
    """One sheet in full, and one finding explained."""
    held("audit", said("audit", SEED) + said("audit", SEED, "--why", "missed_but_claimed", "mic-24-15"))
