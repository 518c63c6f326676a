"""The report of an audit: every finding once, the same numbers everywhere, and no text that becomes anything else."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.base.printable import printable
from hyotei.messages import HyoteiError
from hyotei.report.audit_content import SHOWN, Problems, Weightiest
from hyotei.report.audit_report import write_report
from hyotei.sheet import Sheet
from tests.report.audited import MIC, NO_SHRINKING, Page, hostile_sheets, lines, report, rows

FILES = ["findings.ndjson", "findings.xlsx", "index.html", "report.md", "summary.json"]


@settings(max_examples=6, phases=NO_SHRINKING)
@given(hostile_sheets())
def test_every_finding_is_there_once_and_the_numbers_are_the_same(found: list[Sheet]) -> None:
    """In the lines, the workbook and the page, in one order; counted by kind and by group in the summary."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        content = report(out, found)
        assert sorted(each.name for each in out.iterdir()) == FILES
        told = lines(out)
        whole = CorpusAudit(MIC)
        expected = [each.code for audit in whole.sheets(found) for each in audit.findings]
        expected += [each.code for each in whole.findings()]
        assert [each["code"] for each in told] == expected
        assert content.summary.whole.findings == len(told)
        in_cells = [(row[0], row[3]) for row in rows(out)]
        assert in_cells == [(each["code"], each["fiscal_year"]) for each in told]
        summary = json.loads((out / "summary.json").read_text("utf-8"))
        assert summary["findings"] == len(told)
        assert summary["sheets"] == len(found)
        assert summary["sheets_with_findings"] == len({each["sheet"] for each in told})
        kinds = {each["code"]: (each["findings"], each["sheets"]) for each in summary["findings_by_kind"]}
        counts = Counter(each["code"] for each in told)
        assert kinds == {
            code: (count, len({each["sheet"] for each in told if each["code"] == code}))
            for code, count in counts.items()
        }
        for groups in summary["groups"].values():
            assert sum(group["findings"] for group in groups.values()) == len(told)
            assert sum(group["sheets"] for group in groups.values()) == len(found)
        assert all(not each["code"].endswith("F16") for each in told)


@settings(max_examples=6, phases=NO_SHRINKING)
@given(hostile_sheets(), st.sampled_from(["ja", "en"]))
def test_the_page_is_made_of_the_elements_it_is_made_of(found: list[Sheet], language: str) -> None:
    """Whatever sheets are called: one script beside the data, no foreign element, nothing fetched, tables with captions."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        content = report(out, found, "en" if language == "en" else "ja")
        page = Page((out / "index.html").read_text("utf-8"))
    assert page.of("html") == [{"lang": language}]
    assert [each.get("type") for each in page.of("script")] == ["application/json"] * bool(content.shown) + [None]
    assert len(page.of("main")) == len(page.of("h1")) == 1
    assert not {name for name, _ in page.elements} & {"img", "iframe", "object", "embed", "link", "base"}
    addresses = [
        value or ""
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("href", "src", "xlink:href")
    ]
    assert all(address.startswith("#") for address in addresses)
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    filters = tuple(f"{field.get('name')}=" for field in page.of("select"))
    assert {address[1:] for address in addresses if not address[1:].startswith(filters)} <= set(names)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert len([each for each in page.of("div") if each.get("role") == "region" and each.get("aria-label")]) == len(
        page.of("table")
    )
    assert all("scope" in attributes for attributes in page.of("th"))
    text = "".join(page.texts)
    for each in content.shown:
        assert printable(each.title) in text
        assert each.message in text


@settings(max_examples=2, phases=NO_SHRINKING)
@given(hostile_sheets(most=3))
def test_the_same_sheets_give_the_same_bytes(found: list[Sheet]) -> None:
    """File by file, also where a report is replaced."""
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "one", Path(folder) / "other"
        for out in (one, other, other):
            report(out, found)
        for name in FILES:
            assert (one / name).read_bytes() == (other / name).read_bytes()
        assert sorted(each.name for each in Path(folder).iterdir()) == ["one", "other"]


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 3)))), st.integers(0, 6))
def test_the_weightiest_are_kept(elements: list[tuple[int, int | None]], most: int) -> None:
    """By rank, then by money, then as they came; unknown money last."""
    kept: Weightiest[int] = Weightiest(most)
    for position, (rank, money) in enumerate(elements):
        kept.add(position, rank, None if money is None else str(money))

    def by_weight(position: int) -> tuple[int, int]:
        rank, money = elements[position]
        return -rank, 1 if money is None else -money

    order = sorted(
        range(len(elements)),
        key=by_weight,
    )
    assert kept.all() == order[:most]


def test_the_shipped_case(tmp_path: Path, seed: Sheet) -> None:
    """The missed measure beside the claim, with its figures, their places, the rule, the question and the money."""
    summary = hyotei.audit_report([seed], tmp_path / "report", sample=1, sources=["case"])
    assert summary.whole.results["rating"].same == 1
    (missed,) = [each for each in lines(tmp_path / "report") if each["code"] == "missed_but_claimed"]
    assert missed["sheet"] == seed.id
    assert missed["rule"] == "mic-2013/check_claim/1"
    assert missed["severity"] == "serious"
    assert missed["money"] == "2865585000"
    attainment, *read = next(each["figures"] for each in lines(tmp_path / "report") if each["code"] == "over_achieved")
    assert attainment["value"] == "4.3"
    assert attainment["place"] == ""  # what it is calculated from is told with its places
    assert [each["title"] for each in read if "sheet.yaml:" in each["place"]] == ["目標値", "実績値"]
    row = next(row for row in rows(tmp_path / "report") if row[0] == "over_achieved")
    assert row[9] == 2_865_585_000
    assert row[12] == pytest.approx(4.3, abs=0)
    text = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert 'href="#rule-mic-2013-check_claim-1"' in text
    assert 'id="rule-mic-2013-check_claim-1"' in text
    assert "達成率の分布" in text
    assert rows(tmp_path / "report", "抜き取り")[0][0] == seed.id


def test_recorded_ratings_against_each_other(tmp_path: Path, seed: Sheet) -> None:
    """A sheet with the same figures and a worse rating contradicts the seed; the page shows both."""
    worse = seed.model_copy(update={"id": "worse", "recorded": seed.recorded.model_copy(update={"rating": "C"})})
    content = report(tmp_path / "report", [seed, worse])
    (found,) = content.consistency
    assert (found.sheets, found.pairs, len(found.removed)) == (2, 1, 1)
    assert [(each.name, each.rises, each.how) for each in found.inputs] == [
        ("share_achieved", True, "proved"),
        ("missed_measures", False, "proved"),
    ]
    assert [(pair.wronged.sheet.id, pair.favoured.sheet.id, pair.steps) for pair in found.strongest] == [
        ("worse", seed.id, 2)
    ]
    assert "最も強い矛盾" in (tmp_path / "report" / "index.html").read_text("utf-8")
    assert rows(tmp_path / "report", "記載どうしの矛盾")[0][0] == 2


def test_a_long_list_is_all_in_the_page(tmp_path: Path, seed: Sheet) -> None:
    """The page writes the weightiest out, and holds the others as data for its script."""

    def many() -> Iterator[Sheet]:
        for number in range(SHOWN // 9 + 5):
            yield seed.model_copy(update={"id": str(number)})

    content = report(tmp_path / "report", many(), "en")
    total = content.summary.whole.findings
    assert total > SHOWN
    assert len(content.shown) == SHOWN
    assert len(lines(tmp_path / "report")) == total
    text = (tmp_path / "report" / "index.html").read_text("utf-8")
    data = json.loads(text.partition('id="findings-data">')[2].partition("</script>")[0])
    assert len(data["rows"]) == total
    code = data["fields"].index("code")
    assert Counter(data["texts"][row[code]] for row in data["rows"]) == Counter(
        each["code"] for each in lines(tmp_path / "report")
    )
    assert f"only the first {SHOWN:,} are shown" in text
    assert text.count('<li id="f') == SHOWN


def test_nothing_is_left_of_a_report_that_fails(tmp_path: Path, seed: Sheet) -> None:
    """The old one stays, and no temporary folder."""
    out = tmp_path / "report"
    report(out, [seed])
    before = {name: (out / name).read_bytes() for name in FILES}

    def broken() -> Iterator[Sheet]:
        yield seed
        raise HyoteiError

    whole = CorpusAudit("mic-2013")
    with pytest.raises(HyoteiError):
        write_report(out, whole, whole.sheets(broken()), (), Problems(), pictures=False)
    assert {name: (out / name).read_bytes() for name in FILES} == before
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_charts_have_texts_and_names_of_their_own(tmp_path: Path, seed: Sheet) -> None:
    """Japanese labels stand as text; no two pictures share a name."""
    other = seed.model_copy(update={"id": "2", "authority": "例示省", "fiscal_year": 2013})
    report(tmp_path / "report", [seed, other], pictures=True)
    text = (tmp_path / "report" / "index.html").read_text("utf-8")
    pictures = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    assert len(pictures) >= 5
    assert any(">総務省</text>" in picture for picture in pictures)
    assert any(">例示省</text>" in picture for picture in pictures)
    assert all("currentColor" in picture for picture in pictures)
    names = [name for picture in pictures for name in re.findall(r'\bid="([^"]+)"', picture)]
    assert len(names) == len(set(names))


@pytest.mark.slow
def test_the_findings_of_published_data(tmp_path: Path, shared: Path) -> None:
    """All of them in all files, those of the review under its keys; F20 as the corpus tells it."""
    sheets = (each.sheet for each in hyotei.read_sheets(shared / "data" / "rs2024") if each.sheet is not None)
    summary = hyotei.audit_report(sheets, tmp_path / "report", checks=["rs-review-2024"], sample=50)
    told = lines(tmp_path / "report")
    assert len(told) == summary.whole.findings == len(rows(tmp_path / "report"))
    assert all(re.fullmatch(r"RS-F\d\d\w*", each["code"]) for each in told)
    assert all(re.search(r"/\d+$", each["sheet"]) for each in told)
    assert {each["code"] for each in told}.isdisjoint({"RS-F16", "RS-F08", "RS-F17", "RS-F18"})
    shared_texts = [each for each in told if each["code"] == "RS-F20"]
    assert shared_texts
    assert all(Decimal(each["figures"][0]["value"]) >= 20 for each in shared_texts)
    assert all(Decimal(each["figures"][1]["value"]) < Decimal("0.5") for each in shared_texts)
