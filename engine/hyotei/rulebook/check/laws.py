"""Laws: sentences of a small vocabulary, looked up and type-checked. Their meaning is in law_meaning.py, their proof elsewhere."""

from hyotei.messages import Diagnostic, Language, Listed, Location, phrase
from hyotei.rulebook.check.expressions import Resolver
from hyotei.rulebook.check.law_sentences import (
    SCOPES,
    LawSentence,
    LawWords,
    nearest_form,
    read_sentence,
)
from hyotei.rulebook.check.law_writing import write_sentence
from hyotei.rulebook.check.names import Names, suggestion
from hyotei.rulebook.model import Law
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import AnyType, NumberType, ScaleType, Type, words
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS, FIGURES, LISTS


def law(text: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> Law | None:
    """A law from its sentence in either language; None, with a problem told, where it is none."""
    written = " ".join(text.split())
    try:
        found = read_sentence(written, law_words(names))
    except SyntaxProblem as problem:
        problems.append(problem.diagnostic(place))
        return None
    if not found:
        form = nearest_form(written)
        problems.append(Diagnostic("HY550", place, {"text": written, "form": form}))
        return None
    if len(found) > 1:
        problems.append(Diagnostic("HY553", place, {"text": written, "readings": _told_apart(found)}))
        return None
    (sentence,) = found
    match sentence.kind:
        case "monotone":
            output, given = sentence.output, sentence.input
            both = _ordered(output, names, place, problems, needs), _ordered(given, names, place, problems, needs)
            made = Law("monotone", written, output, given, sentence.falls, sentence.input_rises)
            return made if all(both) else None
        case "reachable":
            of = _type(sentence.output, names, place, problems, needs)
            if of is None or isinstance(of, AnyType):
                return None
            if not isinstance(of, ScaleType):
                problems.append(Diagnostic("HY552", place, {"name": sentence.output, "found": words(of)}))
                return None
            return Law("reachable", written, sentence.output)
        case "one_more":
            return _one_more(written, sentence, names, place, problems, needs)
        case "implies":
            return _implies(written, sentence, names, place, problems, needs)
        case _:
            return Law(sentence.kind, written)


def sentence_in(text: str, language: Language, names: Names) -> str:
    """A law that was written in one language as a sentence of another; as it was written where it is in that language."""
    written = " ".join(text.split())
    known = law_words(names)
    try:
        found = read_sentence(written, known)
    except SyntaxProblem:
        return written
    return write_sentence(found[0], language, known) if len(found) == 1 else written


def law_words(names: Names) -> LawWords:
    """What the titles and labels of a rulebook mean in a Japanese sentence."""
    titles: dict[str, set[str]] = {}
    named = [(each.title, each.name) for each in names.decisions.values()]
    named += [(each.label, each.name) for each in names.parameters.values()]
    named += [(figure.ja, figure.name) for figure in FIGURES]
    named += [(fact.label, fact.name) for fact in names.facts.values()]
    for title, name in named:
        if title:
            titles.setdefault(title, set()).add(name)
    for name in {name for _, name in named}:
        # A Japanese sentence may call things by their names as well.
        titles.setdefault(name, set()).add(name)

    def scale_of(name: str) -> str:
        of = _type(name, names, Location(), [], {})
        return of.name if isinstance(of, ScaleType) else ""

    # The rulebook's own words come first.
    labels = {**names.labels, **{name: told for name, told in BUILT_IN_LABELS.items() if name not in names.labels}}
    for scale in names.scales.values():
        labels.setdefault(scale.name, dict.fromkeys(scale.values, ""))
    return LawWords(titles, labels, names.special(), scale_of)


def _told_apart(found: list[LawSentence]) -> Listed:
    """The readings of a sentence, in English, where everything has one name."""
    told = (write_sentence(each, "en", LawWords()) for each in found[:4])
    return Listed(tuple(phrase("common.quoted", text=each) for each in told))


def _one_more(
    written: str,
    sentence: LawSentence,
    names: Names,
    place: Location,
    problems: list[Diagnostic],
    needs: dict[str, None],
) -> Law | None:
    value, scope = sentence.input, sentence.scope
    found = _ordered(sentence.output, names, place, problems, needs)
    if scope not in SCOPES:
        problems.append(Diagnostic("HY501", place, {"name": scope, "hint": suggestion(scope, SCOPES)}))
        return None
    meant = names.scales_with(value)
    if not meant:
        known = [each for scale in names.scales.values() for each in scale.values]
        problems.append(Diagnostic("HY501", place, {"name": value, "hint": suggestion(value, known)}))
        return None
    return Law("one_more", written, sentence.output, meant[0][1], scope=scope) if found else None


def _implies(
    written: str,
    sentence: LawSentence,
    names: Names,
    place: Location,
    problems: list[Diagnostic],
    needs: dict[str, None],
) -> Law | None:
    assert sentence.condition is not None
    assert sentence.consequence is not None
    before = len(problems)
    resolver = Resolver(names, "sheet", place, problems, needs)
    condition, consequence = resolver.boolean(sentence.condition), resolver.boolean(sentence.consequence)
    return Law("implies", written, condition=condition, consequence=consequence) if len(problems) == before else None


def _ordered(name: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> bool:
    """Whether the values of that name can rise and fall."""
    of = _type(name, names, place, problems, needs)
    if of is None:
        return False
    if isinstance(of, (NumberType, AnyType)) or (isinstance(of, ScaleType) and of.ordered):
        return True
    problems.append(Diagnostic("HY551", place, {"name": name, "found": words(of)}))
    return False


def _type(name: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> Type | None:
    """The type of a decision or figure of any scope."""
    parts = name.split(".")
    for scope in ("sheet", *LISTS.values()):
        found = Resolver(names, scope, place, [], needs).lookup(parts)
        if found is not None and found[2] == len(parts):
            return found[1]
    known = [*names.decisions, *(each for scope in LISTS.values() for each in names.visible(scope))]
    problems.append(Diagnostic("HY501", place, {"name": name, "hint": suggestion(name, known)}))
    return None
