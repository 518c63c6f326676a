"""The log: nothing in it can be changed, left out or put in between without being seen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.workbench.log_chain import FIRST, Entry, breaks, entry_hash

texts = st.text(max_size=8)
contents = st.lists(st.tuples(texts, texts, texts, texts, texts, texts), min_size=1, max_size=6)


def chain(rows: list[tuple[str, str, str, str, str, str]]) -> list[Entry]:
    found: list[Entry] = []
    for number, row in enumerate(rows, 1):
        fields = (number, *row, found[-1].hash if found else FIRST)
        found.append(Entry(*fields, entry_hash(*fields)))
    return found


@given(contents)
def test_a_chain_is_whole(rows: list[tuple[str, str, str, str, str, str]]) -> None:
    assert list(breaks(chain(rows))) == []


@given(contents, st.data())
def test_one_change_breaks_it(rows: list[tuple[str, str, str, str, str, str]], data: st.DataObject) -> None:
    whole = chain(rows)
    at = data.draw(st.integers(0, len(whole) - 1))
    name = data.draw(st.sampled_from(Entry._fields))
    changed = whole[at]._replace(**{name: getattr(whole[at], name) + (1 if name == "number" else "x")})
    assert list(breaks([*whole[:at], changed, *whole[at + 1 :]]))


@given(contents, st.data())
def test_leaving_one_out_or_putting_one_in_breaks_it(
    rows: list[tuple[str, str, str, str, str, str]], data: st.DataObject
) -> None:
    whole = chain([*rows, ("",) * 6])
    at = data.draw(st.integers(0, len(whole) - 2))
    assert list(breaks([*whole[:at], *whole[at + 1 :]]))
    assert list(breaks([*whole[: at + 1], whole[at], *whole[at + 1 :]]))
    # Rewritten from there on with right hashes, it no longer leads to the last hash that was known.
    rewritten = chain([*rows[:at], ("forged",) * 6, *rows[at + 1 :], ("",) * 6])
    assert rewritten[-1].hash != whole[-1].hash or rewritten == whole


@pytest.mark.parametrize("statement", ["UPDATE {} SET account = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_entries(store: Any, statement: str) -> None:
    from django.db import DatabaseError, connection, transaction

    from hyotei.workbench.log import broken, entries, record
    from hyotei.workbench.models import LogEntry

    first, second = record(None, "a", "b", reason="理由"), record(None, "a", "b")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(LogEntry._meta.db_table))
    assert list(entries()) == [first, second]
    assert broken() == []
