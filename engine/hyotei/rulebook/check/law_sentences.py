"""Laws as sentences, in English and in Japanese: one list of forms, read here in both languages and written by `law_writing.py`.

An English sentence names things as rules do. A Japanese one names them by their titles, or in backticks as rules do; its
conditions are said in words where they are comparisons, and stand in backticks as rules write them where they are more.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from difflib import SequenceMatcher
from typing import Final, Literal

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language
from hyotei.rulebook import syntax as s
from hyotei.rulebook.model import LawKind
from hyotei.rulebook.parser import REASON_WORDS, parse_expression
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import Scope


@dataclass(frozen=True, slots=True)
class LawSentence:
    """What a sentence says, with the names in it not yet looked up."""

    kind: LawKind
    output: str = ""
    input: str = ""
    falls: bool = False
    input_rises: bool = True
    condition: s.Expression | None = None
    consequence: s.Expression | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class LawWords:
    """What a rulebook calls things in Japanese: the names that a title may mean, the values that a label may mean, by scale.

    `scale_of` gives the scale of what a name stands for, or an empty text.
    """

    titles: "dict[str, set[str]]" = field(default_factory=dict)
    labels: "dict[str, dict[str, str]]" = field(default_factory=dict)
    special: tuple[str, ...] = ()
    scale_of: "Callable[[str], str]" = field(default=lambda _: "")

    def names(self, written: str) -> set[str]:
        """The names that are meant by what stands in a Japanese sentence."""
        if len(written) > 2 and written[0] == written[-1] == "`" and "`" not in written[1:-1]:
            return {folded(written[1:-1].strip())}
        found = self.titles.get(written)
        if found is None:
            found = next((names for title, names in self.titles.items() if folded(title) == folded(written)), None)
        if found is not None:
            return found
        return {written} if _NAME.fullmatch(written) else set()

    def title(self, name: str) -> str:
        """What a name is called, if nothing else is called so."""
        called = (title for title, names in self.titles.items() if names == {name} and title != name)
        return next(called, f"`{name}`")

    def values(self, scale: str, written: str) -> list[str]:
        """The values of a scale, or of all, that are meant by a value or its label."""
        found: dict[str, None] = {}
        for name, labels in self.labels.items():
            if scale and name != scale:
                continue
            for value, label in labels.items():
                if written in (value, label):
                    found[value] = None
        return list(found)


_NAME: Final = re.compile(r"[^\W\d][\w.]*")
_N: Final = r"([^\W\d][\w.]*)"
SCOPES: Final[dict[Scope, str]] = {
    "measure": "測定値",
    "indicator": "測定指標",
    "objective": "施策目標",
    "budget_year": "予算の年度",
}
ENDINGS: Final = {"falls": "下がらない", "rises": "上がらない"}
CHANGES: Final = {"rises": "上がっ", "falls": "下がっ"}
SIGNS: Final[dict[str, s.Comparator]] = {"以上": ">=", "以下": "<=", "未満": "<", "超": ">"}

FORMS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "every decision answers",
        "no two rows contradict",
        "OUTPUT never falls as INPUT rises",
        "every OUTPUT is reachable",
        "if CONDITION then CONDITION",
        "unknown never beats known",
        "one more VALUE measure never lowers the OUTPUT",
    ),
    "ja": (
        "どの判断も必ず答えを出す",
        "二つの行が矛盾しない",
        "［入力］が上がっても、［出力］は下がらない",
        "［出力］のどの値も、出ることがある",
        "［条件］のとき、［条件］",
        "不明な値が、分かっている値より良い結果になることはない",
        "［値］の測定値が一つ増えても、［出力］は下がらない",
    ),
}
"""The forms of laws as messages tell them, in one order."""


def language_of(text: str) -> Language:
    """The language of a sentence, by what stands outside of backticks."""
    return "ja" if re.search("[ぁ-ん]", re.sub(r"`[^`]*`", "", text)) else "en"


def nearest_form(text: str) -> str:
    """The form of a law that is most like a sentence, in its language."""
    forms = FORMS[language_of(text)]
    return max(forms, key=lambda form: SequenceMatcher(None, text, re.sub("［.*?］|[A-Z]{2,}", "", form)).ratio())


def read_sentence(text: str, words: LawWords) -> list[LawSentence]:
    """All that a sentence can mean: nothing where it is of no form, several where names in it mean several things.

    Raises:
        SyntaxProblem: a condition is not of the language of rules.
    """
    sentence = " ".join(text.split())
    english = list(_english(sentence, words))
    return english or list(dict.fromkeys(_japanese(sentence.removesuffix("。"), words)))


def _english(text: str, words: LawWords) -> Iterator[LawSentence]:
    match text:
        case "every decision answers":
            yield LawSentence("answers")
        case "no two rows contradict":
            yield LawSentence("consistent")
        case "unknown never beats known":
            yield LawSentence("unknown_never_beats")
    if found := re.fullmatch(rf"{_N} never (falls|rises) as {_N} (rises|falls)", text):
        output, verb, given, change = found.groups()
        yield LawSentence("monotone", output, given, verb == "falls", change == "rises")
    if found := re.fullmatch(rf"every {_N} is reachable", text):
        yield LawSentence("reachable", found[1])
    if found := re.fullmatch(rf"one more {_N} {_N} never lowers the {_N}", text):
        yield LawSentence("one_more", found[3], found[1], scope=found[2])
    if re.fullmatch(r"if\b.+\bthen\b.+", text):
        parsed = parse_expression(f"{text} else true", words.special)
        if isinstance(parsed, s.Conditional):
            yield LawSentence("implies", condition=parsed.condition, consequence=parsed.yes)


def _japanese(text: str, words: LawWords) -> Iterator[LawSentence]:
    plain = _bare(text)
    for kind, form in (("answers", 0), ("consistent", 1), ("unknown_never_beats", 5)):
        if plain == _bare(FORMS["ja"][form]):
            yield LawSentence(kind)  # type: ignore[arg-type]  # the three kinds
    for change, stem in CHANGES.items():
        for verb, end in ENDINGS.items():
            for given, output in _parted(text, f"が{stem}ても", f"は{end}"):
                for names in _all(words.names(output), words.names(given)):
                    yield LawSentence("monotone", *names, verb == "falls", change == "rises")
    for output, _ in _parted(text, "のどの値も", "出ることがある"):
        for name in sorted(words.names(output)):
            yield LawSentence("reachable", name)
    for scope, title in SCOPES.items():
        for value, output in _parted(text, f"の{title}が一つ増えても", "は下がらない"):
            for name in sorted(words.names(output)):
                for meant in words.values("", value.strip("`")) or [value.strip("`")]:
                    yield LawSentence("one_more", name, meant, scope=scope)
    # 「不明のとき」 is 不明, never a value 「不明の」.
    bare = ((left, right) for left, right in _parted(text, "とき", "") if not left.endswith("の"))
    for left, right in (*_parted(text, "のとき", ""), *bare):
        conditions = [list(_conditions(each, words)) for each in (left, right)]
        for condition in conditions[0]:
            for consequence in conditions[1]:
                yield LawSentence("implies", condition=condition, consequence=consequence)


def _bare(text: str) -> str:
    return re.sub(r"[\s、,]", "", text)


def _parted(text: str, middle: str, end: str) -> Iterator[tuple[str, str]]:
    """What stands before and between the words of a form, outside of backticks and parentheses."""
    if not text.endswith(end):
        return
    inside = _depths(text)
    for at in range(len(text)):
        if text.startswith(middle, at) and not inside[at]:
            rest = text[at + len(middle) : len(text) - len(end)].strip().removeprefix("、").removeprefix(",").strip()
            before = text[:at].strip()
            if before and (rest or end == "出ることがある"):
                yield before, rest


def _depths(text: str) -> list[bool]:
    """For each character whether it stands in backticks, in a text or in parentheses."""
    found: list[bool] = []
    level, closing = 0, ""
    for character in text:
        if closing:
            closing = "" if character == closing else closing
            found.append(True)
            continue
        if character in '`"':
            closing = character
        level += (character in "（(") - (character in "）)")
        found.append(level > 0 or character in '`"）)')
    return found


def _all(outputs: set[str], inputs: set[str]) -> Iterator[tuple[str, str]]:
    return ((output, given) for output in sorted(outputs) for given in sorted(inputs))


def _conditions(text: str, words: LawWords) -> Iterator[s.Expression]:
    """What a condition in Japanese can mean."""
    text = text.strip()
    for word, operator in (("または", "or"), ("かつ", "and")):
        parts = _split(text, word)
        if len(parts) > 1:
            yield from _joined([list(_conditions(part, words)) for part in parts], operator)  # type: ignore[arg-type]
            return
    if text[:1] in ("（", "(") and text[-1:] in ("）", ")") and all(_depths(text)):
        yield from _conditions(text[1:-1], words)
        return
    if code := _code(text):
        yield parse_expression(code, words.special)
        return
    inside = _depths(text)
    for at, character in enumerate(text):
        if character == "が" and not inside[at]:
            left, right = text[:at].strip(), text[at + 1 :].strip()
            for subject, name in _operands(left, words):
                yield from _comparisons(subject, name, right, words)


def _split(text: str, word: str) -> list[str]:
    inside, parts, start = _depths(text), [], 0
    for at in range(len(text)):
        if text.startswith(f" {word} ", at) and not inside[at]:
            parts.append(text[start:at])
            start = at + len(word) + 2
    return [*parts, text[start:]]


def _joined(parts: "list[list[s.Expression]]", operator: Literal["and", "or"]) -> Iterator[s.Expression]:
    found = parts[0]
    for part in parts[1:]:
        found = [s.Junction(operator, left, right) for left in found for right in part]
    yield from found


def _code(text: str) -> str:
    """The inside of a text that stands in backticks as a whole."""
    found = re.fullmatch(r"(`+)(.+?)(?<!`)\1", text)
    return found[2] if found else ""


def _operands(text: str, words: LawWords) -> Iterator[tuple[s.Expression, str]]:
    """One side of a comparison, with its name where it is one."""
    if code := _code(text):
        yield parse_expression(code, words.special), code
        return
    for name in sorted(words.names(text)):
        yield _path(name), name


def _path(name: str) -> s.Expression:
    first, *rest = name.split(".")
    found: s.Expression = s.Name(first)
    for part in rest:
        found = s.Path(found, part)
    return found


def _comparisons(left: s.Expression, name: str, text: str, words: LawWords) -> Iterator[s.Expression]:
    comparator: s.Comparator = "="
    if text.endswith("でない"):
        comparator, text = "!=", text.removesuffix("でない").strip()
    else:
        for word, sign in SIGNS.items():
            # A qualifier such as 以上 by itself is a value.
            if text.endswith(word) and text != word:
                comparator, text = sign, text.removesuffix(word).strip()
                break
    for right in _values(text, name, words):
        yield s.Comparison(comparator, left, right)


def _values(text: str, name: str, words: LawWords) -> Iterator[s.Expression]:
    if code := _code(text):
        yield parse_expression(code, words.special)
        return
    if found := re.fullmatch(r"不明(?:[（(](.+)[）)])?", text):
        reason = REASON_WORDS.get(found[1]) if found[1] else None
        if reason is not None or not found[1]:
            yield s.UnknownLiteral(reason)
        return
    scale = words.scale_of(name)
    meant = words.values(scale, text) if scale else []
    if meant:
        for value in meant:
            yield _parsed_value(value, words)
        return
    titled = words.titles.get(text)
    if titled is not None:
        yield from (_path(each) for each in sorted(titled))
        return
    try:
        yield parse_expression(text, words.special)
    except SyntaxProblem:
        return


def _parsed_value(value: str, words: LawWords) -> s.Expression:
    try:
        return parse_expression(value, words.special)
    except SyntaxProblem:
        return s.Name(value)
