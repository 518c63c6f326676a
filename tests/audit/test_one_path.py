"""Audits of files, folders and corpora find the same, over the years too."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.audit.model import Finding, SheetAudit
from hyotei.sheet import Sheet
from tests.audit.left_out import records
from tests.examples import one_in

FEW = settings(max_examples=one_in(20, least=2))
"""A corpus is built for every example."""


def audited(source: "Iterable[Sheet] | hyotei.Corpus") -> tuple[list[SheetAudit], list[Finding]]:
    """The audits of all sheets by their identifiers, and what only all of them tell."""
    whole = CorpusAudit()
    sheets = sorted(whole.sheets(source), key=lambda each: each.sheet.id)
    return sheets, sorted(whole.findings(), key=repr)


def read(path: Path) -> list[Sheet]:
    return [each.sheet for each in hyotei.read_sheets(path) if each.sheet is not None]


@FEW
@given(st.tuples(*(records(year) for year in (2017, 2018, 2019))))
def test_files_folders_and_corpora_are_one_path(years: tuple[dict[str, Any], ...]) -> None:
    """Three years of one programme, restated as drawn: one by one, as a folder, and as a corpus."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        place.mkdir()
        for record in years:
            (place / f"{record['公開年度']}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        files = audited(each for path in sorted(place.iterdir()) for each in read(path))
        with hyotei.Corpus.build(place, Path(folder) / "corpus") as corpus:
            assert audited(corpus) == files
        assert audited(iter(read(place))) == files


def test_one_source_of_files_tells_what_changed_over_the_years(tmp_path: Path) -> None:
    """An actual that a later sheet states otherwise is found in files, which are one source and no corpus."""
    for published, actual in ((2018, 10.0), (2019, 90.0)):
        points = [{"年度": year, "成果実績": actual, "目標値": 100.0} for year in (2015, 2016)]
        outcome = {
            "成果目標": "目標",
            "成果指標": "指標",
            "単位": "件",
            "目標値": None,
            "目標最終年度": None,
            "成果実績": points,
        }
        identity = {"公開年度": published, "事業名": "事業", "府省庁": "総務省", "事業番号": "0001"}
        record = {**identity, "予算": [], "アウトカム": [outcome]}
        (tmp_path / f"{published}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    _, found = audited(read(tmp_path))
    assert "MY-actual_rewritten" in {each.code for each in found}
