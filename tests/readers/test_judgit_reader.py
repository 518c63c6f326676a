"""The JUDGIT! data set with all its traps: zeros that mean nothing, lost parts, wrong eras, units, broken records."""

import gzip
import json
import runpy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyotei
from hyotei.readers.judgit_years import final_year
from hyotei.readers.reader import Found
from hyotei.sheet import Sheet
from tests.conftest import ROOT
from tests.readers.judgit_records import executed, outcome, point, record


def read(folder: Path, *lines: str) -> list[Found]:
    file = folder / "data"
    file.write_text("\n".join(lines), encoding="utf-8")
    return list(hyotei.read_sheets(file))


def one(folder: Path, line: str) -> Sheet:
    (found,) = read(folder, line)
    assert found.sheet is not None
    return found.sheet


def test_identity_and_evaluated_year(tmp_path: Path) -> None:
    """A sheet is known by year, ministry and number, and evaluates the year before it was published."""
    sheet = one(tmp_path, record())
    assert (sheet.id, sheet.fiscal_year, sheet.authority, sheet.goal) == ("2018/総務省/0001", 2017, "総務省", "目的")


def test_the_names_of_a_sheet_say_where_they_were_read(tmp_path: Path) -> None:
    """At their keys; the identifier and the evaluated year are inferred."""
    identity = one(tmp_path, record()).identity
    found = {name: getattr(identity, name) for name in type(identity).model_fields}
    assert {name: (each.text, each.place, each.reading, each.line) for name, each in found.items()} == {
        "id": ("2018/総務省/0001", "公開年度、府省庁、事業番号", "inferred", 1),
        "title": (one(tmp_path, record()).title, "事業名", "stated", 1),
        "authority": ("総務省", "府省庁", "stated", 1),
        "number": ("0001", "事業番号", "stated", 1),
        "fiscal_year": ("2018", "公開年度", "inferred", 1),
    }


def test_amounts_come_from_the_literal(tmp_path: Path) -> None:
    """Millions of yen become yen exactly; the text is the literal, and the noise of doubles does not make parts differ."""
    line = record(executed(2017, "1487.5279999999998", "0.0", "0.0", "0.0", "0.0", "1487.528", "1e-05"))
    (found,) = read(tmp_path, line)
    assert found.sheet is not None
    (year,) = found.sheet.budget_years
    assert year.initial.value == Decimal("1487527999.9999998")
    assert year.executed.value == 10
    assert year.executed.source is not None
    assert (year.executed.source.text, year.executed.source.line, year.basis) == ("1e-05", 1, "net")
    assert found.problems == ()


def test_the_three_shapes(tmp_path: Path) -> None:
    """Executed, current and requested years are told apart; the current one is not settled."""
    shapes = [
        executed(2017, *["1.0"] * 5, "5.0", "4.0"),
        executed(2018, *["1.0"] * 5, "5.0"),
        '{"年度": 2019, "要求額": 7.0}',
    ]
    years = one(tmp_path, record(", ".join(shapes))).budget_years
    assert [year.fiscal_year for year in years] == [2017, 2018, 2019]
    assert [year.executed.unknown for year in years] == [None, "unsettled", "missing"]
    assert years[2].request.value == 7_000_000


def test_a_year_of_zeros_is_unknown(tmp_path: Path) -> None:
    """Where everything is 0.0 nothing is counted as zero: unknown, ambiguous, with both candidates."""
    (year,) = one(tmp_path, record(executed(2017, *["0.0"] * 7))).budget_years
    for figure in (year.initial, year.supplementary, year.total, year.executed):
        assert (figure.value, figure.unknown) == (None, "missing")
        assert figure.source is not None
        assert (figure.source.reading, figure.source.candidates) == ("ambiguous", ("0円", "記載なし"))


def test_zeros_beside_a_total_that_adds_up(tmp_path: Path) -> None:
    """They add nothing, and the reading says that this was inferred; an execution of 0.0 stays ambiguous."""
    (year,) = one(tmp_path, record(executed(2017, "5.0", "0.0", "0.0", "0.0", "0.0", "5.0", "0.0"))).budget_years
    assert year.supplementary.value == 0
    assert year.supplementary.source is not None
    assert year.supplementary.source.reading == "inferred"
    assert year.executed.value == 0
    assert year.executed.source is not None
    assert year.executed.source.reading == "ambiguous"


def test_lost_parts_of_2015_and_2016(tmp_path: Path) -> None:
    """Where the parts do not add up, a zero part is unknown and the total stays."""
    (found,) = read(tmp_path, record(executed(2014, "5.0", "0.0", "0.0", "0.0", "0.0", "3.0", "3.0"), published=2015))
    assert found.sheet is not None
    (year,) = found.sheet.budget_years
    assert year.carried_forward.unknown == "missing"
    assert year.total.value == 3_000_000
    assert [problem.code for problem in found.problems] == ["HY816"]


def test_what_was_carried_forward_is_positive(tmp_path: Path) -> None:
    """A negative addend is the amount carried on; a positive one is marked."""
    (found,) = read(tmp_path, record(executed(2017, "5.0", "0.0", "0.0", "-2.0", "0.0", "3.0", "3.0")))
    assert found.sheet is not None
    assert found.sheet.budget_years[0].carried_forward.value == 2_000_000
    (found,) = read(tmp_path, record(executed(2017, "5.0", "0.0", "0.0", "2.0", "0.0", "7.0", "3.0")))
    assert [problem.code for problem in found.problems] == ["HY817"]


def test_the_latest_pair_counts(tmp_path: Path) -> None:
    """Target and actual are of the latest year with both; the rest is the series. Zero is a value here, null is none."""
    points = ", ".join((point(2014, "5.0", "6.0"), point(2015, "7.0", "0.0"), point(2016, "null", "9.0")))
    (measure,) = one(tmp_path, record(outcomes=outcome(points, final='"12"', year="2020"))).measures
    assert (measure.target.value, measure.actual.value, measure.actual.fiscal_year) == (7, 0, 2015)
    assert [(each.fiscal_year, each.target.value, each.actual.value) for each in measure.series] == [
        (2014, 5, 6),
        (2016, None, 9),
    ]
    assert (measure.final_target.value, measure.final_target.fiscal_year) == (12, 2020)


@pytest.mark.parametrize(
    ("unit", "name", "value"),
    [
        ("％", "%", "0.8"),
        ("百万円", "円", "80000000"),
        ("", None, "80"),
        ("－", None, "80"),
        ("人\n/年", "人 /年", "80"),
    ],
)
def test_units(tmp_path: Path, unit: str, name: str | None, value: str) -> None:
    """Ratios and money are canonical, an empty or dashed unit is none, any other is as printed."""
    (measure,) = one(tmp_path, record(outcomes=outcome(point(2016, "80.0", "80.0"), unit=unit))).measures
    assert (measure.actual.unit, measure.actual.value) == (name, Decimal(value))


def test_percentages_that_look_like_ratios_are_marked(tmp_path: Path) -> None:
    """0.8 with the unit % may be 80 %."""
    (measure,) = one(tmp_path, record(outcomes=outcome(point(2016, "0.8", "1.0"), unit="％"))).measures
    assert measure.target.source is not None
    assert (measure.target.source.reading, measure.target.source.candidates) == ("ambiguous", ("0.8%", "80%"))


@pytest.mark.parametrize(
    ("written", "published", "year", "reading"),
    [
        (1990, 2019, 2020, "inferred"),
        (1990, 2018, 1990, "stated"),
        (4010, 2019, 2022, "inferred"),
        (2047, 2021, 2017, "ambiguous"),
        (2030, 2019, 2030, "stated"),
        (2, 2019, None, "stated"),
    ],
)
def test_years_of_the_wrong_era(written: int, published: int, year: int | None, reading: str) -> None:
    """They are put right and marked; what cannot be a year is none."""
    found = final_year(written, published)
    assert (found.year, found.reading) == (year, reading)


def test_outputs_are_no_objectives(tmp_path: Path) -> None:
    """Activity indicators stand apart, so that no rule counts them as results."""
    output = '{"活動指標": "回数", "単位": "回", "活動実績": [{"年度": 2016, "活動実績": 3.0, "当初見込み": 2.0}]}'
    sheet = one(tmp_path, record(outputs=output))
    assert sheet.objectives == ()
    assert sheet.outputs[0].measures[0].target.value == 2


def test_a_bad_record_leaves_the_others(tmp_path: Path) -> None:
    """Each is told with its line, and what can be read is read."""
    found = read(
        tmp_path, record(number="0001"), "{broken", '{"公開年度": 2018, "事業名": "名"}', record(number="0002")
    )
    assert [each.sheet.id if each.sheet else None for each in found] == [
        "2018/総務省/0001",
        None,
        None,
        "2018/総務省/0002",
    ]
    assert [(p.code, p.location.line) for each in found for p in each.problems] == [("HY810", 2), ("HY819", 3)]


def test_odd_content_of_a_record_is_told(tmp_path: Path) -> None:
    """Texts for amounts, NaN, repeated years, lists of other things: a diagnostic each, and no figure made up."""
    years = (
        executed(2017, '"たくさん"', "NaN", "true", "[1]", "0.0", "1.0", "1.0")
        + ", "
        + executed(2017, "1.0")
        + ', 3, {"年度": "x"}'
    )
    (found,) = read(tmp_path, record(years, outcomes=f"5, {outcome(point(1, '1.0', '1.0'))}", more=', "新しい項目": 1'))
    assert found.sheet is not None
    initial = found.sheet.budget_years[0].initial
    assert initial.source is not None
    assert (initial.unknown, initial.source.text) == ("unread", "たくさん")
    assert sorted({problem.code for problem in found.problems}) == ["HY811", "HY812", "HY813", "HY814", "HY815"]


def test_half_a_surrogate_pair_is_replaced_and_told(tmp_path: Path) -> None:
    """It is no character, wherever it stands, and all else of its record is used; an escaped pair is one."""
    half = record(outcomes=outcome(name="X").replace("X", "\\ud83d"))
    title = record().replace('"事業"', '"\\ud83d"')
    whole = record(outcomes=outcome(name="X").replace("X", "\\ud83d\\ude00"))
    found = read(tmp_path, half, title, whole)
    assert [[problem.code for problem in each.problems] for each in found] == [["HY128"], ["HY128", "HY823"], ["HY823"]]
    names = [each.sheet.indicators[0].name if each.sheet and each.sheet.indicators else None for each in found]
    assert names == ["\ufffd", None, "\U0001f600"]
    assert found[1].sheet is not None
    assert found[1].sheet.title == "\ufffd"


def test_as_published(tmp_path: Path) -> None:
    """A folder of pretty printed files, one a sheet, some compressed, reads like lines; what a file lacks its folder tells."""
    folder = tmp_path / "2015" / "総務省"
    folder.mkdir(parents=True)
    data = json.loads(record(published=2015, number="0001"))
    (folder / "0001.json").write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    del data["府省庁"], data["事業番号"]
    (folder / "0002.json.gz").write_bytes(gzip.compress(json.dumps(data, ensure_ascii=False, indent=2).encode()))
    assert [each.sheet.id for each in hyotei.read_sheets(tmp_path) if each.sheet] == [
        "2015/総務省/0001",
        "2015/総務省/0002",
    ]


def test_a_truncated_gz_gives_what_it_holds(tmp_path: Path) -> None:
    """All whole lines before the break are sheets, and the break is told."""
    import random

    noise = random.Random(1)
    lines = [record(number=f"{n:04}", more=f', "url": "{noise.getrandbits(4000)}"') for n in range(200)]
    content = gzip.compress("\n".join(lines).encode())
    (tmp_path / "x.gz").write_bytes(content[: len(content) // 2])
    found = list(hyotei.read_sheets(tmp_path / "x.gz"))
    assert sum(each.sheet is not None for each in found) > 20
    assert [problem.code for problem in found[-1].problems] == ["HY801"]


json_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**30), 10**30),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from([2015, 2017, "1.5"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["年度", "予算計", "当初予算", "執行額", "要求額", "成果実績", "目標値", "単位", "目標最終年度", "x"]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "公開年度",
                "事業名",
                "府省庁",
                "事業番号",
                "予算",
                "アウトカム",
                "アウトプット",
                "開始年度",
                "会計区分",
                "url",
                "sid",
            ]
        ),
        json_values,
    ),
    st.booleans(),
)
def test_no_record_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object], whole: bool
) -> None:
    """Whatever stands in a record, there is a valid sheet or a problem, and never a traceback."""
    if whole:
        data = {**data, "公開年度": 2018, "事業名": "名", "府省庁": "省", "事業番号": "1"}
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "x").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    for found in hyotei.read_sheets(folder / "x", as_="judgit"):
        assert found.sheet is not None or found.problems
        if found.sheet is not None:
            assert Sheet.model_validate_json(found.sheet.model_dump_json(by_alias=True)) == found.sheet
            assert Sheet.model_validate(found.sheet.model_dump(by_alias=True)) == found.sheet


@pytest.mark.slow
def test_the_real_data_set(shared: Path) -> None:
    """Every record of the published data becomes a sheet that validation would have accepted as well."""
    count = 0
    for found in hyotei.read_sheets(shared / "data" / "judgit"):
        assert found.sheet is not None, found.problems
        count += 1
        if count % 10 == 0:
            assert Sheet.model_validate(found.sheet.model_dump(by_alias=True)) == found.sheet
    assert count == 26_091


@pytest.mark.slow
def test_the_figures_equal_the_reference(shared: Path) -> None:
    """Rates and attainments of both data sets are those of the independent computation, all of them."""
    pytest.importorskip("pyarrow")
    by_hand = runpy.run_path(str(ROOT / "benchmarks" / "compare_reference.py"))
    for comparison in (*by_hand["judgit"](shared / "data"), *by_hand["rs2024"](shared / "data")):
        assert comparison.compared > 0
        assert comparison.different == 0, "\n".join(comparison.lines())


# The shapes of 2020 to 2023, of which the sample of the data set has none

NO_TARGET = ', "定量的な目標が設定できない理由": "施設の維持であるため"'


@pytest.mark.parametrize(
    "number", ["2021-総務-20-0001", "2023-厚労-22-0622", "2023-デジ-22-0001-34", "新28-0002", "0248-1"]
)
def test_numbers_of_every_form(tmp_path: Path, number: str) -> None:
    """They are kept as they are, and the identity has the year and the ministry, because numbers repeat."""
    sheet = one(tmp_path, record(published=2023, number=number))
    assert (sheet.id, sheet.number, sheet.fiscal_year) == (f"2023/総務省/{number}", number, 2022)


def test_a_record_of_2021_has_outcomes_and_empty_outputs(tmp_path: Path) -> None:
    """No former id, no reason for lacking targets, no activity indicators; nothing of that is a problem."""
    years = executed(2020, "5.0", "0.0", "0.0", "-1.0", "0.0", "4.0", "4.0")
    line = record(years, outcome(point(2020, "5.0", "6.0")), published=2021, number="2021-総務-20-0001")
    (found,) = read(tmp_path, line)
    assert found.problems == ()
    assert found.sheet is not None
    assert (len(found.sheet.measures), found.sheet.outputs) == (1, ())
    assert found.sheet.budget_years[0].carried_forward.value == 1_000_000
    assert found.sheet.facts == ()


def test_a_record_of_2023_has_no_indicators(tmp_path: Path) -> None:
    """The data set lost all of them, and 主要施策 is null: that is no statement that there are none to be met."""
    line = record(executed(2022, *["1.0"] * 5, "5.0", "4.0"), published=2023, more=', "主要施策": null')
    (found,) = read(tmp_path, line)
    assert found.sheet is not None
    assert (found.sheet.objectives, found.sheet.outputs, found.sheet.outline.policies) == ((), (), ())
    assert [problem.code for problem in found.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("written", range(2045, 2050))
@pytest.mark.parametrize("published", [2021, 2022, 2023])
def test_final_years_of_the_late_forties(written: int, published: int) -> None:
    """令和 read as 平成: 2047 for 2017 or, in 令和, for itself; whichever it is, it is marked and the candidates are named."""
    found = final_year(written, published)
    assert found.reading in ("ambiguous", "inferred")
    assert found.notes


def test_a_year_with_and_without_the_reason(tmp_path: Path) -> None:
    """The reason for having no targets is read where it stands (until 2020)."""
    sheet = one(tmp_path, record(published=2020, more=NO_TARGET))
    (reason,) = sheet.facts
    assert (reason.name, reason.text) == ("no_target_reason", "施設の維持であるため")


@pytest.mark.parametrize("number", ['["0001", "0002"]', '"0001, 0002"', '"0001\\n0002"', "1", "null"])
def test_several_numbers_of_one_programme(tmp_path: Path, number: str) -> None:
    """A list or a number in place of the number is told, several in one text are kept as they are printed."""
    line = record().replace('"事業番号": "0001"', f'"事業番号": {number}')
    (found,) = read(tmp_path, line)
    if number.startswith('"'):
        assert found.sheet is not None
        assert found.sheet.number == json.loads(number)
    else:
        assert found.sheet is None
        assert "HY819" in [problem.code for problem in found.problems]


def test_five_numbers_beside_the_number(tmp_path: Path) -> None:
    """事業番号1 to 事業番号5 are known and told as nothing new."""
    more = "".join(f', "事業番号{at}": "{at}"' for at in range(1, 6)) + ', "ID": 7, "事業ID": "x", "sid": "a"'
    (found,) = read(tmp_path, record(more=more))
    assert found.problems == ()
