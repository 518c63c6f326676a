"""A new rulebook is whole: it checks, its cases come out, and it is proved; a copy says what it was made from."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.messages import HyoteiError, Language
from hyotei.proof.proof_state import items_of, known_state, state_of
from hyotei.proof.prove import prove
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.format import format_document
from hyotei.rulebook.library import load_rulebook, rubrics
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.new_rulebook import NewRulebook, budget_of, lines_of
from tests.cli.command import SEED, inside
from tests.examples import one_in

GRADES = ["S", "A", "B", "C", "D", "A′", "良い", "１", "目標 達成", "a|b", "b（暫定）"]
BUDGETS = ["拡充", "継続", "見直し", "中止・廃止", "10% cut"]


@st.composite
def new(draw: st.DrawFn) -> NewRulebook:
    """Grades, lines and recommendations as authors may want them."""
    grades = draw(st.lists(st.sampled_from(GRADES), min_size=2, max_size=5, unique=True))
    count = len(grades) - 1
    lines = draw(st.lists(st.decimals("0.001", "500", places=3), min_size=count, max_size=count, unique=True))
    budget = draw(st.one_of(st.just([]), st.lists(st.sampled_from(BUDGETS), min_size=count + 1, max_size=count + 1)))
    return NewRulebook(
        id="own",
        title=draw(st.sampled_from(["評価: 案 #1", "Rules", "「評価」の基準"])),
        authority="例示省",
        fiscal_years="2025..",
        grades=tuple(grades),
        lines=tuple(sorted(lines, reverse=True)),
        budget=tuple(budget),
        language=draw(st.sampled_from(["ja", "en"])),
    )


@settings(
    max_examples=one_in(10, least=3), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(made=new())
def test_whatever_is_asked_for_is_whole(tmp_path: Path, made: NewRulebook) -> None:
    """It has no warning, every case comes out, all is proved, and the document is as `format` would lay it out."""
    text = format_document(made.document())
    book = parse_rulebook(text)
    assert not book.warnings
    assert book.title == made.title
    assert book.scales["rating"].values == made.grades
    file = tmp_path / "cases.yaml"
    file.write_text(made.cases(), encoding="utf-8")
    cases, problems = read_cases(file, book)
    assert not problems
    assert len(cases) == 2 * len(made.lines) + 3
    assert not [problem for case in cases for problem in run_case(case, book).problems]
    assert state_of(items_of(prove(book)), ()) == "proved"


@pytest.mark.parametrize(
    ("grades", "lines"),
    [
        ("A,B", "100,80"),
        ("A,B,C", "80,100"),
        ("A,B,C", "100,100"),
        ("A", ""),
        ("A,A", "100"),
        ("A,B", "x"),
        ("A,B", "0"),
        ("A,B", "NaN"),
    ],
)
def test_lines_that_do_not_fit_are_refused(grades: str, lines: str) -> None:
    """Too many, ascending, twice the same, none, no numbers."""
    with pytest.raises(HyoteiError) as told:
        lines_of(lines, grades.split(","))
    assert told.value.diagnostics[0].code == "HY363"


def test_lines_and_recommendations_are_read_as_they_are_typed() -> None:
    """Signs of percent, wide commas, words by grade in any order or in the order of the grades."""
    assert lines_of("120%、99.5", ["S", "A", "B"]) == (Decimal(120), Decimal("99.5"))
    assert budget_of("B=継続, A=拡充", ["A", "B"]) == budget_of("拡充、継続", ["A", "B"]) == ("拡充", "継続")
    for wrong in ("拡充", "A=拡充", "A=拡充,B=", "A=拡充,継続", "A=拡充,C=継続"):
        with pytest.raises(HyoteiError) as told:
            budget_of(wrong, ["A", "B"])
        assert told.value.diagnostics[0].code == "HY369"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_command_writes_a_rulebook_that_rates(tmp_path: Path, language: Language) -> None:
    """Document, cases and certificate; never over what there is."""
    folder = tmp_path / "own-2025"
    done = inside("rulebook", "new", "-o", folder, "--lang", language)
    assert done.code == 0
    assert inside("rulebook", "test", folder).code == 0
    assert known_state(read_rulebook(folder), folder) == "proved"
    assert inside("rate", SEED, "--rulebook", folder).code == 0
    inside("rulebook", "new", "-o", folder).failed_with("HY368")


@pytest.mark.parametrize("entry", rubrics(), ids=lambda entry: entry.head.id)
def test_every_rubric_can_be_copied(tmp_path: Path, entry: object) -> None:
    """The copy decides alike, is a draft under its own id, names its parent, and keeps the cases."""
    parent = load_rulebook(entry.head.id)  # type: ignore[attr-defined]
    folder = tmp_path / "own"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hyotei.cli.rulebook_new._prove", lambda *_: None)
        arguments = (
            "--from",
            parent.id,
            "--title",
            "写し: 1",
            "--authority",
            "例示省",
            "--years",
            "2025..2026",
            "-o",
            folder,
        )
        assert inside("rulebook", "new", *arguments).code == 0
    copy = read_rulebook(folder)
    assert copy.decides_as(parent)
    assert (copy.id, copy.title, copy.authority, copy.standing) == ("own", "写し: 1", "例示省", "draft")
    assert (copy.first_year, copy.last_year, copy.supersedes) == (2025, 2026, ())
    assert copy.derived_from["rulebook"] == parent.id
    assert copy.derived_from["hash"] == parent.hash
    assert copy.derived_from.get("version", "") == parent.version
    assert (folder / "cases.yaml").read_bytes() == (entry.folder / "cases.yaml").read_bytes()  # type: ignore[attr-defined]


def test_a_verdict_of_a_copy_names_both(tmp_path: Path) -> None:
    """With their versions, in whatever language."""
    folder = tmp_path / "own"
    assert inside("rulebook", "new", "--from", "osaka-library-2013", "-o", folder).code == 0
    shown = inside("rate", SEED, "--rulebook", folder, "--why", "--lang", "en").out
    assert "own version 1 (made from osaka-library-2013 version 2013)" in " ".join(shown.split())
    assert inside("rulebook", "new", "--from", "osaka-library-2013", "--grades", "A,B", "-o", tmp_path / "no").code == 2
