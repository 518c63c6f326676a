"""Certificates: what was proved of which rulebook, how, and with what. They are sealed, and proved again to be verified.

The seal keeps honest people from mistakes, not forgers from forging: what counts is that a certificate can be proved again.
"""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from hyotei.base.text_file import read_text
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.proof.prove import prove
from hyotei.proof.results import Check, LawResult, ProofReport, Status
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat, shown_hash
from hyotei.rulebook.model import Rulebook
from hyotei.version import __version__

SCHEMA: Final[Literal["hyotei.certificate/2"]] = "hyotei.certificate/2"


@dataclass(frozen=True, slots=True)
class Certified:
    """One law or check: how it came out, by which method, and up to which bound or why not."""

    name: str
    decision: str
    status: Status
    method: str
    bound: int
    why: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A sealed summary of a proof."""

    schema: Literal["hyotei.certificate/2"]
    rulebook: str
    title: str
    hash: str
    hash_format: HashFormat
    status: Status
    hyotei: str
    solver: str
    milliseconds: int
    laws: tuple[Certified, ...]
    checks: tuple[Certified, ...]
    seal: str


_ADAPTER: Final = TypeAdapter(Certificate)


def certificate(report: ProofReport) -> Certificate:
    """The certificate of a report."""
    unsealed = Certificate(
        schema=SCHEMA,
        rulebook=report.rulebook,
        title=report.title,
        hash=report.hash,
        hash_format=HASH_FORMAT,
        status=report.status,
        hyotei=__version__,
        solver=report.solver,
        milliseconds=report.milliseconds,
        laws=tuple(map(_law, report.laws)),
        checks=tuple(_check(check) for check in report.checks if not check.note),
        seal="",
    )
    return _sealed(unsealed)


def _law(law: LawResult) -> Certified:
    return Certified(law.text, "", law.status, law.method, law.bound, law.why, ())


def _check(check: Check) -> Certified:
    return Certified(check.name, check.decision, check.status, check.method, 0, check.why, check.rows)


def _sealed(found: Certificate) -> Certificate:
    data = asdict(found)
    del data["seal"]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _ADAPTER.validate_python({**data, "seal": hashlib.sha256(text.encode()).hexdigest()})


def certificate_text(found: Certificate) -> str:
    """The certificate as a JSON document."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, object]:
    """The JSON Schema of certificates."""
    return {"$id": SCHEMA, **_ADAPTER.json_schema()}


def read_certificate(path: str | os.PathLike[str]) -> Certificate:
    """A certificate from its file.

    Raises:
        HyoteiError: the file cannot be read, is no certificate (HY903), was changed after it was made (HY904), or is of another
            format than the present one (HY907).
    """
    name = Path(path).name
    text = read_text(path)
    try:
        found = _ADAPTER.validate_json(text)
    except ValidationError as error:
        stated = _stated_formats(text)
        if stated is not None and stated != (SCHEMA, HASH_FORMAT):
            found_formats, now = " ".join(filter(None, stated)), f"{SCHEMA} {HASH_FORMAT}"
            raise HyoteiError(Diagnostic("HY907", Location(name), {"found": found_formats, "now": now})) from error
        raise HyoteiError(Diagnostic("HY903", Location(name))) from error
    if _sealed(found).seal != found.seal:
        raise HyoteiError(Diagnostic("HY904", Location(name)))
    return found


def _stated_formats(text: str) -> tuple[str, str] | None:
    """The formats of a certificate and of its hash that a text states; None where it is no certificate of any format."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not re.fullmatch(r"hyotei\.certificate/\d{1,4}", str(data.get("schema"))):
        return None
    stated = data.get("hash_format", "")
    return (data["schema"], stated) if re.fullmatch(r"(hyotei\.canonical/\d{1,4})?", str(stated)) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise when it was proved again; None where it was not asked, or is not asked any more."""

    name: str
    decision: str
    certified: Status | None
    now: Status | None


@dataclass(frozen=True, slots=True)
class Verified:
    """How the verification went."""

    certificate: Certificate
    again: ProofReport
    differences: tuple[Difference, ...]


def verify(found: Certificate, rulebook: Rulebook, timeout: float) -> Verified:
    """Proves everything again and compares.

    Raises:
        HyoteiError: the certificate is about another rulebook (HY905).
    """
    if found.hash != rulebook.hash:
        raise HyoteiError(
            Diagnostic(
                "HY905",
                params={
                    "rulebook": rulebook.id,
                    "certified": shown_hash(found.hash),
                    "now": shown_hash(rulebook.hash),
                },
            )
        )
    # A certificate of chosen laws has no checks.
    laws = None if found.checks else [law.name for law in found.laws]
    again = prove(rulebook, laws, timeout)
    now = certificate(again)
    before = {_key(each): each.status for each in (*found.laws, *found.checks)}
    after = {_key(each): each.status for each in (*now.laws, *now.checks)}
    differences = tuple(
        Difference(key[0], key[1], before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )
    return Verified(found, again, differences)


def _key(each: Certified) -> tuple[str, str, tuple[int, ...]]:
    return each.name, each.decision, each.rows
