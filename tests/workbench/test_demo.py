"""What a workbench for trying begins with."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")


def test_the_example_is_there_with_its_source_and_is_rated(person: Any) -> None:
    from hyotei.workbench.demo import read_in_examples
    from hyotei.workbench.models import Account, SheetRecord
    from hyotei.workbench.sheet_store import latest
    from hyotei.workbench.verdicts import verdict_of
    from tests.workbench.test_sources import placed, text_of

    client = person("evaluator")
    read_in_examples(Account.objects.get())
    record = SheetRecord.objects.get(file="mic-24-15.yaml")
    verdict = verdict_of(latest(record))
    assert (verdict.rating, verdict.budget) == ("A", "Ⅱ")
    assert len(placed(text_of(client.get(f"/sheets/{record.key}/")))) > 20


def test_folders_of_public_data_are_offered_where_they_are(database: Path, tmp_path: Path) -> None:
    from hyotei.workbench.corpora import sources
    from hyotei.workbench.demo import offer_public_data

    for name in ("rs2024", "municipal", "reference"):
        (tmp_path / "beside" / name).mkdir(parents=True)
    offer_public_data(tmp_path, tmp_path / "nowhere")
    assert sources(tmp_path) == []
    for _ in range(2):
        offer_public_data(tmp_path, tmp_path / "beside")
    assert sources(tmp_path) == ["municipal", "rs2024"]


def test_a_second_start_says_which_password_is_good(store: None) -> None:
    from django.conf import settings

    from hyotei.workbench.serve import _welcome

    first, again = ("\n".join(each.text("en") for each in _welcome(settings.HYOTEI, demo=True)) for _ in range(2))
    assert "the password of each is " in first
    assert "the password that was shown at the first start" in again
