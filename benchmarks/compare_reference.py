"""Every execution rate and every attainment that the sheets give, against figures computed independently from the same data.

    python benchmarks/compare_reference.py [DATA]

Prints how many were compared and how many differ, which must be none; ends with 1 if any do. Without the data it says so and
ends with 0. `direction` of the reference is a keyword list and is not compared.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from hyotei.readers import read_sheets
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Answer = tuple[str, Fraction | None]
Row = dict[str, object]


class Comparison:
    """Counts what was compared; keeps the first differences."""

    def __init__(self, name: str) -> None:
        self.name, self.compared, self.different = name, 0, 0
        self.statuses: Counter[str] = Counter()
        self.first: list[str] = []

    def check(self, where: str, ours: object, theirs: object, status: str | None = None) -> None:
        self.compared += 1
        if status is not None:
            self.statuses[status] += 1
        if ours != theirs:
            self.different += 1
            if len(self.first) < 10:
                self.first.append(f"  {where}: {ours} / {theirs}")

    def lines(self) -> Iterator[str]:
        kinds = "".join(f", {name} {count:,}" for name, count in sorted(self.statuses.items()))
        yield f"{self.name}: compared {self.compared:,}, different {self.different:,}{kinds}"
        yield from self.first


def fraction(row: Row, name: str) -> Fraction | None:
    over, under = row[f"{name}_num"], row[f"{name}_den"]
    return None if over is None or under is None else Fraction(int(str(over)), int(str(under)))


def rate(year: BudgetYear) -> Answer:
    """The execution rate of a year with its status, from the sheet alone; a figure that is unknown counts as none."""
    total, executed = year.total.value, year.executed.value
    if not total:
        return ("exec_without_budget" if executed else "zero_zero"), None
    if total < 0:
        return "negative_budget", None
    return ("ok", Fraction(executed) / Fraction(total)) if executed is not None else ("missing", None)


def attainment(measure: Measure) -> Answer:
    """Actual over target of the year that the sheet takes, with its status."""
    target, actual = measure.target.value, measure.actual.value
    if target is None or actual is None:
        return "no_pair", None
    if target == 0:
        return "zero_target", None
    return ("ok" if target > 0 else "negative_target"), Fraction(actual) / Fraction(target)


def table(path: Path) -> Iterator[Row]:
    import pyarrow.parquet

    for batch in pyarrow.parquet.ParquetFile(path).iter_batches(10_000):
        yield from batch.to_pylist()


def sheets(paths: Iterable[Path]) -> Iterator[Sheet]:
    """The sheets at the paths; a record that fails is a difference by being absent."""
    for found in read_sheets(paths):
        if found.sheet is not None:
            yield found.sheet


def judgit(data: Path) -> list[Comparison]:
    rates, outcomes, counts = (
        Comparison("JUDGIT! execution rates"),
        Comparison("JUDGIT! attainments"),
        Comparison("JUDGIT! sheets"),
    )
    wanted_rates: dict[str, dict[int, Answer]] = {}
    for row in table(data / "reference" / "ref.judgit-2015-2019.execution.parquet"):
        year = int(str(row["年度"]))
        wanted_rates.setdefault(str(row["sid"]), {})[year] = str(row["status"]), fraction(row, "rate")
    wanted: dict[str, dict[int, tuple[object, Answer]]] = {}
    for row in table(data / "reference" / "ref.judgit-2015-2019.outcomes.parquet"):
        number = int(str(row["outcome_no"]))
        wanted.setdefault(str(row["sid"]), {})[number] = row["year"], (str(row["status"]), fraction(row, "att"))
    names = {str(row["sid"]) for row in table(data / "reference" / "ref.judgit-2015-2019.sheets.parquet")}
    for sheet in sheets([data / "judgit"]):
        counts.check(sheet.id, sheet.id in names, True)
        names.discard(sheet.id)
        ours = {each.fiscal_year: rate(each) for each in sheet.budget_years if each.fiscal_year <= sheet.fiscal_year}
        theirs = wanted_rates.pop(sheet.id, {})
        for year in sorted(ours.keys() | theirs.keys()):
            answer = ours.get(year, ("absent", None))
            rates.check(f"{sheet.id} {year}", answer, theirs.get(year), answer[0])
        expected = wanted.pop(sheet.id, {})
        for indicator in sheet.indicators:
            measure = indicator.measures[0]
            found = attainment(measure)
            latest = None if found[0] == "no_pair" else measure.actual.fiscal_year
            outcomes.check(
                f"{sheet.id} {indicator.number}",
                (latest, found),
                expected.pop(int(indicator.number or 0), None),
                found[0],
            )
        for number, missing in expected.items():
            outcomes.check(f"{sheet.id} {number}", None, missing)
    for name in sorted(names):
        counts.check(name, None, "in the reference")
    return [counts, rates, outcomes]


AMOUNTS = {
    "initial": "initial", "suppl": "supplementary", "carry_in": "carried_over", "reserve": "reserve", "current": "total",
    "carry_out": "carried_forward",
}  # fmt: skip


def rs2024(data: Path) -> list[Comparison]:
    rates, amounts, counts = (
        Comparison("RS 2024 execution rates"),
        Comparison("RS 2024 amounts"),
        Comparison("RS 2024 programmes"),
    )
    wanted: dict[str, dict[int, Row]] = {}
    for row in table(data / "reference" / "ref.rs2024-dev.parquet"):
        wanted.setdefault(str(row["予算事業ID"]), {})[int(str(row["予算年度"]))] = row
    for sheet in sheets([data / "rs2024"]):
        number = sheet.number or ""
        rows = wanted.pop(number, None)
        counts.check(number, rows is not None, True)
        years = {year.fiscal_year: year for year in sheet.budget_years}
        for year, row in (rows or {}).items():
            found = years.get(year) or BudgetYear(fiscal_year=year)
            where = f"{number} {year}"
            for theirs, name in AMOUNTS.items():
                amounts.check(f"{where} {name}", figure(getattr(found, name)), row[theirs])
            following = years.get(year + 1) or BudgetYear(fiscal_year=year + 1)
            amounts.check(f"{where} request", figure(following.request), row["request"])
            stated = None if row["stated_rate"] is None else Fraction(str(row["stated_rate"]))
            amounts.check(f"{where} stated rate", figure(found.stated_rate), stated)
            amounts.check(f"{where} basis", found.basis, "gross")
            if row["is_executed_year"]:
                amounts.check(f"{where} executed", figure(found.executed), row["executed"])
                status, answer = rate(found)
                rates.check(where, answer, fraction(row, "rate"), status)
            else:
                # The year is not over: the data set writes 0, the sheet says that it is not known yet.
                rates.check(where, (found.executed.unknown, row["executed"]), ("unsettled", 0), "year not over")
    for number in wanted:
        counts.check(number, None, "in the reference")
    return [counts, rates, amounts]


def figure(quantity: Quantity) -> Fraction | None:
    return None if quantity.value is None else Fraction(quantity.value)


def main() -> int:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (data / "reference").is_dir():
        print(f"skipped: the published data sets are not at {data}")
        return 0
    found = [*judgit(data), *rs2024(data)]
    for comparison in found:
        print("\n".join(comparison.lines()))
    return 1 if any(comparison.different for comparison in found) else 0


if __name__ == "__main__":
    sys.exit(main())
