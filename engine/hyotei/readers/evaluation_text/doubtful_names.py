"""Names that are probably not all of their cell, or more than that: where cells were parted wrongly it shows in them."""

import re
from collections.abc import Iterable
from typing import Final

from hyotei.messages import Diagnostic, Param, Phrase, phrase
from hyotei.readers.evaluation_text.text_lines import SheetText, bare
from hyotei.sheet.models import Measure, Objective

_BRACKETS: Final = ("()", "[]", "「」", "『』", "【】", "<>")
_TAIL_FIRST: Final = re.compile(r"[※*]|[(\\[]?(?:※|注[0-9])|[0-9]?[)\\]】」』、。]")
_PARTICLE_FIRST: Final = re.compile(
    r"(?:に(?:関する|係る|よる|おける|対する)|を|が|の(?![ぁ-ん])|は(?![ぁ-ん])|と(?![ぁ-ん])|する|した|され)"
)
_OTHER_LABELS: Final = re.compile(
    "(?:政策|施策)の概要|基本目標|達成すべき目標|担当部局|作成責任者|政策評価実施|(?:政策|施策)の予算額|測定指標|分野(?=$|[:：])"
)
_SENTENCE_IN: Final = re.compile("。.|、全国|については、")
_LONGEST: Final = 120
_SHORTEST: Final = 2


def doubt(name: str) -> Phrase | None:
    """Why a name was probably misread; None for one that may well be right."""
    text = bare(name)
    if unpaired(text):
        return phrase("evaluation_text.doubtful.brackets")
    if _TAIL_FIRST.match(text):
        return phrase("evaluation_text.doubtful.begins_with_sign")
    other = _OTHER_LABELS.search(text)
    if other is not None:
        return phrase("evaluation_text.doubtful.other_label", label=other.group())
    if len(text) > _LONGEST:
        return phrase("evaluation_text.doubtful.too_long")
    return None


def unpaired(text: str) -> bool:
    """Whether the brackets of a text do not pair, as where the edge of its cell cut it off."""
    for opening, closing in _BRACKETS:
        depth = 0
        for sign in text:
            depth += (sign == opening) - (sign == closing)
            if depth < 0:
                return True
        if depth:
            return True
    return False


def tell_names(objectives: Iterable[Objective], document: SheetText, problems: list[Diagnostic]) -> None:
    """Tells the names of indicators that were probably misread, and the indicators without anything printed beside them."""
    for objective in objectives:
        for indicator in objective.indicators:
            text = bare(indicator.name)
            reason = doubt(indicator.name)
            if reason is None and _PARTICLE_FIRST.match(text):
                reason = phrase("evaluation_text.doubtful.mid_word")
            if reason is None and _SENTENCE_IN.search(text):
                reason = phrase("evaluation_text.doubtful.sentence")
            if reason is None and len(text) < _SHORTEST:
                reason = phrase("evaluation_text.doubtful.too_short")
            if reason is None and not any(map(_printed, indicator.measures)):
                reason = phrase("evaluation_text.doubtful.no_figure")
            if reason is not None:
                line = next(iter(_lines(indicator.measures)), None)
                params: dict[str, Param] = {"name": indicator.name[:60], "reason": reason}
                problems.append(Diagnostic("HY899", document.at(line), params))


def _printed(measure: Measure) -> bool:
    quantities = [measure.baseline, measure.target, measure.actual, measure.final_target]
    quantities += [each for point in measure.series for each in (point.target, point.actual)]
    return any(each.source is not None for each in quantities)


def _lines(measures: Iterable[Measure]) -> Iterable[int]:
    for measure in measures:
        for quantity in (measure.baseline, measure.target, measure.actual):
            if quantity.source is not None and quantity.source.line is not None and quantity.source.page is None:
                yield quantity.source.line
