"""The facts of the programme review, as readers of its data make them."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hyotei.forms.library import load_form
from hyotei.readers.review_facts import AMOUNTS, NAMES, amount_facts, count_fact, word_fact
from hyotei.readers.rs_unread_parts import unread_parts
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.readers.value_against_text import sheet_against_print
from hyotei.sheet import Quantity, Sheet
from hyotei.sheet.fact_values import fact_value
from hyotei.sheet.models import REASONS
from hyotei.sheet.unread_parts import fact_of_part
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml

known = st.builds(lambda value: Quantity(value=value, unit="円"), st.decimals(-(10**12), 10**12, places=2))
amounts = st.one_of(known, st.builds(lambda reason: Quantity(unknown=reason), st.sampled_from(REASONS)))


def sheet(*facts: object) -> Sheet:
    return Sheet.model_validate({"id": "a", "title": "題", "authority": "総務省", "fiscal_year": 2023, "facts": facts})


def test_the_form_declares_them() -> None:
    """Its facts, all of the sheet, are those that readers state and tell as unread."""
    declared = load_form("rs-review").facts
    assert tuple(declared) == NAMES
    assert {fact.scope for fact in declared.values()} == {"sheet"}
    assert set(filter(None, map(fact_of_part, unread_parts({})))) == set(NAMES)


@given(st.lists(st.tuples(st.sampled_from(("一般会計", "特別会計")), amounts), max_size=4))
def test_amounts_together_and_the_greatest(given_amounts: list[tuple[str, Quantity]]) -> None:
    """Exact, and as unknown as the most lasting reason; without any amount nothing is stated."""
    facts = {fact.name: fact for fact in amount_facts(given_amounts)}
    assert tuple(facts) == (AMOUNTS if given_amounts else ())
    total, greatest = (fact_value(facts.get(name), "money", {}) for name in AMOUNTS)
    reasons = [each.unknown for _, each in given_amounts if each.unknown is not None]
    if reasons or not given_amounts:
        reason = max(reasons, key=REASONS.index) if reasons else "missing"
        assert total.unknown == greatest.unknown == reason
    else:
        numbers = [Fraction(each.value or 0) for _, each in given_amounts]
        assert (Fraction(str(total.value)), Fraction(str(greatest.value))) == (sum(numbers), max(numbers))


@given(
    st.lists(st.text("活動、講習3 ", max_size=5), max_size=3),
    st.text(min_size=1, max_size=10),
    st.lists(known, max_size=2),
)
def test_they_are_written_and_read_back(names: list[str], words: str, money: list[Quantity]) -> None:
    """As YAML for people, and against what is printed: nothing of them is taken for corrected."""
    made = sheet(
        count_fact("logic_activities", names),
        word_fact("opinion", words),
        *amount_facts([("会計", each) for each in money]),
    )
    assert parse_sheet(sheet_to_yaml(made)) == (made, ())
    assert sheet_against_print(made) == made
    count = fact_value(made.facts[0], "count", {})
    assert count.value == len(names)
    assert fact_value(made.facts[1], "text", {}).value == words
