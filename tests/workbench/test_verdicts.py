"""Verdicts that are kept follow again, byte for byte, whatever rulebooks were published, replaced and withdrawn since."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workbench.reviewed import committed, document, published

SHEET = "id: s\ntitle: 例\nauthority: 例示省\nfiscal_year: 2015\nmeasures:\n  - {target: 10回, actual: 8回}\n"


def test_they_follow_again_by_the_rulebook_of_their_time(person: Any, folder: Path) -> None:
    from hyotei.workbench.models import Account, SheetRecord, StoredRulebook
    from hyotei.workbench.publications import withdraw
    from hyotei.workbench.sheet_changes import choose_rulebook, correct
    from hyotei.workbench.sheet_store import latest
    from hyotei.workbench.verdicts import stored, unsound, verdict_of

    for role in ("analyst", "approver"):
        person(role)
    analyst, approver = (Account.objects.get(name=role) for role in ("analyst", "approver"))
    person("evaluator").post("/sheets/", {"files": SimpleUploadedFile("s.yaml", SHEET.encode())})
    record = SheetRecord.objects.get()

    def rated() -> str | None:
        now = latest(record)
        return stored(now, verdict_of(now), analyst).rating

    published(document(lines="100,70"), analyst, approver)
    found = [rated()]
    second = published(document(lines="80,60"), analyst, approver)
    found.append(rated())
    with committed():
        withdraw(second, approver, "誤り")
    correct(latest(record), analyst, "objectives/0/indicators/0/measures/0/actual", "6回")
    found.append(rated())
    published(document(lines="60,50"), analyst, approver)
    choose_rulebook(latest(record), analyst, "small", False)
    found.append(rated())
    assert found == ["B", "A", "C", "A"]
    assert StoredRulebook.objects.count() == 3
    assert unsound() == (4, [])
