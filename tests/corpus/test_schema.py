"""The tables of a corpus: they hold every field of the models, and the page describes them as they are."""

import re

import pytest
from pydantic import BaseModel

from hyotei.corpus.schema import TABLES, CorpusTable, arrow_schema
from hyotei.sheet import (
    BudgetYear,
    EarlierFinding,
    Fact,
    Indicator,
    Measure,
    Objective,
    Recorded,
    Sheet,
)
from hyotei.sheet.fields import RECORDED_SOURCES
from hyotei.sheet.models import Outline, Quantity, Source, YearPoint
from tests.conftest import ROOT

TYPES = {"text": "", "integer": " int64", "truth": " bool", "texts": " list", "number": " decimal"}
OWN = {"facts", "recorded"}
"""What of every unit stands in the table of facts."""
FIGURE = re.compile("(.+?)_(low_number|high_number|value|number|unknown|low|high|unit|qualifier|fiscal_year|reading)")


def columns_of(table: CorpusTable) -> str:
    """The last cell of the line of the pages about a table."""
    cells: dict[str, None] = {}
    for column in table.columns:
        figure = FIGURE.fullmatch(column.name)
        if figure and f"{figure[1]}_value" in table.names:
            cells[f"**`{figure[1]}`**"] = None
        else:
            cell = f"`{column.name}`{TYPES[column.kind]}"
            cells[f"*{cell}*" if column.derived else cell] = None
    return ", ".join(cells)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_pages_describe_every_column(table: CorpusTable) -> None:
    english, japanese = ((ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("corpus.en.md", "corpus.md"))
    assert f"| `{table.name}` | {table.about} | {columns_of(table)} |" in english.splitlines()
    assert re.search(rf"^\| `{table.name}` \| [^|]+ \| {re.escape(columns_of(table))} \|$", japanese, re.MULTILINE)


@pytest.mark.parametrize("name", TABLES)
def test_a_column_stands_once_and_the_version_goes_with_it(name: str) -> None:
    schema = arrow_schema(name)
    assert len(set(schema.names)) == len(schema.names)
    assert schema.metadata[b"hyotei"] == b"hyotei.corpus/5"


@pytest.mark.parametrize(
    ("model", "table", "elsewhere"),
    [
        (
            Sheet,
            "sheets",
            {
                "schema_",
                "objectives",
                "outputs",
                "budget_years",
                "recorded",
                "outline",
                "identity",
                "facts",
            },
        ),
        (Objective, "objectives", {"claim_source", "indicators", *OWN}),
        (Indicator, "indicators", {"measures", *OWN}),
        (Indicator, "outputs", {"measures", *OWN}),
        (Measure, "measures", {"series", *OWN}),
        (Measure, "output_measures", {"series", *OWN}),
        (YearPoint, "series", {"facts", "recorded"}),
        (YearPoint, "output_series", {"facts", "recorded"}),
        (BudgetYear, "budget_years", OWN),
        (
            Recorded,
            "recorded",
            {"earlier_findings", "results", *(f"{name}_source" for name in RECORDED_SOURCES)},
        ),
        (EarlierFinding, "earlier_findings", set()),
        (Fact, "facts", set()),
        (Outline, "outlines", set()),
        (Source, "provenance", set()),
    ],
)
def test_every_field_has_its_column(model: type[BaseModel], table: str, elsewhere: set[str]) -> None:
    """A field that is added to a model fails here until the tables hold it."""
    stored = set(TABLES[table].stored)
    for name in set(model.model_fields) - elsewhere:
        figure = {f"{name}_{part}" for part in set(Quantity.model_fields) - {"source"}}
        assert name in stored or figure <= stored, f"{table} has no column for {name}"
