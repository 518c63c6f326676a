"""Declared laws tried on the real engine: planted breaches are found and shrunk, and a sound rulebook gives none."""

from decimal import Decimal
from typing import Any

import pytest

from hyotei.inference.engine import derive
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.law_meaning import breach
from hyotei.rulebook.reference import evaluate
from hyotei.testing import LawResult, try_laws
from hyotei.testing.breach_text import law_data, law_lines
from tests.testing.books import LAWS, RATING, book

SOUND = {law for law in LAWS if law != "unknown never beats known"}


def one(law: str, rating: str, examples: int = 100) -> LawResult:
    (result,) = try_laws(book(rating, (law,)), examples)
    return result


@pytest.mark.parametrize("law", sorted(SOUND))
def test_a_sound_rulebook_breaks_no_law(law: str) -> None:
    """No false alarm; of reachability all values are seen."""
    result = one(law, RATING, 40)
    assert result.status == "held"
    assert result.tried > 0
    assert result.breach is None


def broken_rating(law: str) -> str:
    """The table with a defect that breaks the law."""
    match law:
        case "every decision answers":
            return RATING.replace("20%以上50%未満", "40%以上50%未満")
        case "no two rows contradict":
            return RATING.replace("20%未満", "40%以下")
        case "if rating = A then share >= 50%":
            return (
                RATING.replace("2 | 50%以上 | A", "2 | 20%以上 | A")
                .replace("20%以上50%未満", "19%以上20%未満")
                .replace("20%未満 | C", "19%未満 | C")
            )
        case "one more achieved measure never lowers the rating":
            return RATING.replace("`share`", "`size`").replace("50%以上 ", "2以下 ").replace("20%以上50%未満", "3から5").replace(
                "20%未満", "6以上"
            ).replace("3から5", "3以上5以下")  # fmt: skip
        case _:
            return RATING.replace("2 | 50%以上 | A", "2 | 50%以上 | C").replace(
                "20%以上50%未満 | B", "20%以上50%未満 | A"
            )


@pytest.mark.parametrize("law", [each for each in sorted(SOUND) if each != "every rating is reachable"])
def test_a_planted_breach_is_found_and_shrunk(law: str) -> None:
    """Each is a breach on the reference too, and has few measures, no years, and short figures."""
    result = one(law, broken_rating(law))
    assert result.status == "broken"
    found = result.breach
    assert found is not None
    rulebook = book(broken_rating(law), (law,))
    assert breach(found.law, rulebook, found.sides, evaluate) is not None
    assert breach(found.law, rulebook, found.sides, derive) is not None
    largest = max(found.sides, key=lambda side: sum(1 for _ in models(side.sheet)))
    assert not largest.sheet.budget_years
    assert len(largest.sheet.measures) <= {"every decision answers": 5, "no two rows contradict": 5}.get(law, 3)
    figures = [each.value for measure in largest.sheet.measures for each in (measure.target, measure.actual)]
    assert all(abs(value) <= 100 for value in figures if value is not None)


def test_the_smallest_breaches_are_these() -> None:
    """What is shown first is what one would write by hand."""
    gap = one("every decision answers", RATING.replace("| 4 | 20%未満 | C |\n", ""))
    assert gap.breach is not None
    (measure,) = gap.breach.sides[0].sheet.measures
    assert measure.target.value is None or measure.actual.value is not None
    fall = one("rating never falls as share rises", broken_rating("rating never falls as share rises"))
    assert fall.breach is not None
    assert not fall.breach.sides[0].sheet.measures
    assert [next(iter(side.given.values())) for side in fall.breach.sides] != [Decimal(0), Decimal(0)]
    assert fall.breach.values == ("A", "C")


def test_leaving_a_figure_out_may_pay() -> None:
    """Where only judged measures count, a missed one that is left out lifts the rating: the law on unknowns is broken."""
    rating = RATING.replace("`share`", "`count(measures[result = achieved]) / count(measures[result != unknown])`")
    result = one("unknown never beats known", rating)
    assert result.status == "broken"
    assert result.breach is not None
    known, unknown = result.breach.sides
    assert len(known.sheet.measures) <= 3
    assert known.sheet != unknown.sheet


def test_a_value_that_never_comes_out_is_open_and_not_broken() -> None:
    """Sheets cannot show that a value is not reachable; what was not seen is told."""
    result = one("every rating is reachable", RATING.replace("| C |", "| B |"), 20)
    assert (result.status, result.unseen, result.tried) == ("open", ("C",), 100)


def test_a_law_about_a_parameter_cannot_be_tried() -> None:
    """No sheet moves a parameter, and that is said instead of "held"."""
    from hyotei.rulebook.load import parse_rulebook
    from tests.testing.books import text

    law = "rating never falls as half rises"
    document = text(RATING.replace("50%以上 ", "`half` 以上 "), (law,)).replace(
        "laws:", "parameters: {half: 50%}\nlaws:"
    )
    (result,) = try_laws(parse_rulebook(document), 20)
    assert (result.status, result.tried) == ("untested", 0)


def test_the_same_start_gives_the_same() -> None:
    """A run can be repeated, sheet by sheet."""
    rulebook = book(broken_rating("every decision answers"), ("every decision answers",))
    first, again = try_laws(rulebook, 60), try_laws(rulebook, 60)
    assert first == again
    assert first[0].status == "broken"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_breach_is_told_with_both_sides(language: str) -> None:
    """The lines show the sheets, what was given, and the rows that answered; the data holds the same."""
    law = "rating never falls as attainment rises"
    rulebook = book(broken_rating(law), (law,))
    (result,) = try_laws(rulebook, 150)
    lines = [line for _, line in law_lines(result, rulebook, "ja" if language == "ja" else "en")]
    shown = "\n".join(lines)
    assert law in lines[0]
    assert ("［前］" if language == "ja" else "[before]") in shown
    assert ("［後］" if language == "ja" else "[after]") in shown
    assert "attainment@measures[" in shown
    assert "rating" in shown
    data: Any = law_data(result, rulebook)
    assert data["status"] == "broken"
    assert len(data["breach"]["sides"]) == 2
