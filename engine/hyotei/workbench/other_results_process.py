"""The child process that looks for ways to another result: `python -m hyotei.workbench.other_results_process`.

The request is one JSON object on the standard input: the `sheet`, the text of the `rulebook`, whether it is `carried` over to
later years, the `language`, and the result to `reach`, empty for the next better ones. The answer on the standard output is one
JSON object: `found`, the answers as markup, and `data`, the same as `hyotei rate --json` has them, or `told`, why there are none.
"""

import json
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic_core import to_jsonable_python

from hyotei.base import deadline
from hyotei.base.result_json import result_data
from hyotei.document import Block
from hyotei.inference.rate import rate
from hyotei.messages import HyoteiError, Language
from hyotei.proof.certainty.certain import certain
from hyotei.proof.certainty.model import Certainty, Reach
from hyotei.proof.certainty.reach import keep, reach
from hyotei.report.certainty_document import certainty_sections
from hyotei.report.reach_document import reach_section
from hyotei.rulebook.lapsed_rulebooks import carried_over
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import RESULTS
from hyotei.sheet.models import Sheet
from hyotei.verdict.verdict import Verdict
from hyotei.workbench.reading_process import bound
from hyotei.writers.html import markup

SECONDS: Final = 30.0
"""How long all answers may take; what that does not suffice for is told as open."""


class Answers(NamedTuple):
    """What would reach other results, what would lose the present ones, and whether these are certain, where that was asked."""

    reach: list[Reach]
    keep: list[Reach]
    certain: Certainty | None


def main() -> None:
    """Answers the request."""
    bound()
    asked = json.load(sys.stdin)
    language: Language = asked["language"]
    try:
        document = parse_rulebook(asked["rulebook"])
        rulebook = carried_over(document) if asked["carried"] else document
        verdict = rate(Sheet.model_validate_json(asked["sheet"]), rulebook)
        with deadline.within(SECONDS):
            found = answers(verdict, asked["reach"], language)
        data = {name: to_jsonable_python(result_data(each, language)) for name, each in found._asdict().items()}
        json.dump({"found": markup(list(blocks(verdict, found, language))), "data": data}, sys.stdout)
    except HyoteiError as error:
        json.dump({"told": [each.message(language) for each in error.diagnostics]}, sys.stdout)


def answers(verdict: Verdict, wanted: str, language: Language) -> Answers:
    """What would reach the result that is wanted, or the next better ones and lose the present ones; then whether it is certain.

    Raises:
        HyoteiError: as for `reach`.
    """
    now = {"rating": verdict.rating, "budget": verdict.budget}
    goals = [wanted] if wanted else [each for name in RESULTS for each in next_better(verdict, name)]
    held = [] if wanted else [each for name, each in now.items() if each and each in _ranked(verdict, name)[:-1]]
    waiting = len(goals) + len(held) + (not wanted)
    found: dict[str, list[Reach]] = {"reach": [], "keep": []}
    for name, ask, values in (("reach", reach, goals), ("keep", keep, held)):
        for value in values:
            found[name].append(ask(verdict, value, language=language, timeout=deadline.left() / waiting))
            waiting -= 1
    sure = None if wanted else certain(verdict, language=language, timeout=deadline.left())
    return Answers(found["reach"], found["keep"], sure)


def blocks(verdict: Verdict, found: Answers, language: Language) -> Iterator[Block]:
    """The answers for a page."""
    decided = verdict.rulebook.by_name.keys()
    now = {"rating": verdict.rating, "budget": verdict.budget}
    for each in (*found.reach, *found.keep):
        yield reach_section(each, language, now[each.decision], decided)
    if found.certain is not None:
        yield from certainty_sections(found.certain, language, decided)


def next_better(verdict: Verdict, name: str) -> tuple[str, ...]:
    """The value of a result next above the present one; of a result that is not derived, the best."""
    values = _ranked(verdict, name)
    present = {"rating": verdict.rating, "budget": verdict.budget}[name]
    if present is None:
        return values[:1]
    at = values.index(present) if present in values else 0
    return values[at - 1 : at] if at else ()


def _ranked(verdict: Verdict, name: str) -> tuple[str, ...]:
    """The values of a result from the best to the worst; nothing where its values have no order."""
    rulebook = verdict.rulebook
    scale = rulebook.scales.get(name) if name in rulebook.by_name else None
    return scale.values if scale is not None and scale.ordered else ()


if __name__ == "__main__":
    main()
