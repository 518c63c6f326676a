"""Sheets under several rulebooks: what is set side by side is what each rulebook gives, one by one and in tables alike."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.corpus.corpus import Corpus
from hyotei.impact.compare_rulebooks import RulebooksCompared, compare_rulebooks
from hyotei.impact.several_rulebooks import Values, scope_of
from hyotei.messages import HyoteiError
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import Scope
from hyotei.sheet import Sheet
from tests.cli.command import SEED, inside
from tests.examples import one_in
from tests.strategies import sheets

SIX = (
    "maff-performance-level", "iaa-2014", "osaka-library-2013", "nagayo-2015", "jica-effectiveness", "gov-five-2013",
)  # fmt: skip
BOOKS = tuple(
    map(load_rulebook, ("maff-performance-level", "osaka-library-2013", "gov-five-2013", "maff-grant-2022", "mic-2013"))
)
"""Two of them declare a fact `kind` of different scales, so that they cannot read the same columns."""


def counts(found: RulebooksCompared) -> dict[Scope, dict[Values, int]]:
    """How often the values of each scope came out together."""
    return {
        scope: {values: each.count for values, each in tally.found.items()} for scope, tally in found.tallies.items()
    }


def right(some: list[Sheet], found: RulebooksCompared) -> dict[Scope, dict[Values, int]]:
    """The same by the reference, sheet by sheet and unit by unit."""
    told: dict[Scope, Counter[Values]] = {scope: Counter() for scope in found.tallies}
    for sheet in some:
        steps = {book.id: evaluate(book, sheet).steps for book in BOOKS}
        for scope, tally in found.tallies.items():
            first = tally.columns[0]
            for name, unit in steps[first.rulebook]:
                if name == first.decision and scope_of(unit) == scope:
                    values = [steps[each.rulebook][each.decision, unit].outputs[0] for each in tally.columns]
                    told[scope][tuple(value if isinstance(value, str) else None for value in values)] += 1
    return {scope: dict(each) for scope, each in told.items()}


@settings(max_examples=one_in(10, least=2), suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.lists(sheets(), min_size=1, max_size=30))
def test_a_corpus_comes_to_what_its_sheets_come_to(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet]
) -> None:
    """Whatever the sheets: combinations, results of each sheet, and an example of each combination that is one."""
    with Corpus.from_sheets(drawn, tmp_path_factory.mktemp("c") / "corpus") as corpus:
        stored = list(corpus.sheets())
        together = compare_rulebooks(corpus, BOOKS)
    singly = compare_rulebooks([sheet for _, sheet in stored], BOOKS)
    assert counts(together) == counts(singly) == right([sheet for _, sheet in stored], singly)
    assert [each.sheet for each in together.results] == [key for key, _ in stored]
    assert [each.values for each in together.results] == [each.values for each in singly.results]
    for tally in together.tallies.values():
        for each in tally.found.values():
            sheet = stored[each.example.sheet][1]
            told = [
                evaluate(load_rulebook(c.rulebook), sheet).value(c.decision, each.example.unit) for c in tally.columns
            ]
            assert [value if isinstance(value, str) else None for value in told] == list(each.values)


def test_the_seed_under_six_rubrics(seed: Sheet) -> None:
    """As worked out by hand; under one of them what is at 120% or more stays open until somebody judges its quality."""
    found = compare_rulebooks(seed, SIX)
    tally = found.tallies["measure"]
    told = {each.example.unit: each for each in tally.found.values()}
    assert [column.rulebook for column in tally.columns] == list(SIX[:5])
    assert told["measures[1]"].values == ("A′", None, "A", "S", "③")
    assert told["measures[1]"].count == 2
    assert told["measures[3]"].values == ("A", None, "A", "S", "③")
    assert told["measures[4]"].values == ("B", "D", "C", "B", "②")
    (whole,) = found.tallies["sheet"].found
    assert (
        whole[[column.rulebook for column in found.tallies["sheet"].columns].index("gov-five-2013")]
        == "相当程度進展あり"
    )


@pytest.mark.parametrize(("outstanding", "mark"), [("はい", "S"), ("いいえ", "A")])
def test_what_stays_open_under_the_agencies_rubric_is_s_or_a(tmp_path: Path, outstanding: str, mark: str) -> None:
    """The three measures at 120% or more, once it is judged whether their indicators are outstanding."""
    text = SEED.read_text(encoding="utf-8").replace(
        "      - number:", f"      - facts: {{outstanding: {outstanding}}}\n        number:"
    )
    (tmp_path / "sheet.yaml").write_text(text, encoding="utf-8")
    found = evaluate(load_rulebook("iaa-2014"), hyotei.read_sheet(tmp_path / "sheet.yaml"))
    assert [found.value("measure_mark", f"measures[{number}]") for number in (1, 2, 3, 4)] == [mark] * 3 + ["D"]


def test_what_cannot_be_compared_is_refused(seed: Sheet) -> None:
    """Fewer than two rulebooks, the same twice, none that gives a grade, no sheet."""
    for names, code in (
        (["mic-2013"], "HY928"),
        (["mic-2013", "mic-2013"], "HY928"),
        (["sheet-quality", "cfr-305-33"], "HY929"),
    ):
        with pytest.raises(HyoteiError) as told:
            compare_rulebooks(seed, names)
        assert told.value.diagnostics[0].code == code
    with pytest.raises(HyoteiError) as told:
        compare_rulebooks([], SIX)
    assert told.value.diagnostics[0].code == "HY992"


def test_the_command_writes_what_it_shows(tmp_path: Path) -> None:
    """The terminal, the JSON and the workbook tell the same grades; the years that a rulebook is not made for are told."""
    arguments = ("compare", SEED, "--rulebooks", ",".join(SIX))
    shown = inside(*arguments, "--lang", "en")
    assert shown.code == 0
    assert "相当程度進展あり" in shown.out
    data = inside(*arguments, "--json").json
    (measures,) = [each for each in data["scopes"] if each["scope"] == "measure"]
    assert ["B", "D", "C", "B", "②"] in [each["values"] for each in measures["combinations"]]
    assert [each["code"] for each in data["problems"]] == ["HY993"] * 3
    done = inside(*arguments, "-o", tmp_path / "compared.html", "-o", tmp_path / "compared.xlsx")
    assert done.code == 0
    assert "相当程度進展あり" in (tmp_path / "compared.html").read_text(encoding="utf-8")
    assert (tmp_path / "compared.xlsx").stat().st_size > 5_000
