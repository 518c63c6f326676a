"""Certificates: whatever is changed in one, sealed again or not, is refused with one message or told when it is verified."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from hyotei.document import Paragraph, Table
from hyotei.messages import HyoteiError
from hyotei.proof.certificate import certificate, certificate_text, read_certificate, seal
from hyotei.proof.prove import prove
from hyotei.proof.results import ProofReport
from hyotei.proof.verify import VerifiedCertificate, verify
from hyotei.report.verification_document import verification_document
from hyotei.rulebook.load import parse_rulebook
from tests.cli.command import inside

TEXT = """---
rulebook: certified
title: 証明される基準
authority: 省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
laws:
  - every decision answers
  - every rating is reachable
  - rating never falls as done rises
  - if rating = A then done >= 3
---
# 数 `done` — for the sheet

    count(measures[actual >= target])

# 評価 `rating` — for the sheet

| U | `done` | **rating** |
|:-:|--------|------------|
| 1 | 2以上  | A          |
| 2 | 3      | A          |
| 3 | 0      | B          |
"""
"""A gap at 1, a contradiction at 3, one law refuted, and some proved."""
BOOK = parse_rulebook(TEXT)
EMPTY = """---
rulebook: none
title: なし
authority: 省
standing: draft
fiscal_years: 2012
---
# 数 `done` — for the sheet

    1
"""

Data = dict[str, object]
Path_ = tuple[str | int, ...]


@cache
def proved(laws: tuple[str, ...] | None) -> ProofReport:
    return prove(BOOK, laws)


def proving_once(book: object, laws: list[str] | None, *rest: object) -> ProofReport:
    """The real proof; the same question is asked once only, because a hundred certificates ask it."""
    return proved(None if laws is None else tuple(laws))


def data(laws: tuple[str, ...] | None = None) -> Data:
    made = certificate(proved(laws), "everything" if laws is None else "chosen_laws")
    found: Data = json.loads(certificate_text(made))
    return found


def paths(of: object, before: Path_ = ()) -> Iterator[Path_]:
    """Every path of a JSON document."""
    if before:
        yield before
    if isinstance(of, dict):
        for key, inner in of.items():
            yield from paths(inner, (*before, key))
    elif isinstance(of, list):
        for at, inner in enumerate(of):
            yield from paths(inner, (*before, at))


def at(of: object, path: Path_) -> object:
    for part in path:
        of = of[part]  # type: ignore[index]
    return of


WORDS = (
    "proved", "refuted", "open", "not_run", "table", "chain", "any_number", "induction", "bounded", "example", "timeout", "gap",
    "overlap", "masked", "never", "everything", "chosen_laws", "rating", "done", "every decision answers", "hyotei.certificate/1",
    "hyotei.canonical/1", "other", "",
)  # fmt: skip


def changed(path: Path_, given: Data) -> Iterator[Data]:
    """The certificate with the value at a path changed, removed, doubled, or, where it is an object, with one key more."""

    def put(value: object) -> Data:
        copy = deepcopy(given)
        at(copy, path[:-1])[path[-1]] = value  # type: ignore[index]
        return copy

    here = at(given, path)
    match here:
        case str():
            yield from (put(word) for word in WORDS if word != here)
            yield put(here + "'")
        case int():
            yield from (put(here + step) for step in (-1, 1))
            yield put(float(here))
            yield put(bool(here))
        case list():
            yield put([])
            yield put([*here, *here[:1]] if here else [1])
            yield put(here[::-1]) if here[::-1] != here else put(None)
        case dict():
            yield put({**here, "remark": "x"})
    yield put(None)
    yield put({})
    removed = deepcopy(given)
    del at(removed, path[:-1])[path[-1]]  # type: ignore[attr-defined]
    yield removed
    holder = at(given, path[:-1])
    if isinstance(holder, list):
        doubled = deepcopy(given)
        at(doubled, path[:-1]).append(deepcopy(here))  # type: ignore[attr-defined]
        yield doubled


def sealed(changed_data: Data) -> Data:
    return {**changed_data, "seal": seal(changed_data)} if "seal" in changed_data else changed_data


def verified(file: Path, text: str) -> VerifiedCertificate:
    file.write_text(text, encoding="utf-8")
    with patch("hyotei.proof.verify.prove", proving_once):
        return verify(read_certificate(file), BOOK)


def verification(file: Path, text: str) -> tuple[list[str], VerifiedCertificate | None]:
    """The messages with which a certificate is refused, or its verification."""
    try:
        return [], verified(file, text)
    except HyoteiError as error:
        return [each.code for each in error.diagnostics], None


def same(one: object, other: object) -> bool:
    """Whether two documents are one certificate: the order of items does not matter."""
    return json.dumps(_sorted(one), sort_keys=True) == json.dumps(_sorted(other), sort_keys=True)


def _sorted(of: object) -> object:
    if not isinstance(of, dict):
        return of
    lists = {
        key: sorted(value, key=repr)
        for key, value in of.items()
        if key in ("laws", "checks") and isinstance(value, list)
    }
    return {key: value for key, value in {**of, **lists}.items() if key != "seal"}


def told(found: VerifiedCertificate) -> bool:
    """Whether a verification says that something is not as it was certified, or was made with something else."""
    return not found.verified or found.made_with != found.verified_with


@pytest.mark.parametrize("laws", [None, ("every rating is reachable", "if rating = A then done >= 3")])
def test_whatever_is_changed_and_sealed_again_is_refused_or_told(laws: tuple[str, ...] | None, tmp_path: Path) -> None:
    """Every path of a real certificate, changed, removed, doubled, or with a key more."""
    given = data(laws)
    file = tmp_path / "certificate.json"
    assert not told(verified(file, json.dumps(given)))
    tried = 0
    for path in paths(given):
        if path == ("seal",):
            continue
        for other in changed(path, given):
            if same(other, given):
                continue
            if laws is not None and _true_of_other_laws(other):
                continue
            tried += 1
            refused, found = verification(file, json.dumps(sealed(other)))
            assert len(refused) <= 1, (path, other)
            assert refused or (found is not None and told(found)), (path, other)
    assert tried > 300


def _true_of_other_laws(other: Data) -> bool:
    """Whether it is just the certificate that other chosen laws have: then all that it says is so."""
    laws = other.get("laws")
    names = [each.get("law") if isinstance(each, dict) else None for each in laws] if isinstance(laws, list) else []
    if not names or not all(isinstance(name, str) for name in names):
        return False
    try:
        return same(other, data(tuple(map(str, names))))
    except HyoteiError:
        return False


def test_whatever_is_changed_is_refused(tmp_path: Path) -> None:
    """Without a new seal nothing gets as far as being proved again."""
    given = data()
    file = tmp_path / "certificate.json"
    for path in paths(given):
        for other in changed(path, given):
            if json.dumps(other, sort_keys=True) == json.dumps(given, sort_keys=True):
                continue
            file.write_text(json.dumps(other), encoding="utf-8")
            with pytest.raises(HyoteiError) as error:
                read_certificate(file)
            assert len(error.value.diagnostics) == 1, path


def test_a_key_that_is_stated_twice_is_refused(tmp_path: Path) -> None:
    """JSON allows it, and readers differ about which one counts."""
    text = json.dumps(data())
    file = tmp_path / "certificate.json"
    for key in ("status", "laws", "method", "rows", "seal"):
        file.write_text(text.replace(f'"{key}":', f'"{key}": "proved", "{key}":', 1), encoding="utf-8")
        with pytest.raises(HyoteiError) as error:
            read_certificate(file)
        assert [each.code for each in error.value.diagnostics] == ["HY920"]


def test_each_item_says_how_it_came_out() -> None:
    """Proved again, refuted again and otherwise, each counted."""
    made = certificate(proved(None))
    with patch("hyotei.proof.verify.prove", proving_once):
        document = verification_document(verify(made, BOOK), "en")
    lead, *_, items = document.blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(items, Table)
    statuses = [item.status for item in made.items]
    again = {status: statuses.count(status) for status in ("proved", "refuted", "open")}
    assert again["proved"] >= 2
    assert again["refuted"] >= 3
    assert lead.text == (
        f"certified: all {len(statuses)} items came out as recorded: "
        f"{again['proved']} proved again, {again['refuted']} refuted again, {again['open']} open."
    )
    assert [row.cells[0].value for row in items.rows] == [
        {"proved": "proved again", "refuted": "refuted again", "open": "open"}[status] for status in statuses
    ]


def test_what_came_out_otherwise_is_told_with_the_exit_code(tmp_path: Path) -> None:
    """A refuted law that is certified as proved, consistently and with a new seal: the item says so, and the exit code is 1."""
    (tmp_path / "rulebook.md").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "certificate.json"
    given: Any = data()
    file.write_text(json.dumps(given), encoding="utf-8")
    assert inside("certificate", "verify", file, tmp_path, "--lang", "en").code == 0, "refuted as it was recorded"
    forged = deepcopy(given)
    for item in (*forged["laws"], *forged["checks"]):
        item["status"] = "proved"
    forged["status"] = "proved"
    file.write_text(json.dumps(sealed(forged)), encoding="utf-8")
    done = inside("certificate", "verify", file, tmp_path, "--lang", "en")
    assert done.code == 1
    assert "otherwise proved (example) → refuted (example)  if rating = A then done >= 3" in done.out
    document = inside("certificate", "verify", file, tmp_path, "--json").json
    assert document["verified"] is False
    assert document["counts"]["otherwise"] == sum(
        item["status"] == "refuted" for item in (*given["laws"], *given["checks"])
    )


def test_a_certificate_of_the_format_before_is_told_as_such(tmp_path: Path) -> None:
    """One message, which says how to renew it."""
    old = {**data(), "schema": "hyotei.certificate/1", "title": "t", "milliseconds": 1}
    del old["hash_format"]
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(sealed(old)), encoding="utf-8")
    with pytest.raises(HyoteiError) as error:
        read_certificate(file)
    (told_problem,) = error.value.diagnostics
    assert told_problem.code == "HY907"
    assert "hyotei prove RULEBOOK --certificate" in told_problem.message("en")


def test_nothing_is_no_certificate() -> None:
    """A rulebook without laws and tables has nothing to certify."""
    with pytest.raises(HyoteiError) as error:
        certificate(prove(parse_rulebook(EMPTY)))
    assert [each.code for each in error.value.diagnostics] == ["HY921"]


def test_a_law_that_is_stated_twice_is_certified_once(tmp_path: Path) -> None:
    """Also where the same law is asked for twice."""
    law = "every rating is reachable"
    made = certificate(prove(BOOK, [law, law]), "chosen_laws")
    assert [item.law for item in made.laws] == [law]
    file = tmp_path / "certificate.json"
    file.write_text(certificate_text(made), encoding="utf-8")
    assert read_certificate(file) == made
