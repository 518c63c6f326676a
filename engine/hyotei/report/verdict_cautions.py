"""What to be careful about with a verdict: findings, what was unknown, assumed, corrected or not read."""

from collections.abc import Iterator

from hyotei.columnar.decision_reads import figures_read
from hyotei.document import Block, Item, Items, Note, Paragraph, Text, Tone, code, joined, toned
from hyotei.report.result_words import result_words
from hyotei.report.unread_words import part_name
from hyotei.report.verdict_words import VerdictWords
from hyotei.sheet.unread_parts import LIST_OF
from hyotei.verdict.corrections import corrections as corrected
from hyotei.verdict.model import FindingRef, UnknownRef


def unsure(words: VerdictWords) -> Iterator[Block]:
    """In short: which unknown values would change the result and to what, and how much else there is to look at."""
    data, say = words.data, words.say
    matter = [each for each in data.unknowns if each.could_matter is not False]
    items = [Item(_named(words, each), blocks=tuple(_influence(words, each))) for each in matter]
    others = len(data.unknowns) - len(matter)
    if not matter:
        items.append(Item(say("verdict_document.unsure.nothing")))
    if others:
        items.append(Item(say("verdict_document.unsure.no_matter", count=others)))
    counts = {
        "verdict_document.unsure.serious": sum(finding.severity == "serious" for finding in data.findings),
        "verdict_document.unsure.assumed": len(data.assumptions),
        "verdict_document.unsure.corrected": sum(1 for _ in corrected(words.verdict.sheet, words.language)),
    }
    items += [Item(say(key, count=count)) for key, count in counts.items() if count]
    if parts := _unread_parts(words):
        items.append(Item(say("verdict_document.unsure.unread", parts=say.listed(parts))))
    if data.rulebook.standing == "inferred":
        items.append(Item(say("verdict_document.unsure.standing_inferred")))
    if data.rulebook.standing == "draft":
        items.append(Item(say("verdict_document.unsure.standing_draft")))
    yield Items(tuple(items))


def findings(words: VerdictWords) -> Iterator[Block]:
    """Each finding with its figures, what speaks against it, and what to ask."""
    return (_finding(words, each) for each in words.data.findings)


def _finding(words: VerdictWords, finding: FindingRef) -> Note:
    say = words.say
    tone: Tone = "bad" if finding.severity == "serious" else "plain"
    figures = say.listed(
        say("verdict_document.finding.figure", name=name, value=value) for name, value in finding.figures.items()
    )
    told = say("verdict_document.finding.told", message=finding.message, figures=figures)
    lines: list[Text] = [told if figures else finding.message]
    doubt, ask = say("verdict_document.finding.doubt"), say("verdict_document.finding.ask")
    lines += [joined(toned(doubt, "faint"), each.text) for each in finding.doubts]
    lines += [joined(toned(ask, "faint"), finding.question)] if finding.question else []
    title = code(finding.code) if finding.unit == "sheet" else joined(code(finding.code), f"  {finding.subject}")
    label = words.scale_value("severity", finding.severity)
    return Note(label, joined(title), tone, tuple(Paragraph(line) for line in lines))


def unknowns(words: VerdictWords) -> Iterator[Block]:
    """Every value that was unknown, and what difference it could make."""
    if words.data.unknowns:
        yield Items(
            tuple(Item(_named(words, each), blocks=tuple(_influence(words, each))) for each in words.data.unknowns)
        )


def _named(words: VerdictWords, each: UnknownRef) -> str:
    judged = words.judged(each)
    if judged:
        return judged
    values = {"title": each.title, "reason": words.reason(each.reason)}
    if not each.subject:
        return words.say("verdict_document.waits_for.of_sheet", **values)
    return words.say("verdict_document.unknown.of_subject", subject=each.subject, **values)


def _influence(words: VerdictWords, each: UnknownRef) -> Iterator[Block]:
    """What the results would be for each value that it could have."""
    say = words.say
    if each.could_matter is None:
        yield Paragraph(say("verdict_document.unknown.open"), "faint")
        return
    if not each.could_matter:
        yield Paragraph(say("verdict_document.unknown.no_matter"), "faint")
        return
    key = "verdict_document.unknown.possible" if each.exhaustive else "verdict_document.unknown.possible_example"
    for possibility in each.possibilities:
        bands = say.listed(possibility.bands, "verdict_document.unknown.or")
        outcome = result_words(possibility.rating, possibility.budget, words.language, words.decided)
        whatever = possibility.bands == (say("verdict.any_value"),)
        yield Paragraph(say("verdict_document.unknown.possible_any" if whatever else key, bands=bands, outcome=outcome))
    if not each.exhaustive:
        yield Paragraph(say("verdict_document.unknown.others"), "faint")


def assumptions(words: VerdictWords) -> Iterator[Block]:
    """What was taken to be so without being stated."""
    if words.data.assumptions:
        yield Items(tuple(Item(each.text) for each in words.data.assumptions))


def corrections(words: VerdictWords) -> Iterator[Block]:
    """What a person has corrected."""
    found = tuple(Item(text) for text, _ in corrected(words.verdict.sheet, words.language))
    if found:
        yield Items(found)


def unread(words: VerdictWords) -> Iterator[Block]:
    """The parts of a sheet that what was read does not carry."""
    if parts := _unread_parts(words):
        yield Paragraph(words.say("verdict_document.unread.says"), "faint")
        yield Items(tuple(map(Item, parts)))


def _unread_parts(words: VerdictWords) -> list[str]:
    """Those that the rulebook reads something of."""
    read = figures_read(words.verdict.rulebook)
    wanted: set[str | None] = {LIST_OF.get(each.scope) for each in read}
    wanted.update(each.row.carried_by for each in read)
    return [part_name(part, words.say) for part in words.verdict.sheet.unread if part in wanted]
