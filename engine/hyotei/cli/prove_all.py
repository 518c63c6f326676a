"""`hyotei prove --all`: every rulebook at hand, a line each, and whether it came out as its certificate says."""

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, print_line, problems_data, tell, write_json
from hyotei.messages import Diagnostic, HyoteiError, wording

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.rulebook.library import Entry


class Proved(NamedTuple):
    """One rulebook: how it came out as JSON, what is to be said of it, and whether Hyotei has a defect in it."""

    found: dict[str, object]
    problems: list[Diagnostic]
    defective: bool


def prove_all(timeout: float, record: bool, as_json: bool, lang: "Language") -> None:
    """Proves all rulebooks; `timeout` is in seconds for each. The exit code is 0 if all are proved, declared gaps aside;
    2 if one cannot be read or shows a defect of Hyotei.
    """
    from hyotei.rulebook.library import library, rubrics

    entries = (*library(), *rubrics())
    width = max((display_width(entry.head.id) for entry in entries), default=0)
    told: list[dict[str, object]] = []
    bad = wrong = False
    for entry in entries:
        try:
            found, problems, defective = _prove(entry, timeout, record)
        except HyoteiError as error:
            wrong = True
            tell(error.diagnostics, lang)
            told.append({"id": entry.head.id, "state": None, "problems": problems_data(error.diagnostics, lang)})
            continue
        wrong |= defective
        bad |= found["state"] not in ("proved", "gaps_as_declared")
        tell((each for each in problems if each.severity != "note"), lang)  # what a rulebook declares, its line says
        told.append({**found, "problems": problems_data(problems, lang)})
        if not as_json:
            state = wording(lang).one_of("rulebook.proof_state", str(found["state"]))
            print_line(f"{pad(entry.head.id, width)}  {found['milliseconds']:>6,} ms  {state}")
    if as_json:
        write_json({"schema": "hyotei.proofs/1", "rulebooks": told})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)
    if bad:
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _prove(entry: "Entry", timeout: float, record: bool) -> Proved:
    """How one came out, and what is to be said of it."""
    from hyotei.proof.certificate import read_certificate
    from hyotei.proof.proof_state import CERTIFICATE, items_of
    from hyotei.proof.prove import prove
    from hyotei.proof.settle_proof import settle_proof

    book = entry.load()
    report = prove(book, None, timeout)
    beside = entry.folder / CERTIFICATE
    state, problems = settle_proof(book, report, beside if record and items_of(report) else None)
    recorded = None
    if not record and beside.is_file():
        with suppress(HyoteiError):
            recorded = read_certificate(beside).hash == book.hash
        if not recorded:
            problems.append(Diagnostic("HY927", params={"rulebook": book.id}))
    found: dict[str, object] = {
        "id": book.id, "hash": book.hash, "state": state, "milliseconds": report.milliseconds, "recorded": recorded,
    }  # fmt: skip
    return Proved(found, problems, bool(report.defects))
