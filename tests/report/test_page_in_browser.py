"""The page of a report in a browser: its filter is over all findings, and quick with as many as the country makes in a year."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import pytest

from hyotei.audit.model import Finding, ShownFigure
from hyotei.audit.summary import Summary
from hyotei.report.audit_content import SHOWN, Content, Problems
from hyotei.report.audit_page import audit_page
from hyotei.report.kept_findings import KeptFindings

MANY = 23_000
SECONDS = 60
CODES, AUTHORITIES = [f"X-{number}" for number in range(17)], [f"例示{number}省" for number in range(13)]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium to open the page with"),
]


def finding(number: int) -> Finding:
    """One of many, each of another sheet; a few are serious, and those have the least money."""
    return Finding(
        code=CODES[number % len(CODES)],
        severity="serious" if number % 100 == 99 else "notice",
        sheet=f"2024/{number}",
        title=f"事業{number}</script><b>",
        authority=AUTHORITIES[number % len(AUTHORITIES)],
        fiscal_year=2015 + number % 9,
        unit="sheet",
        subject="",
        message="数値が食い違って見える",
        question="なぜか",
        figures=(
            ShownFigure("令和5年度の執行額", f"{number:,}千円", f"予算、2023年度 ({number}.json)", str(number * 1000)),
        ),
        rule=None,
        money=str(10**9 - number),
    )


def page(folder: Path, count: int) -> Path:
    """A page with that many findings."""
    kept, summary = KeptFindings(), Summary()
    for number in range(count):
        kept.add(finding(number))
        summary.add_finding(finding(number), "", True, True)
    content = Content(
        language="ja", summary=summary, rulebooks={}, sources=("例",), problems=Problems(), shown=kept.first(SHOWN),
        kept=kept, disagreements=[], disagreeing=0, unexplained=False, distributions=[], consistency=[], sampled=[],
        seed="0", notes=[],
    )  # fmt: skip
    file = folder / "index.html"
    file.write_text(audit_page(content, pictures=False), encoding="utf-8", errors="backslashreplace")
    return file


def opened(file: Path, wish: str = "") -> str:
    """What the browser shows after the script of the page has run."""
    address = file.as_uri() + (f"#{wish}" if wish else "")
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=5000",
        "--dump-dom",
        address,
    ]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, check=True).stdout.decode()


def counted(dom: str) -> str:
    found = re.search(r'<output id="count"[^>]*>([^<]*)<', dom)
    assert found is not None
    return found[1]


def items(dom: str) -> list[str]:
    """The findings on the page that is shown."""
    return re.findall(r'<li (?:class="\w+" )?id="f\d+".*?</dl></li>', dom, re.DOTALL)


def test_the_filter_is_over_all_findings(tmp_path: Path) -> None:
    """By kind, ministry, year and severity, alone and together: as many as there are, and a hundred of them at a time."""
    file = page(tmp_path, MANY)
    every = [finding(number) for number in range(MANY)]
    wishes = [
        ({"code": "X-3"}, lambda each: each.code == "X-3"),
        ({"severity": "serious"}, lambda each: each.severity == "serious"),
        (
            {"authority": "例示5省", "year": "2019"},
            lambda each: (each.authority, each.fiscal_year) == ("例示5省", 2019),
        ),
        ({"words": "事業22999 2023年度"}, lambda each: each.title.startswith("事業22999<")),
    ]
    for wish, fits in wishes:
        start = monotonic()
        dom = opened(file, "&".join(f"{name}={quote(value)}" for name, value in wish.items()))
        expected = sum(map(fits, every))
        assert counted(dom) == f"{MANY:,}件中 {expected:,}件"
        assert len(items(dom)) == min(expected, 100)
        assert monotonic() - start < SECONDS / 2


def test_serious_findings_come_first_and_texts_stay_texts(tmp_path: Path) -> None:
    """All of the first page are serious although others have more money; what looks like markup in a title is none."""
    dom = opened(page(tmp_path, MANY))
    shown = items(dom)
    assert len(shown) == 100
    assert all('class="serious"' in each for each in shown)
    assert "<b>" not in dom
    assert all("&lt;/script&gt;&lt;b&gt;" in each for each in shown)
    assert all("予算額" in each and "なぜか" in each for each in shown)


def test_the_script_makes_what_is_written_out(tmp_path: Path) -> None:
    """The same words in the same order as the page has them where scripts do not run."""

    def words(text: str) -> Counter[str]:
        return Counter(re.sub(r"<[^>]*>", " ", text).split())

    file = page(tmp_path, 30)
    written = file.read_text("utf-8").partition('<ol class="findings">')[2].partition("</ol>")[0]
    made = opened(file).partition('<ol class="findings">')[2].partition("</ol>")[0]
    assert words(made) == words(written)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="there is no pdftotext to read what was printed")
def test_what_is_printed_says_how_much_of_it_is_printed(tmp_path: Path) -> None:
    """On paper there is no filter to see: a line tells it, and how many findings of those that fit are on the paper."""
    file, paper = page(tmp_path, 1_100), tmp_path / "page.pdf"
    for wish, told in (
        ("", "印刷：全1,100件のうち、絞り込み（なし）に当たる1,100件の、はじめの1,000件。"),
        ("#severity=serious&code=X-3", "印刷：全1,100件のうち、絞り込み（要確認、X-3）に当たる"),
    ):
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000"]
        command += [f"--print-to-pdf={paper}", file.as_uri() + wish]
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        text = subprocess.run(
            ["pdftotext", paper, "-"], capture_output=True, timeout=SECONDS, check=True
        ).stdout.decode()
        assert told in "".join(text.split())
