"""What stood in the way of other results, and how far each number is from where the verdict would change."""

from collections.abc import Iterator

from hyotei.document import Block, Item, Items, joined
from hyotei.report.verdict_words import VerdictWords
from hyotei.verdict.model import Alternative


def why_not(words: VerdictWords, wanted: tuple[str, ...]) -> Iterator[Block]:
    """Why the results are no other: for the values that are asked about, or for all."""
    found = [
        (name, each)
        for name, alternatives in words.data.why_not.items()
        for each in alternatives
        if not wanted or each.value in wanted
    ]
    told = {each.value for _, each in found}
    items = [Item(joined(_lead(words, name, each), each.sentence)) for name, each in found]
    items += [Item(_no_reason(words, value)) for value in wanted if value not in told]
    if items:
        yield Items(tuple(items))


def _lead(words: VerdictWords, name: str, each: Alternative) -> str:
    """`評価区分が B でない（行3）：`"""
    decision, _, unit = name.partition("@")
    step = next((step for step in words.data.derivation if step.decision == decision), None)
    title = step.title if step is not None else decision
    if not unit:
        key = "verdict_document.why_not.of_sheet" if each.row is None else "verdict_document.why_not.of_sheet_row"
        return words.say(key, title=title, value=each.value, row=each.row)
    measure = next(measure for measure in words.data.measures if measure.unit == unit)
    value = words.scale_value("result", each.value) if decision == "result" else each.value
    key = "verdict_document.why_not.of_measure" if each.row is None else "verdict_document.why_not.of_measure_row"
    return words.say(key, title=title, value=value, row=each.row, measure=words.numbered(measure))


def _no_reason(words: VerdictWords, value: str) -> str:
    """Why there is nothing to say of why it is not a value: it is that one, or no measure could have been better."""
    for name, result in (("rating", words.data.rating), ("budget", words.data.budget)):
        if value == result:
            step = words.steps.get(f"{name}@sheet")
            title = step.title if step is not None else name
            return words.say("verdict_document.why_not.is_that", title=title, value=value)
    return words.say("verdict_document.why_not.no_reason", value=words.scale_value("result", value))


def margins(words: VerdictWords) -> Iterator[Block]:
    """How far each input of a table is from where some row begins or ceases to hold."""
    measures = {measure.unit: measure for measure in words.data.measures}
    items = []
    for margin in words.data.margins:
        measure = measures.get(margin.unit)
        sentence = margin.sentence
        if measure is not None:
            named = words.numbered(measure)
            sentence = words.say("verdict_document.margin.of_measure", measure=named, sentence=sentence)
        items.append(Item(sentence))
    if items:
        yield Items(tuple(items))
