"""The verdict as data: its shape, its determinism, and that its parts fit together."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from hyotei.base.exact import plain
from hyotei.inference.rate import rate
from hyotei.messages import Language
from hyotei.rulebook.values import Unknown
from hyotei.sheet import Quantity, Sheet
from hyotei.sheet.quantity import read_quantity
from hyotei.verdict.model import VerdictData
from hyotei.verdict.verdict import Verdict
from tests.conftest import ROOT
from tests.sheet.test_printed_numbers import FORMS
from tests.strategies import sheets
from tests.verdict.rated import verdicts

SCHEMA = Draft202012Validator(TypeAdapter(VerdictData).json_schema())
LANGUAGES: tuple[Language, ...] = ("ja", "en")
SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"


def leaves(value: object) -> Iterator[object]:
    """Every value within a JSON document."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def test_seed_json(seed_verdict: Verdict) -> None:
    """What the JSON of the seed must hold, as the public interface promises."""
    data = json.loads(seed_verdict.to_json())
    assert (data["rating"], data["budget"], data["status"]) == ("A", "Ⅱ", "determined")
    assert {"id", "hash", "standing"} <= data["rulebook"].keys()
    assert (data["rulebook"]["id"], data["rulebook"]["standing"]) == ("mic-2013", "inferred")
    assert data["rulebook"]["hash"] == seed_verdict.rulebook.hash
    assert {"derivation", "findings", "unknowns", "assumptions", "measures"} <= data.keys()
    assert [measure["attainment"] for measure in data["measures"]] == ["4.3", "2.1", "1.25", "0.75", None]
    results = [measure["result"] for measure in data["measures"]]
    assert results == ["achieved", "achieved", "achieved", "close", None]
    rates = {year["fiscal_year"]: (year["execution_rate"], year["unknown"]) for year in data["budget_years"]}
    assert rates[2010] == ("0.949853", None)
    assert rates[2011] == ("0.962917", None)
    assert rates[2012] == (None, "unsettled")
    assert [finding["code"] for finding in data["findings"]] == [
        "over_achieved",
        "over_achieved",
        "target_not_beyond_baseline",
        "missed_but_claimed",
        "evaluated_year_unsettled",
        "fall_beside_continuation",
    ]


@given(verdicts())
def test_json_follows_the_schema_without_floats(verdict: Verdict) -> None:
    """In both languages the JSON follows the published schema, and no number is a float."""
    for language in ("ja", "en"):
        data = json.loads(verdict.to_json("ja" if language == "ja" else "en"))
        SCHEMA.validate(data)
        assert not any(isinstance(leaf, float) for leaf in leaves(data))


@given(verdicts())
def test_only_sentences_differ_by_language(verdict: Verdict) -> None:
    """Values, codes, rows and references are the same in both languages."""
    ja, en = (json.loads(verdict.to_json(language)) for language in ("ja", "en"))
    for key in ("rating", "budget", "status", "recorded", "rulebook", "sheet"):
        assert ja[key] == en[key]
    for key in ("outcome", "rows", "outputs", "reason", "uses", "id"):
        assert [step[key] for step in ja["derivation"]] == [step[key] for step in en["derivation"]]
    assert [each["id"] for each in ja["unknowns"]] == [each["id"] for each in en["unknowns"]]
    assert [each["code"] for each in ja["assumptions"]] == [each["code"] for each in en["assumptions"]]


@given(verdicts())
def test_derivation_is_a_graph_of_its_own_steps(verdict: Verdict) -> None:
    """Each step uses steps told before it; inputs have the values of the reference, and sources are figures of the sheet."""
    data = verdict.data("ja")
    before: set[str] = set()
    for step in data.derivation:
        assert step.id == f"{step.decision}@{step.unit}"
        assert set(step.uses) <= before
        assert {name for each in step.inputs for name in each.uses} <= set(step.uses)
        before.add(step.id)
        found = verdict.derivation.steps[step.decision, step.unit]
        values = found.outputs if step.outcome == "computed" else found.inputs
        told = [plain(value) if not isinstance(value, (str, bool, Unknown, tuple)) else value for value in values]
        for given_input, value in zip(step.inputs, told, strict=True):
            expected = (None, value.reason) if isinstance(value, Unknown) else (value, None)
            assert (given_input.value, given_input.reason) == expected
        for source in (source for each in step.inputs for source in each.sources):
            assert source.title
            assert source.text or source.figure.endswith((".unit", "label", "title", "name"))


@given(verdicts())
def test_findings_are_the_rows_of_audit_tables(verdict: Verdict) -> None:
    """Every row of an audit table that holds is one finding with its code, and nothing else is."""
    expected = [
        (step.decision, step.unit, row)
        for step in verdict.derivation.steps.values()
        if verdict.rulebook.by_name[step.decision].audit
        for row in step.rows
    ]
    assert [(each.decision, each.unit, each.row) for each in verdict.findings] == expected


# -- the same bytes


def test_bytes_are_the_same_after_other_sheets(seed: Sheet, seed_verdict: Verdict) -> None:
    """What was rated before leaves no trace."""
    expected = seed_verdict.to_json()

    @given(sheets(seed_verdict.rulebook))
    def rated_between(other: Sheet) -> None:
        rate(other, seed_verdict.rulebook)
        assert rate(seed, seed_verdict.rulebook).to_json() == expected

    rated_between()


def test_bytes_are_the_same_on_threads(seed: Sheet, seed_verdict: Verdict) -> None:
    """Many threads at once give what one gives."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: rate(seed, "mic-2013").to_json(), range(40)))
    assert set(found) == {seed_verdict.to_json()}


def test_bytes_are_the_same_for_any_hash_seed_and_folder(tmp_path: Path, seed_verdict: Verdict) -> None:
    """Neither the order of Python's sets nor the folder of the file shows."""
    copy = tmp_path / "elsewhere" / "sheet.yaml"
    copy.parent.mkdir()
    copy.write_bytes(SEED.read_bytes())
    for hash_seed, file in (("0", SEED), ("1", copy), ("4711", copy)):
        done = subprocess.run(
            [sys.executable, "-m", "hyotei.cli", "rate", str(file), "--json"],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "engine")},
            cwd=file.parent,
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().rstrip("\n") == seed_verdict.to_json()


# -- what was assumed


def test_assumptions_of_the_seed(seed_verdict: Verdict) -> None:
    """Directions that were inferred, readings with a note, and the unsettled year that was passed over, each told once."""
    found = seed_verdict.data("ja").assumptions
    assert len(set(found)) == len(found)
    codes = [each.code for each in found]
    assert {"direction_baseline", "direction_qualifier", "direction_assumed", "unknown_passed_over"} <= set(codes)
    assert codes.count("unknown_passed_over") == 1
    skipped = next(each for each in found if each.code == "unknown_passed_over")
    assert skipped.unit == "budget_years[2012]"
    assert "平成24年度" in skipped.text
    assert "平成23年度の値を使った" in skipped.text
    era = [each for each in found if "元号がない" in each.text]
    assert [each.code for each in era] == ["reading_inferred"]
    assert not any("直近" in each.text for each in seed_verdict.data("en").assumptions)


def test_an_unread_figure_of_the_seed_is_one_assumption(seed_verdict: Verdict) -> None:
    """That a number stands there and was not read, with its text, in both languages; nothing of how it was read."""
    text = "モデルシステムの構築と運営を6件実施したほか、要人の招聘や調査などの普及支援を実施【24年度】"
    said = {
        "ja": f"「ICT海外展開の推進」の実績値には数が記載されているが、読み取れていない：「{text}」",
        "en": f"a number stands at actual of “ICT海外展開の推進”, but it was not read: “{text}”",
    }
    for language in LANGUAGES:
        found = seed_verdict.data(language).assumptions
        about = [each for each in found if "ICT海外展開の推進" in each.text]
        assert [(each.code, each.text) for each in about] == [("reading_unread", said[language])]


def test_each_unread_figure_is_one_assumption(seed: Sheet) -> None:
    """Whatever is printed and not read, with or without a note on its year, at whichever figure that the rules use."""
    unread = [text for text, answer, *_ in FORMS if answer == "unread"]
    assert len(unread) > 50
    for number, text in enumerate(unread):
        printed = f"{text}【24年度】" if number % 2 else text
        figure, _ = read_quantity(printed, year_hint=2012)
        assert figure.unknown == "unread"
        sheet = with_figures(seed, target=figure, actual=figure)
        language = LANGUAGES[number % 2]
        told = [each for each in rate(sheet).data(language).assumptions if "意見交換の実施" in each.text]
        assert [each.code for each in told] == ["reading_unread"] * 2
        assert all(" ".join(printed.split()) in each.text for each in told)


def with_figures(sheet: Sheet, **figures: Quantity) -> Sheet:
    """The sheet with figures of its first measure in place of its own."""
    objective = sheet.objectives[0]
    indicator = objective.indicators[0]
    measure = indicator.measures[0].model_copy(update=figures)
    indicator = indicator.model_copy(update={"measures": (measure,)})
    objective = objective.model_copy(update={"indicators": (indicator, *objective.indicators[1:])})
    return sheet.model_copy(update={"objectives": (objective, *sheet.objectives[1:])})


def test_a_rulebook_out_of_force_is_an_assumption(seed: Sheet) -> None:
    """A rulebook that was named although it is not in force for the year is told to be so."""
    verdict = rate(seed.model_copy(update={"fiscal_year": 2019}), "mic-2013")
    assert not verdict.data("ja").rulebook.in_force
    assert "rulebook_not_in_force" in [each.code for each in verdict.data("ja").assumptions]


# -- notebooks


class Balanced(HTMLParser):
    """Checks that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "a & b", "\"'><b>"])
def test_notebook_view_is_well_formed_and_escapes_text(seed: Sheet, evil: str) -> None:
    """Text of the sheet stays text."""
    indicator = seed.objectives[0].indicators[0].model_copy(update={"name": evil})
    objective = seed.objectives[0].model_copy(update={"indicators": (indicator,)})
    sheet = seed.model_copy(update={"title": evil, "objectives": (objective, seed.objectives[1])})
    html = rate(sheet, "mic-2013")._repr_html_()
    assert html is not None
    parser = Balanced()
    parser.feed(html)
    assert not parser.open
    assert not parser.tags & {"script", "b"}
    assert "4.3" not in html.split("<table>")[0]
    assert "430.0%" in html


def test_repr_names_the_answer(seed_verdict: Verdict) -> None:
    """The short form tells sheet, rating, recommendation and status."""
    assert repr(seed_verdict) == "<Verdict mic-24-15: rating A, budget Ⅱ, determined>"
