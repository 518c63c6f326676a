"""Cases of size: rulebooks with a thousand decisions or a thousand laws."""

from pathlib import Path
from time import monotonic
from typing import Final

from hyotei.proof.prove import prove
from hyotei.rulebook.cached_rulebooks import read_rulebook
from tests.cli.command import SEED, hyotei
from tests.handed.result import Case, Result, refusals

_SECONDS: Final = 10


def _chain(folder: Path) -> Result:
    """A long chain of decisions is rated, or refused by the checker; nothing in between."""
    errors = refusals(folder)
    if errors:
        return Result(True, errors[0].text("ja"))
    found = hyotei("rate", SEED, "--rulebook", folder)
    said = (found.err if found.code else found.out).strip().splitlines()
    return Result(found.code == 0, said[-1])


def _many_laws(folder: Path) -> Result:
    """A proof of very many laws ends with the time it was given, and gives an answer to each."""
    start = monotonic()
    report = prove(folder, timeout=_SECONDS)
    spent = monotonic() - start
    right = len(report.laws) == len(read_rulebook(folder).laws) and spent < 1.2 * _SECONDS
    return Result(right, f"{len(report.laws)} laws in {spent:.1f} s of {_SECONDS}")


CASES: Final[dict[str, Case]] = {
    "chain1000.md": _chain,
    "laws1000.md": _many_laws,
}
