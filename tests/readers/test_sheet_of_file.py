"""Files of sheets: the first one, and files that are none."""

from decimal import Decimal
from pathlib import Path

import pytest

import hyotei
from hyotei.base.exact import divide, plain
from hyotei.messages import HyoteiError
from hyotei.readers import read_sheet, read_sheet_file


@pytest.fixture(scope="module")
def seed(root: Path) -> hyotei.Sheet:
    return read_sheet(root / "cases" / "mic-24-15" / "sheet.yaml")


def test_the_first_sheet_has_its_figures(seed: hyotei.Sheet) -> None:
    """The figures of the evaluation of 2013, measure by measure."""
    figures = [
        (each.baseline.value, each.target.value, each.target.qualifier, each.actual.value) for each in seed.measures
    ]
    assert figures == [
        (7, 10, "程度", 43),
        (7, 10, "以上", 21),
        (4, 4, "程度", 5),
        (3, 4, "程度", 3),
        (None, None, None, None),
    ]
    assert [each.target.unknown for each in seed.measures][-1] == "qualitative"
    rates = [
        divide(each.actual.value, each.target.value)
        for each in seed.measures
        if each.actual.value and each.target.value
    ]
    assert [plain(rate) for rate in rates] == ["4.3", "2.1", "1.25", "0.75"]
    assert seed.measures[-1].baseline.fiscal_year == 2009


def test_the_first_sheet_has_its_budget(seed: hyotei.Sheet) -> None:
    """Amounts in yen, sums that add up, and two years that are not settled."""
    assert [year.fiscal_year for year in seed.budget_years] == [2010, 2011, 2012, 2013]
    for year in seed.budget_years[:3]:
        parts = [year.initial.value, year.supplementary.value, year.carried_over.value]
        assert sum(part for part in parts if part is not None) == year.total.value
    settled = [year for year in seed.budget_years if year.executed.value is not None and year.total.value is not None]
    rates = [divide(year.executed.value or Decimal(0), year.total.value or Decimal(1)) for year in settled]
    assert [plain(rate) for rate in rates] == ["0.949853", "0.962917"]
    assert [year.executed.unknown for year in seed.budget_years] == [None, None, "unsettled", "unsettled"]


def test_the_first_sheet_records_its_rating(seed: hyotei.Sheet) -> None:
    """Rating A, recommendation Ⅱ, and both objectives claimed as achieved."""
    assert (seed.recorded.rating, seed.recorded.budget) == ("A", "Ⅱ")
    assert [objective.claim for objective in seed.objectives] == ["achieved", "achieved"]
    assert [len(objective.indicators) for objective in seed.objectives] == [2, 2]


def test_every_figure_of_the_first_sheet_has_its_place(seed: hyotei.Sheet) -> None:
    """Each figure says where in the original it stands."""
    amounts = ("initial", "supplementary", "carried_over", "total", "executed")
    figures = [figure for each in seed.measures for figure in (each.baseline, each.target, each.actual)]
    figures += [getattr(year, name) for year in seed.budget_years for name in amounts]
    for figure in figures:
        if figure.source is not None:
            assert figure.source.place
            assert figure.source.file == "sheet.yaml"
        else:
            assert figure.unknown == "missing"


def test_the_first_sheet_has_one_remark(root: Path) -> None:
    """An actual that is told in words has a number in them (6件), which is no level; there is nothing else to say."""
    (problem,) = read_sheet_file(root / "cases" / "mic-24-15" / "sheet.yaml")[1]
    assert (problem.code, problem.location.line) == ("HY213", 58)


def test_errors_stop_the_strict_reading(tmp_path: Path) -> None:
    """`read_sheet` gives all problems or a sheet, `read_sheet_file` both."""
    path = tmp_path / "a.yaml"
    path.write_text("id: a\ntitle: b\nauthority: c\nfiscal_year: 2012\nfoo: 1\nbar: 2\n", encoding="utf-8")
    with pytest.raises(HyoteiError) as caught:
        read_sheet(path)
    assert [problem.code for problem in caught.value.diagnostics] == ["HY231", "HY231"]
    assert str(caught.value).startswith("a.yaml:5:1: HY231")
    assert read_sheet_file(path)[0] is not None


def test_warnings_do_not_stop_it(tmp_path: Path) -> None:
    """A figure that can be read in two ways is a warning."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "id: a\ntitle: b\nauthority: c\nfiscal_year: 2012\nmeasures: [{target: 1.2倍増}]\n", encoding="utf-8"
    )
    assert read_sheet(path).measures[0].target.unknown == "unread"
    assert [problem.code for problem in read_sheet_file(path)[1]] == ["HY213"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "HY104"), (b"\x00\x01", "HY105"), ("評価".encode("euc_jp"), "HY122")]
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    """A file that cannot be read as text has one message."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    sheet, problems = read_sheet_file(path)
    assert (sheet, [problem.code for problem in problems]) == (None, [code])
    with pytest.raises(HyoteiError):
        read_sheet(path)
