"""What `hyotei rate` is asked beyond the verdict: whether it is certain, what would reach another, what would lose it."""

import json
from typing import TYPE_CHECKING, Final

from hyotei.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from hyotei.base.deadline import Watch
    from hyotei.document import Section
    from hyotei.messages import Diagnostic, Language
    from hyotei.proof.certainty.model import Certainty, Reach
    from hyotei.verdict.verdict import Verdict

SCHEMA: Final = "hyotei.rate/1"


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of each sheet."""

    certain: bool
    reach: tuple[str, ...]
    keep: tuple[str, ...]
    timeout: float
    judgments: bool = False
    """Whether judgments that were given may be others."""

    @property
    def any(self) -> bool:
        return self.certain or bool(self.reach) or bool(self.keep)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers beside their verdict."""

    verdict: "Verdict"
    certain: "Certainty | None"
    reach: "tuple[Reach, ...]"
    keep: "tuple[Reach, ...]"

    def to_json(self, language: "Language", indent: int | None) -> str:
        """One document with the verdict, as `rate --json` alone has it, and the answers."""
        from hyotei.base.result_json import result_data

        data = {
            "schema": SCHEMA,
            "verdict": result_data(self.verdict.data(language)),
            "certain": None if self.certain is None else result_data(self.certain),
            "reach": [result_data(each) for each in self.reach],
            "keep": [result_data(each) for each in self.keep],
        }
        return json.dumps(data, ensure_ascii=False, indent=indent)

    def sections(self, language: "Language") -> "tuple[Section, ...]":
        """The answers as parts of the document of the verdict."""
        from hyotei.report.certainty_document import certainty_sections
        from hyotei.report.reach_document import reach_section

        decided = self.verdict.rulebook.by_name.keys()
        now = {"rating": self.verdict.rating, "budget": self.verdict.budget}
        certain = () if self.certain is None else certainty_sections(self.certain, language, decided)
        ways = (reach_section(each, language, now[each.decision], decided) for each in (*self.reach, *self.keep))
        return *certain, *ways


def asked(
    verdict: "Verdict", questions: Questions, language: "Language", watch: "Watch"
) -> "tuple[Answers | None, tuple[Diagnostic, ...]]":
    """The answers on one verdict, all together in the time of `questions`; or what is wrong with the questions."""
    from hyotei.base.deadline import left, within
    from hyotei.messages import HyoteiError
    from hyotei.proof.certainty.certain import certain
    from hyotei.proof.certainty.reach import keep, reach

    problems: list[Diagnostic] = []
    reached: list[Reach] = []
    kept: list[Reach] = []
    certainty: Certainty | None = None
    waiting = len(questions.reach) + len(questions.keep) + questions.certain
    with within(questions.timeout):
        for ask, values, found in ((reach, questions.reach, reached), (keep, questions.keep, kept)):
            for value in values:
                try:
                    found.append(
                        ask(
                            verdict,
                            value,
                            language=language,
                            timeout=left() / waiting,
                            judgments=questions.judgments,
                        )
                    )
                except HyoteiError as error:
                    problems.extend(each for each in error.diagnostics if each not in problems)
                waiting -= 1
        if questions.certain and not problems:
            try:
                certainty = certain(
                    verdict, language=language, timeout=left(), watch=watch, judgments=questions.judgments
                )
            except HyoteiError as error:
                problems.extend(each for each in error.diagnostics if each not in problems)
    if problems:
        return None, tuple(problems)
    return Answers(verdict, certainty, tuple(reached), tuple(kept)), ()
