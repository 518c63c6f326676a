"""Lazy sheets: field by field those that are restored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from hyotei.corpus.corpus import Corpus
from hyotei.corpus.lazy_sheets import lazy_sheet
from hyotei.corpus.stored_rows import StoredRows
from hyotei.sheet import Sheet
from tests import strategies_sheets
from tests.examples import one_in

FIFTH = settings(max_examples=one_in(5))


def lazy_sheets(corpus: Corpus) -> list[Sheet]:
    """All sheets of a corpus, lazily."""
    stored = StoredRows(corpus, corpus.parts)
    return [lazy_sheet(stored, number) for number in range(len(stored))]


def plain(value: object) -> object:
    """A model as its fields, each asked for by its name."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


@FIFTH
@given(drawn=st.lists(strategies_sheets.sheets(), min_size=1, max_size=4))
def test_a_lazy_sheet_says_what_the_restored_one_says(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet]
) -> None:
    """Under its key, whatever its fields hold and in whatever order they are asked for."""
    with Corpus.from_sheets(drawn, tmp_path_factory.mktemp("corpus") / "c") as corpus:
        restored = [sheet.model_copy(update={"id": key}) for key, sheet in corpus.sheets()]
        found = lazy_sheets(corpus)
        assert [plain(each) for each in found] == [plain(each) for each in restored]


def test_a_field_that_no_sheet_has_is_refused(tmp_path_factory: pytest.TempPathFactory, seed: Sheet) -> None:
    """As of any other model."""
    with Corpus.from_sheets([seed], tmp_path_factory.mktemp("corpus") / "c") as corpus:
        (sheet,) = lazy_sheets(corpus)
        assert isinstance(sheet, Sheet)
        assert not hasattr(sheet, "colour")
        assert sheet.measures[0].target.value == seed.measures[0].target.value
