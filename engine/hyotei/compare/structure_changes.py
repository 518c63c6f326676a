"""What one of two rulebooks has and the other has not, from decisions to laws; and what is only worded otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hyotei.compare.common_years import common_years
from hyotei.compare.model import Note, Structural
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.term_parts import mentioned


def structure(old: Rulebook, new: Rulebook) -> tuple[Structural, ...]:
    """Everything of the kind, in the order of the documents."""
    found: list[Structural] = []
    for part in (_years, _scales, _parameters, _decisions, _figures, _laws, _wording):
        found += part(old, new)
    return tuple(found)


def _years(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    told = [f"{book.first_year or ''}..{book.last_year or ''}" for book in (old, new)]
    if told[0] != told[1]:
        yield Structural("years", "fiscal_years", before=told[0], after=told[1])
    if common_years(old, new) is None:
        yield Structural("no_common_year", "fiscal_years", before=told[0], after=told[1])


def _either(
    before: Iterable[str], after: Iterable[str], removed: Note, added: Note, of: str = ""
) -> Iterator[Structural]:
    first, second = list(dict.fromkeys(before)), list(dict.fromkeys(after))
    yield from (Structural(removed, name, of) for name in first if name not in second)
    yield from (Structural(added, name, of) for name in second if name not in first)


def _scales(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    yield from _either(old.scales, new.scales, "scale_removed", "scale_added")
    for name, scale in old.scales.items():
        other = new.scales.get(name)
        if other is None:
            continue
        yield from _either(scale.values, other.values, "scale_value_removed", "scale_value_added", name)
        orders = [
            [value for value in one.values if value in two.values] for one, two in ((scale, other), (other, scale))
        ]
        if scale.ordered != other.ordered or orders[0] != orders[1]:
            yield Structural("scale_order", name, before=", ".join(orders[0]), after=", ".join(orders[1]))
        for value in scale.values:
            if value in other.labels and scale.labels[value] != other.labels[value]:
                yield Structural("wording", value, name, scale.labels[value], other.labels[value])


def _parameters(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    yield from _either(old.parameters, new.parameters, "parameter_removed", "parameter_added")


def _decisions(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    yield from _either(old.by_name, new.by_name, "decision_removed", "decision_added")
    for decision in new.decisions:
        before = old.by_name.get(decision.name)
        if before is None:
            continue
        if before.scope != decision.scope:
            yield Structural("scope", decision.name, decision.name, before.scope, decision.scope)
        outputs = [[each.name for each in one.outputs] for one in (before, decision)]
        yield from _either(outputs[0], outputs[1], "output_removed", "output_added", decision.name)


def _figures(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    def read(book: Rulebook) -> list[str]:
        found = {
            f"{part.scope}.{part.name}"
            for decision in book.decisions
            for part in mentioned(decision)
            if isinstance(part, t.Figure)
        }
        return sorted(found)

    yield from _either(read(old), read(new), "figure_removed", "figure_added")


def _laws(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    laws = [{replace(law, text=""): law.text for law in book.laws} for book in (old, new)]
    yield from (Structural("law_removed", text) for law, text in laws[0].items() if law not in laws[1])
    yield from (Structural("law_added", text) for law, text in laws[1].items() if law not in laws[0])


def _wording(old: Rulebook, new: Rulebook) -> Iterator[Structural]:
    for name in ("id", "title", "authority", "standing"):
        before, after = str(getattr(old, name)), str(getattr(new, name))
        if before != after:
            yield Structural("wording", name, before=before, after=after)
    if old.sources != new.sources:
        yield Structural("wording", "sources", before=", ".join(old.sources), after=", ".join(new.sources))
    for name, parameter in old.parameters.items():
        other = new.parameters.get(name)
        if other is not None and (parameter.label, parameter.source) != (other.label, other.source):
            yield Structural("wording", name, before=parameter.label, after=other.label)
    for decision in new.decisions:
        earlier = old.by_name.get(decision.name)
        if earlier is None:
            continue
        if earlier.title != decision.title:
            yield Structural("wording", "title", decision.name, earlier.title, decision.title)
        yield from _remarks(earlier, decision)


def _remarks(before: Decision, after: Decision) -> Iterator[Structural]:
    """Remarks beside rows that are otherwise the same."""
    if not isinstance(before.body, Table) or not isinstance(after.body, Table):
        return
    kept = {(row.checks, row.outputs): row for row in before.body.rows}
    for row in after.body.rows:
        other = kept.get((row.checks, row.outputs))
        if other is not None and (other.annotation, other.question) != (row.annotation, row.question):
            words = (other.annotation, row.annotation)
            if words[0] == words[1]:
                words = (other.question, row.question)
            yield Structural("wording", str(row.number), after.name, *words)
