"""Certificates: what was proved of which rulebook, how, and with what. They are sealed, and proved again to be verified.

The seal keeps honest people from mistakes, not forgers from forging: what counts is that a certificate can be proved again
(`verify.py`). So it holds nothing that verifying does not look at.
"""

import hashlib
import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final, Literal, NoReturn

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from hyotei.base.text_file import read_text
from hyotei.compare.model import Why
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location, phrase
from hyotei.proof.results import CheckName, Method, ProofReport, Status, worst
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat
from hyotei.version import __version__

SCHEMA: Final[Literal["hyotei.certificate/2"]] = "hyotei.certificate/2"
Scope = Literal["everything", "chosen_laws"]
"""Whether a certificate is about all laws of the rulebook and all checks of its tables, or about chosen laws."""

_CLOSED: Final = ConfigDict(extra="forbid", strict=True)
_Bound = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class CertifiedLaw:
    """A law: how it came out, by which method, why it is open, and up to how many measures it was tried then."""

    __pydantic_config__ = _CLOSED
    law: str
    status: Status
    method: Method
    why: Why
    bound: _Bound


@dataclass(frozen=True, slots=True)
class CertifiedCheck:
    """A check of a table, about some of its rows or about all: how it came out, by which method, and why it is open."""

    __pydantic_config__ = _CLOSED
    check: CheckName
    decision: str
    rows: tuple[int, ...]
    status: Status
    method: Method
    why: Why


Item = CertifiedLaw | CertifiedCheck


@dataclass(frozen=True, slots=True)
class Certificate:
    """A sealed summary of a proof. `status` follows from the items; `hyotei` and `solver` are what it was made with."""

    __pydantic_config__ = _CLOSED
    schema: Literal["hyotei.certificate/2"]
    rulebook: str
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    hash_format: HashFormat
    of: Scope
    status: Status
    hyotei: str
    solver: str
    laws: tuple[CertifiedLaw, ...]
    checks: tuple[CertifiedCheck, ...]
    seal: str

    @property
    def items(self) -> tuple[Item, ...]:
        return *self.laws, *self.checks


_ADAPTER: Final = TypeAdapter(Certificate)


def certificate(report: ProofReport, of: Scope = "everything") -> Certificate:
    """The certificate of a report.

    Raises:
        HyoteiError: nothing was proved that could be certified (HY921).
    """
    laws = {law.text: CertifiedLaw(law.text, law.status, law.method, law.why, law.bound) for law in report.laws}
    checks = tuple(
        CertifiedCheck(check.name, check.decision, check.rows, check.status, check.method, check.why)
        for check in report.checks
        if not check.note
    )
    if not laws and not checks:
        raise HyoteiError(Diagnostic("HY921"))
    found = Certificate(
        schema=SCHEMA,
        rulebook=report.rulebook,
        hash=report.hash,
        hash_format=HASH_FORMAT,
        of=of,
        status=report.status,
        hyotei=__version__,
        solver=report.solver,
        laws=tuple(laws.values()),
        checks=checks,
        seal="",
    )
    return _with_seal(found)


def key_of(item: Item) -> tuple[str, str, tuple[int, ...]]:
    """What an item is about; a certificate has each once."""
    if isinstance(item, CertifiedLaw):
        return item.law, "", ()
    return item.check, item.decision, item.rows


def _with_seal(found: Certificate) -> Certificate:
    data = asdict(found)
    return _ADAPTER.validate_json(json.dumps({**data, "seal": seal(data)}))


def seal(data: "dict[str, object]") -> str:
    """The seal of a certificate's data: SHA-256 of all of it but the seal, as JSON with sorted keys and no blanks."""
    rest = {key: value for key, value in data.items() if key != "seal"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def certificate_text(found: Certificate) -> str:
    """The certificate as a JSON document."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, object]:
    """The JSON Schema of certificates."""
    return {"$id": SCHEMA, **_ADAPTER.json_schema()}


def read_certificate(path: str | os.PathLike[str]) -> Certificate:
    """A certificate from its file.

    Raises:
        HyoteiError: the file cannot be read, is no certificate (HY903), is of another format than the present one (HY907), says
            something that no certificate can say (HY920 to HY923), or was changed after it was made (HY904).
    """
    place = Location(Path(path).name)
    data = _data(read_text(path), place)
    try:
        # In JSON a list is what a tuple is here; all else is strict.
        found = _ADAPTER.validate_json(json.dumps(data))
    except ValidationError as error:
        _refuse(error, place)
    if seal(data) != found.seal:
        raise HyoteiError(Diagnostic("HY904", place))
    keys = [key_of(item) for item in found.items]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            name = " ".join(filter(None, (*key[:2], ", ".join(map(str, key[2])))))
            raise HyoteiError(Diagnostic("HY922", place, {"name": name}))
    if not keys:
        raise HyoteiError(Diagnostic("HY921", place))
    if found.of == "chosen_laws" and found.checks:
        _wrong(place, "checks", "proof.certificate.checks_of_chosen_laws")
    follows = worst([item.status for item in found.items])
    if found.status != follows:
        raise HyoteiError(Diagnostic("HY923", place, {"stated": found.status, "follows": follows}))
    return found


def _data(text: str, place: Location) -> "dict[str, object]":
    """The JSON object of a certificate of the present format."""

    def once(pairs: "list[tuple[str, object]]") -> "dict[str, object]":
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                _wrong(place, name, "proof.certificate.twice")
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        data = None
    stated = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(stated, str) or not stated.startswith("hyotei.certificate/"):
        raise HyoteiError(Diagnostic("HY903", place))
    formats = stated, data.get("hash_format", "")
    if formats != (SCHEMA, HASH_FORMAT) and all(re.fullmatch(r"[a-z.]*(/\d{1,4})?", str(each)) for each in formats):
        found = " ".join(str(each) for each in formats if each)
        raise HyoteiError(Diagnostic("HY907", place, {"found": found, "now": f"{SCHEMA} {HASH_FORMAT}"}))
    return data


_PROBLEMS: Final = {
    "extra_forbidden": "proof.certificate.unknown_field",
    "unexpected_keyword_argument": "proof.certificate.unknown_field",
    "missing": "proof.certificate.missing",
    "missing_argument": "proof.certificate.missing",
}


def _refuse(error: ValidationError, place: Location) -> NoReturn:
    """Tells the first thing that no certificate can say, and where."""
    first = error.errors(include_url=False)[0]
    where = ""
    for part in first["loc"]:
        where += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if where else part
    _wrong(place, where, _PROBLEMS.get(first["type"], "proof.certificate.impossible"))


def _wrong(place: Location, where: str, problem: str) -> NoReturn:
    raise HyoteiError(Diagnostic("HY920", place, {"field": where, "problem": phrase(problem)}))
