"""`hyotei.prove`: what holds of a rulebook for every sheet."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import monotonic
from typing import Final, Literal, get_args

from hyotei.base import deadline
from hyotei.base.deadline import Watch, unwatched
from hyotei.compare.model import Why
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.checks.columns_without_influence import influence
from hyotei.proof.checks.gaps import gaps
from hyotei.proof.checks.masked_rows import masked
from hyotei.proof.checks.overlaps import overlaps
from hyotei.proof.checks.rows_without_effect import spare
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.checks.unreachable_values import unreachable
from hyotei.proof.laws.prove_law import prove_law
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.domains import law_not_proved, not_proved, tried_domains
from hyotei.proof.random_tests.drawn_sheets import TRIED, DrawnSheets, Engines
from hyotei.proof.random_tests.laws import tried_law
from hyotei.proof.random_tests.table_checks import tried_check
from hyotei.proof.results import Check, CheckName, LawResult, Method, ProofReport, Status
from hyotei.proof.solver import solver_version
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import law_of
from hyotei.rulebook.model import Decision, Law, Rulebook, Table

WHOLE_TIMEOUT: Final = 60.0
"""Seconds for everything unless the caller says otherwise."""

_Answer = list[Check] | LawResult
_Kind = Literal["check", "law", "remark"]
_KINDS: Final[tuple[_Kind, ...]] = get_args(_Kind)
_SHARES: Final = 4
_LEAST: Final = 2.0
"""Seconds that a job may take however many there are."""

_CHECKS: Final[tuple[tuple[CheckName, Callable[[TableUnderProof], list[Check]], bool], ...]] = (
    ("gap", gaps, False),
    ("overlap", overlaps, False),
    ("masked", masked, False),
    ("redundant", spare, True),
    ("unreachable_output", unreachable, True),
    ("no_influence", influence, True),
)
"""Each check of a table by its name; the last ones make remarks."""

OF_TABLES: Final = ("answers", "consistent")
"""The kinds of law that follow from the checks of the tables."""


def prove(
    rulebook: "Rulebook | str | os.PathLike[str]",
    laws: Sequence[str] | None = None,
    timeout: float = WHOLE_TIMEOUT,
    watch: Watch = unwatched,
) -> ProofReport:
    """Proves a rulebook, or shows by sheets where it fails.

    Args:
        rulebook: a loaded rulebook, its id, or its path.
        laws: the sentences of the laws to be proved; by default those of the rulebook, and all checks of its tables.
        timeout: seconds for all of it; what they do not suffice for is `open`, and more of them never prove less.
        watch: told how far it is, by the name of a decision or the text of a law.

    Raises:
        HyoteiError: the rulebook cannot be read, or a law is none.
    """
    book = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    start = monotonic()
    chosen = book.laws if laws is None else laws_of(book, laws)
    prover, engines = Prover(book, timeout), Engines(book)
    try:
        with deadline.within(timeout):
            needed = laws is None or any(law.kind in OF_TABLES for law in chosen)
            jobs = [*(_table_jobs(prover) if needed else ()), *(_law_job(prover, law) for law in chosen)]
            drawn = DrawnSheets(book, engines, TRIED)
            sound = tried_domains(prover, drawn, monotonic() + deadline.left() / 4)
            _work(prover, jobs, partial(_tried, prover, drawn, sound), watch)
    finally:
        prover.close()
        engines.close()
    checks = tuple(check for job in jobs for check in job.checks)
    found = tuple(_law(job, checks) for job in jobs if job.law is not None)
    milliseconds = int((monotonic() - start) * 1000)
    shown = checks if laws is None else ()
    # What is asked twice is told once.
    defects = tuple(each for at, each in enumerate(prover.defects) if each not in prover.defects[:at])
    return ProofReport(
        rulebook=book.id,
        title=book.title,
        hash=book.hash,
        solver=solver_version(),
        milliseconds=milliseconds,
        laws=found,
        checks=shown,
        book=book,
        defects=defects,
    )


@dataclass(slots=True)
class _Job:
    """One thing to be asked: a check of a table, or a law; and its answer once there is one."""

    name: str
    ask: "Callable[[], _Answer]"
    unanswered: "Callable[[Why], _Answer]"
    law: Law | None = None
    kind: _Kind = "check"
    answer: "_Answer | None" = None

    @property
    def checks(self) -> list[Check]:
        return self.answer if isinstance(self.answer, list) else []

    @property
    def late(self) -> bool:
        """Whether more time could bring more."""
        found = [self.answer] if isinstance(self.answer, LawResult) else self.checks
        return any(each.status in ("open", "not_run") and each.why == "timeout" for each in found)


def _work(prover: Prover, jobs: Sequence[_Job], tried: "Callable[[_Job, _Answer], _Answer]", watch: Watch) -> None:
    """Asks everything, checks first and remarks last; what was late is asked once more in what time is left.

    Each of the three has its share of the time, and each job in them may take a few times its own: most take less, and what is
    early is often what the rest rests on. Where there are too many, some are answered rather than none.
    """
    for again in (False, True):
        waiting = [job for job in jobs if not again or job.late]
        done = len(jobs) - len(waiting)
        for number, kind in enumerate(_KINDS):
            group = [job for job in waiting if job.kind == kind]
            with deadline.share(len(_KINDS) - number):
                for at, job in enumerate(group):
                    watch(done, len(jobs), job.name)
                    fair = deadline.left() * _SHARES / (len(group) - at)
                    with deadline.within(max(fair, _LEAST)):
                        found = _answer(prover, job, tried)
                    if job.answer is None or _settled(found) >= _settled(job.answer):
                        job.answer = found
                    done += 1
    watch(len(jobs), len(jobs), "")


def _answer(prover: Prover, job: _Job, tried: "Callable[[_Job, _Answer], _Answer]") -> "_Answer":
    """The answer of a job, as far as there is time; nothing is called proved that was not tried."""
    try:
        deadline.check_deadline()
        with deadline.share(2):
            found = job.ask()
        return tried(job, found)
    except deadline.OutOfTimeError:
        return job.unanswered("timeout")
    except HyoteiError as error:
        # Both engines differ on a counterexample. All else is told before that.
        prover.defects += error.diagnostics
        return job.unanswered("differs")


def _tried(prover: Prover, drawn: DrawnSheets, sound: bool, job: _Job, found: "_Answer") -> "_Answer":
    """An answer after drawn sheets tried to break it; where domains are not `sound`, what rests on them is open before."""
    end = monotonic() + deadline.left()
    if not isinstance(found, LawResult):
        checks = found if sound else list(map(not_proved, found))
        return [each for check in checks for each in tried_check(prover, check, drawn, end)]
    assert job.law is not None, "a law's job has the law"
    return tried_law(prover, job.law, found if sound else law_not_proved(found), drawn, end)


def _settled(found: "_Answer") -> tuple[int, int]:
    """How much of an answer is settled: whole answers, and parts of those that are open."""
    if isinstance(found, LawResult):
        return int(found.status != "open"), sum(each.status != "open" for each in found.reached)
    return sum(check.status != "open" for check in found), 0


def _table_jobs(prover: Prover) -> Iterator[_Job]:
    """Every check of every table, in the order of the rulebook."""
    for decision in prover.rulebook.decisions:
        if isinstance(decision.body, Table):
            view = TableUnderProof(prover, decision, decision.body)
            for name, check, note in _CHECKS:
                yield _table_job(view, name, check, note)
            yield _Job(decision.name, partial(_not_swept, view), lambda why: [], kind="remark")


def _table_job(
    view: TableUnderProof, name: CheckName, check: "Callable[[TableUnderProof], list[Check]]", note: bool
) -> _Job:
    def unanswered(why: Why) -> list[Check]:
        # A remark that was not looked for is no remark.
        return [] if note or not _applies(name, view.decision, view.table) else [view.open(name, why)]

    return _Job(view.decision.name, partial(check, view), unanswered, kind="remark" if note else "check")


def _applies(name: CheckName, decision: Decision, table: Table) -> bool:
    policies = {"gap": ("U", "A", "F", "P"), "overlap": ("U", "A")}
    return table.policy in policies.get(name, (table.policy,))


def _not_swept(view: TableUnderProof) -> list[Check]:
    """The remark that the second method did not look through a table."""
    if view.swept is not None:
        return []
    return [Check("second_method", view.decision.name, "not_run", "table", view.sweep_why, note=True)]


def _law_job(prover: Prover, law: Law) -> _Job:
    def ask() -> "_Answer":
        # Laws about tables follow from the checks.
        return prove_law(prover, law) if law.kind not in OF_TABLES else []

    def unanswered(why: Why) -> LawResult:
        return LawResult(law.text, law.kind, "open", "bounded", why)

    return _Job(law.text, ask, unanswered, law, kind="law")


def _law(job: _Job, checks: Sequence[Check]) -> LawResult:
    law = job.law
    assert law is not None
    if isinstance(job.answer, LawResult) and law.kind not in OF_TABLES:
        return job.answer
    asked = [check for check in checks if check.name == ("gap" if law.kind == "answers" else "overlap")]
    order: tuple[Status, ...] = ("refuted", "open")
    for status in order:
        for check in asked:
            if check.status == status:
                method = check.method
                example = check.counterexample
                return LawResult(
                    law.text, law.kind, status, method, check.why, counterexample=example, tried=check.tried
                )
    way: Method = "any_number" if any(check.by_itself for check in asked) else "table"
    return LawResult(law.text, law.kind, "proved", way, tried=min((check.tried for check in asked), default=0))


def laws_of(rulebook: Rulebook, texts: Sequence[str]) -> tuple[Law, ...]:
    """Laws from their sentences, looked up in a rulebook.

    Raises:
        HyoteiError: a sentence is no law of this rulebook's vocabulary; all are told.
    """
    found: list[Law] = []
    problems: list[Diagnostic] = []
    for text in texts:
        law = law_of(rulebook, text, problems)
        if law is not None:
            found.append(law)
    if problems:
        raise HyoteiError(*problems)
    return tuple(found)
