"""Nothing is lost: a sheet made again from its rows is the sheet, to the byte."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.base.exact import plain
from hyotei.corpus.check_corpus import check_corpus
from hyotei.corpus.content_hash import corpus_hash, sheet_hash
from hyotei.corpus.flatten import Rows, flatten
from hyotei.corpus.part import to_arrow
from hyotei.corpus.restore import restore
from hyotei.corpus.schema import TABLES
from hyotei.sheet import MISSING, Measure, Quantity, Sheet, Source
from tests.corpus.whole_sheets import whole_sheets


def stored(rows: Rows) -> dict[str, list[tuple[object, ...]]]:
    """Rows as they come back from Arrow: the columns that are stored."""
    found = {}
    for name, each in rows.items():
        table = to_arrow(name, each) if each else None
        columns = [] if table is None else [table[column].to_pylist() for column in TABLES[name].stored]
        found[name] = list(zip(*columns, strict=True))
    return found


@settings(max_examples=20)
@given(whole_sheets())
def test_a_sheet_comes_back_as_it_was(sheet: Sheet) -> None:
    back = restore(stored(flatten(sheet, "鍵", "source", "hash")))
    assert back == sheet
    assert back.model_dump_json(by_alias=True) == sheet.model_dump_json(by_alias=True)
    assert Sheet.model_validate(back.model_dump(by_alias=True)) == sheet


@settings(max_examples=10)
@given(whole_sheets(), st.randoms())
def test_the_order_of_rows_within_a_table_says_nothing(sheet: Sheet, random: object) -> None:
    rows = stored(flatten(sheet, "鍵", "source", "hash"))
    for each in rows.values():
        random.shuffle(each)  # type: ignore[attr-defined]  # a Random of Hypothesis
    assert restore(rows) == sheet


def walk(sheet: Sheet) -> list[tuple[str, dict[str, object], Quantity]]:
    """Every measure and budget year as (table, its row, ...) with one figure of it after the other."""
    rows = flatten(sheet, "鍵", "source", "hash")
    found = []
    for table, models in (("measures", sheet.measures), ("budget_years", sheet.budget_years)):
        for row, model in zip(rows[table], models, strict=True):
            named = dict(zip(TABLES[table].names, row, strict=True))
            for name in type(model).model_fields:
                figure = getattr(model, name)
                if isinstance(figure, Quantity):
                    found.append((name, named, figure))
    return found


@settings(max_examples=10)
@given(whole_sheets())
def test_numbers_are_exact_or_absent(sheet: Sheet) -> None:
    """A column of numbers holds the figure itself or nothing, whatever its size; unknown is never zero."""
    for name, row, figure in walk(sheet):
        assert row[f"{name}_value"] == (None if figure.value is None else plain(figure.value))
        assert row[f"{name}_unknown"] == figure.unknown
        number = row[f"{name}_number"]
        if figure.value is None:
            assert number is None
            continue
        whole, _, decimals = plain(figure.value).removeprefix("-").partition(".")
        assert (number is None) == (len(whole) > 26 or len(decimals) > 12)
        if number is not None:
            column = pa.array([str(number)]).cast(pa.decimal128(38, 12))
            assert column[0].as_py() == figure.value


@settings(max_examples=3)
@given(st.lists(whole_sheets(ids=st.sampled_from(("a", "b", "a#", "b\0x", "鍵"))), min_size=1, max_size=6))
def test_a_corpus_gives_its_sheets_back(tmp_path_factory: pytest.TempPathFactory, sheets: list[Sheet]) -> None:
    """All of them, the same ones once, under keys of their own, and the check finds nothing."""
    with hyotei.Corpus.from_sheets(sheets, tmp_path_factory.mktemp("corpus")) as corpus:
        different = {sheet_hash(sheet): sheet for sheet in sheets}
        back = dict(corpus.sheets())
        assert len(corpus) == len(back) == len(different)
        assert {sheet_hash(sheet): sheet for sheet in back.values()} == different
        assert corpus.hash == corpus_hash(different)
        assert list(corpus.keys()) == list(back)
        for key, sheet in back.items():
            assert corpus.sheet(key) == sheet
            assert key.startswith(sheet.id)
            assert (key == sheet.id) == (sum(each.id == sheet.id for each in different.values()) == 1)
        assert list(check_corpus(corpus)) == []


@settings(max_examples=10)
@given(whole_sheets())
def test_the_hash_of_a_sheet_is_of_what_it_says(sheet: Sheet) -> None:
    """What is given in as many words and what is so anyway are one; any change of a figure is another sheet."""
    assert sheet_hash(Sheet.model_validate(sheet.model_dump(by_alias=True))) == sheet_hash(sheet)
    assert sheet_hash(sheet.model_copy(update={"title": sheet.title + "."})) != sheet_hash(sheet)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("provenance", lambda rows: [*rows, ("鍵", "measures[99].target", "5", *(None,) * 5, "stated", None, None)]),
        ("provenance", lambda rows: [rows[0], *rows]),
        ("provenance", lambda rows: [(*rows[0][:8], "sure", *rows[0][9:]), *rows[1:]]),
        ("measures", lambda rows: [*rows, rows[0]]),
        ("measures", lambda rows: [(*rows[0][:2], 99, *rows[0][3:]), *rows[1:]]),
        ("measures", lambda rows: []),
        ("indicators", lambda rows: [(rows[0][0], 99, *rows[0][2:]), *rows[1:]]),
        ("series", lambda rows: [("鍵", 99, 2012, *(None, "missing", *(None,) * 5) * 2)]),
        ("budget_years", lambda rows: [*rows, rows[0]]),
        ("budget_years", lambda rows: [(*rows[0][:2], "grand", *rows[0][3:])]),
        ("budget_years", lambda rows: [(*rows[0][:3], "5", "missing", *rows[0][5:])]),
        ("budget_years", lambda rows: [(*rows[0][:3], "5x", None, *rows[0][5:])]),
        ("recorded", lambda rows: [*rows, rows[0]]),
        ("outlines", lambda rows: [(*rows[0][:-3], ["activity"], [], [])]),
    ],
)
def test_rows_that_are_no_sheet_are_refused(seed: Sheet, table: str, change: object) -> None:
    """What the models forbid, and rows that belong to nothing, are a ValueError and never a wrong sheet."""
    rows = stored(flatten(seed, "鍵", "source", "hash"))
    rows[table] = change(rows[table])  # type: ignore[operator]  # one of the functions above
    with pytest.raises(ValueError, match=r"\S"):
        restore(rows)


def test_what_the_tables_cannot_hold_is_told(tmp_path: Path, seed: Sheet) -> None:
    """A line number beyond 64 bits, a lone surrogate: the sheet is left out with a message, all others are there."""
    from hyotei.corpus.build import build_from
    from hyotei.readers.reader import Found

    far = Source(text="5", line=2**70)
    first = seed.budget_years[0].model_copy(update={"total": MISSING.model_copy(update={"source": far})})
    beyond = seed.model_copy(update={"id": "far", "budget_years": (first,)})
    torn = seed.model_copy(update={"id": "torn", "title": "\ud800"})

    def sheets() -> object:
        for sheet in (beyond, torn, seed):
            yield Found(sheet)

    built = build_from(sheets(), tmp_path / "c", "test")  # type: ignore[arg-type]  # a generator of Found
    assert (built.sheets, built.failed) == (1, 2)
    with hyotei.Corpus.open(tmp_path / "c") as corpus:
        assert list(corpus.keys()) == [seed.id]
        assert corpus.arrow("problems")["code"].to_pylist() == ["HY968", "HY968"]


@pytest.mark.slow
def test_all_published_sheets_come_back(shared: Path, tmp_path: Path) -> None:
    """Every sheet of both data sets, built from the files as they are: equal to what the readers give."""
    sources = [shared / "data" / "judgit", shared / "data" / "rs2024"]
    with hyotei.Corpus.build(sources, tmp_path / "c") as corpus:
        hashes = dict(
            zip(
                *(column.to_pylist() for column in corpus.arrow("sheets", ["id", "sha256"]).columns),
                strict=True,
            )
        )
        back = corpus.sheets()
        count = 0
        for found in hyotei.read_sheets(sources):
            if found.sheet is not None:
                count += 1
                key, sheet = next(back)
                assert sheet == found.sheet
                assert key == sheet.id
                if count % 50 == 0:
                    assert sheet.model_dump_json(by_alias=True) == found.sheet.model_dump_json(by_alias=True)
                    assert sheet_hash(sheet) == hashes[sheet.id]
        assert next(back, None) is None
        assert count == len(corpus) == 26_091 + 2_837


def test_a_measure_that_states_nothing_costs_nothing() -> None:
    """The shortcut for absent figures gives what the long way gives."""
    from hyotei.corpus.flatten import _ABSENT, _Flat

    assert _Flat("k").figure("p", Quantity(unknown="missing")) == _ABSENT
    assert Measure().target is MISSING
