"""A document to a rulebook: read, look up, check, put in order. All problems are told at once."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial

from hyotei.messages import Diagnostic, HyoteiError, Location, phrase
from hyotei.rulebook.canonical import content_hash
from hyotei.rulebook.check.annotations import contradicted
from hyotei.rulebook.check.decision_order import in_order, silent_about_unknown, unused
from hyotei.rulebook.check.decisions import Builder
from hyotei.rulebook.check.empty_lists import true_of_nothing
from hyotei.rulebook.check.laws import law
from hyotei.rulebook.check.names import DecisionName, Names
from hyotei.rulebook.check.unknown_outside import nothing_for_unknown
from hyotei.rulebook.document_formats import ReadDocument
from hyotei.rulebook.fallen_rows import fallen_rows
from hyotei.rulebook.former_names import former_facts
from hyotei.rulebook.front_matter import FrontMatter, front_matter
from hyotei.rulebook.head import Head
from hyotei.rulebook.model import RESULTS, Decision, Law, Output, Rulebook, Scale
from hyotei.rulebook.outline import Draft, outline
from hyotei.rulebook.rulebook_text import RulebookText, problem_order
from hyotei.rulebook.term_domain import Domains
from hyotei.rulebook.types import AnyType, ScaleType
from hyotei.rulebook.vocabulary import BUILT_IN_SCALES, LISTS, PARENT, figure
from hyotei.sheet.figures import BY_PATH as SHEET_FIGURES
from hyotei.sheet.scopes import SCOPES


def head_of(text: str) -> Head:
    """What says which rulebook a document is; only its front matter is read, so that a library of long ones is listed quickly."""
    end = text.find("\n---", 3)
    front = text if end < 0 else text[: end + 4] + "\n"
    found = front_matter(RulebookText.parse(front), [])
    return Head(*(getattr(found, each.name) for each in fields(Head)))


def parse_rulebook(text: str, file: str | None = None) -> Rulebook:
    """The rulebook of a document's text.

    Raises:
        HyoteiError: the rulebook has errors; all of them are told, in the order of their places.
    """
    rulebook, problems = check_rulebook(RulebookText.parse(text, file))
    errors = [problem for problem in problems if problem.severity == "error"]
    if rulebook is None or errors:
        raise HyoteiError(*problems)
    return rulebook


def parse_document(document: ReadDocument, file: str) -> Rulebook:
    """The rulebook of a document that was read from a file of whatever format; problems are told by their places in that file.

    Raises:
        HyoteiError: the file or the rulebook has errors; all of them are told.
    """
    rulebook, problems = check_document(document, file)
    if rulebook is None:
        raise HyoteiError(*problems)
    return rulebook


def check_document(document: ReadDocument, file: str) -> tuple[Rulebook | None, list[Diagnostic]]:
    """The same as far as it can be made, None as soon as there is an error, with every problem."""
    rulebook, problems = check_rulebook(RulebookText.parse(document.text, file))
    told = [*document.problems, *document.told(problems)]
    if rulebook is None or any(problem.severity == "error" for problem in told):
        return None, told
    return replace(rulebook, warnings=tuple(told)), told


def check_rulebook(document: RulebookText) -> tuple[Rulebook | None, list[Diagnostic]]:
    """The rulebook of a document as far as it can be made, and every problem of it in the order of the document.

    The rulebook is None as soon as there is an error: a rulebook with errors decides nothing.
    """
    fallen = fallen_rows(document)
    problems: list[Diagnostic] = [*fallen.others(document.diagnostics), *fallen.problems]
    head = front_matter(document, problems)
    former = former_facts(document.text, head.facts, head.scales, document.file, problems)
    head.facts = {**head.facts, **{fact.name: fact for fact in former}}
    drafts = outline(document, problems, fallen)
    names = _names(head, drafts, problems, document.file)
    builder = Builder(names, problems)
    kept = _named_once(drafts, names, problems)
    for draft in kept:
        builder.add(draft)
    decisions = in_order(builder.build_all(), document.file, problems)
    problems += [
        Diagnostic("HY549", Location(document.file, decision.line, heading=decision.title), {"name": decision.name})
        for decision in decisions
        if decision.name in RESULTS and not isinstance(decision.outputs[0].type, (ScaleType, AnyType))
    ]
    named = {decision.name for decision in decisions}
    problems += [
        Diagnostic("HY358", head.gap_places[name], {"name": name}) for name in head.known_gaps if name not in named
    ]
    lawful: dict[str, None] = {}
    laws = [found for text, where in head.laws if (found := law(text, names, where, problems, lawful)) is not None]
    if not decisions and not any(problem.severity == "error" for problem in problems):
        problems.append(Diagnostic("HY333", Location(document.file)))
    if any(problem.severity == "error" for problem in problems):
        return None, sorted(problems, key=problem_order)
    problems += unused(decisions, laws, set(lawful), head.parameter_places, document.file)
    rulebook = _rulebook(head, names, decisions, laws, document.file)
    domains = Domains(rulebook, gaps=False)
    problems += silent_about_unknown(decisions, domains, document.file)
    problems += nothing_for_unknown(decisions, domains, rulebook, document.file)
    problems += true_of_nothing(decisions, document.file)
    problems += contradicted(decisions, head.parameters, document.file)
    problems.sort(key=problem_order)
    warnings = tuple(problem for problem in problems if problem.severity != "error")
    return replace(rulebook, warnings=warnings), problems


def law_of(rulebook: Rulebook, text: str, problems: list[Diagnostic]) -> Law | None:
    """A law about a rulebook from its sentence; None, with a problem told, where it is none."""
    return law(text, names_of(rulebook), Location(), problems, {})


def names_of(rulebook: Rulebook) -> Names:
    """What names mean in a rulebook that has been checked."""
    names = Names(parameters=dict(rulebook.parameters), facts=dict(rulebook.facts))
    for scale in rulebook.scales.values():
        names.scales[scale.name] = ScaleType(scale.name, scale.values, scale.ordered)
        names.labels[scale.name] = scale.labels
    for decision in rulebook.decisions:
        for output in decision.outputs:
            if isinstance(output.type, ScaleType):
                names.scales.setdefault(output.type.name, output.type)
        outputs = partial(_outputs, decision)
        names.decisions[decision.name] = DecisionName(
            decision.name, decision.scope, outputs, not decision.audit, decision.title
        )
    return names


def _outputs(decision: Decision) -> tuple[Output, ...]:
    return decision.outputs


def _taken_facts(head: FrontMatter, taken: set[str], file: str | None) -> Iterator[Diagnostic]:
    """Tells of facts whose name or label means something else."""
    parts = {*LISTS, *PARENT, "sheet"}
    for fact in head.facts.values():
        for name in filter(None, (fact.name, fact.label)):
            if any((scope, name) in SHEET_FIGURES for scope in SCOPES):  # also of figures that no rule reads
                other = phrase("rulebook.other_name.figure")
            elif name in parts:
                other = phrase("rulebook.other_name.part")
            elif name in taken or name in head.parameters or (name != fact.name and name in head.facts):
                other = phrase("rulebook.other_name.something")
            else:
                continue
            yield Diagnostic("HY539", Location(file, fact.line), {"name": name, "other": other})


def _names(head: FrontMatter, drafts: list[Draft], problems: list[Diagnostic], file: str | None) -> Names:
    names = Names(parameters=dict(head.parameters), facts=dict(head.facts))
    for scale in head.scales.values():
        names.scales[scale.name] = ScaleType(scale.name, scale.values, scale.ordered)
        names.labels[scale.name] = scale.labels
    taken = {draft.name for draft in drafts}
    problems += _taken_facts(head, taken, file)
    for name, where in head.parameter_places.items():
        if name in taken or name in LISTS or name in PARENT or name == "sheet":
            problems.append(
                Diagnostic("HY539", where, {"name": name, "other": phrase("rulebook.other_name.something")})
            )
    return names


def _named_once(drafts: list[Draft], names: Names, problems: list[Diagnostic]) -> list[Draft]:
    """The drafts whose name means nothing else."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        other = None
        if draft.name in kept:
            other = phrase("rulebook.other_name.decision", line=kept[draft.name].line)
        elif figure(draft.scope, draft.name):
            other = phrase("rulebook.other_name.figure")
        elif draft.name in LISTS or draft.name in PARENT or draft.name == "sheet":
            other = phrase("rulebook.other_name.part")
        if draft.name in RESULTS and draft.scope != "sheet":
            problems.append(Diagnostic("HY545", draft.place, {"name": draft.name}))
        if other is None:
            kept[draft.name] = draft
        else:
            problems.append(Diagnostic("HY539", draft.place, {"name": draft.name, "other": other}))
    return list(kept.values())


def _rulebook(
    head: FrontMatter,
    names: Names,
    decisions: tuple[Decision, ...],
    laws: list[Law],
    file: str | None,
) -> Rulebook:
    built_in = {scale.name for scale in BUILT_IN_SCALES}
    scales = {
        name: head.scales.get(name) or Scale(name, dict.fromkeys(scale.values, ""), scale.ordered)
        for name, scale in names.scales.items()
        if name not in built_in or name in head.scales
    }
    rulebook = Rulebook(
        id=head.id,
        title=head.title,
        authority=head.authority,
        standing=head.standing,
        first_year=head.first_year,
        last_year=head.last_year,
        scales=scales,
        parameters={name: replace(each, type=names.kind_of(each)) for name, each in head.parameters.items()},
        decisions=decisions,
        laws=tuple(laws),
        sources=head.sources,
        digits=head.digits,
        rounding=head.rounding,
        english=head.english,
        same_findings=head.same_findings,
        facts=head.facts,
        version=head.version,
        effective=head.effective,
        supersedes=head.supersedes,
        derived_from=head.derived_from,
        known_gaps=head.known_gaps,
        forms=head.forms,
        hash="",
        file=file,
    )
    return replace(rulebook, hash=content_hash(rulebook))
