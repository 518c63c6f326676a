"""`hyotei prove --all`: every rulebook at hand, a line each, and whether it came out as its certificate says."""

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, print_line, problems_data, tell, write_json
from hyotei.messages import Diagnostic, HyoteiError, wording

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.rulebook.library import Entry


def prove_all(timeout: float, record: bool, as_json: bool, lang: "Language") -> None:
    """Proves all rulebooks; `timeout` is in seconds for each. The exit code is 0 if all are proved, declared gaps aside."""
    from hyotei.rulebook.library import library, rubrics

    entries = (*library(), *rubrics())
    width = max((display_width(entry.head.id) for entry in entries), default=0)
    told: list[dict[str, object]] = []
    bad = unreadable = False
    for entry in entries:
        try:
            found, problems = _prove(entry, timeout, record)
        except HyoteiError as error:
            unreadable = True
            tell(error.diagnostics, lang)
            told.append({"id": entry.head.id, "state": None, "problems": problems_data(error.diagnostics, lang)})
            continue
        bad |= found["state"] not in ("proved", "gaps_as_declared")
        tell(problems, lang)
        told.append({**found, "problems": problems_data(problems, lang)})
        if not as_json:
            state = wording(lang).one_of("rulebook.proof_state", str(found["state"]))
            print_line(f"{pad(entry.head.id, width)}  {found['milliseconds']:>6,} ms  {state}")
    if as_json:
        write_json({"schema": "hyotei.proofs/1", "rulebooks": told})
    if unreadable:
        raise click.exceptions.Exit(INPUT_WRONG)
    if bad:
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _prove(entry: "Entry", timeout: float, record: bool) -> tuple[dict[str, object], list[Diagnostic]]:
    """How one came out, and what is to be said of it."""
    from hyotei.base.text_file import write_text
    from hyotei.proof.certificate import certificate, certificate_text, read_certificate
    from hyotei.proof.proof_state import CERTIFICATE, declared_and_found, items_of, keep_state, state_of
    from hyotei.proof.prove import prove

    book = entry.load()
    report = prove(book, None, timeout)
    items = items_of(report)
    state = state_of(items, book.known_gaps)
    keep_state(book, state)
    problems = list(report.defects)
    problems += [Diagnostic("HY926", params={"name": name}) for name in declared_and_found(items, book.known_gaps)[1]]
    beside = entry.folder / CERTIFICATE
    recorded = None
    if record and items:
        write_text(beside, certificate_text(certificate(report)))
    elif beside.is_file():
        with suppress(HyoteiError):
            recorded = read_certificate(beside).hash == book.hash
        if not recorded:
            problems.append(Diagnostic("HY927", params={"rulebook": book.id}))
    found: dict[str, object] = {
        "id": book.id, "hash": book.hash, "state": state, "milliseconds": report.milliseconds, "recorded": recorded,
    }  # fmt: skip
    return found, problems
