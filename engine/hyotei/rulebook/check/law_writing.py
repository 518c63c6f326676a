"""Sentences of laws in the language of a reader, such that they are read back as the same law."""

import re
from dataclasses import replace

from hyotei.messages import Language
from hyotei.rulebook import syntax as s
from hyotei.rulebook.check.law_sentences import (
    CHANGES,
    ENDINGS,
    FORMS,
    SCOPES,
    SIGNS,
    LawSentence,
    LawWords,
    read_sentence,
)
from hyotei.rulebook.expression_text import expression_text
from hyotei.rulebook.parser import REASON_WORDS
from hyotei.rulebook.syntax_problem import SyntaxProblem


def write_sentence(sentence: LawSentence, language: Language, words: LawWords) -> str:
    """The sentence in a language, such that it is read back as the same. In Japanese titles stand for names where they can."""
    if language == "en":
        return _in_english(sentence)
    bare = replace(words, titles={}, labels={})
    for told in (_in_japanese(sentence, words), _in_japanese(sentence, bare)):
        try:
            if read_sentence(told, words) == [sentence]:
                return told
        except SyntaxProblem:
            continue
    return _in_english(sentence)


def _in_english(sentence: LawSentence) -> str:
    output = sentence.output
    match sentence.kind:
        case "answers":
            return "every decision answers"
        case "consistent":
            return "no two rows contradict"
        case "unknown_never_beats":
            return "unknown never beats known"
        case "monotone":
            verb, change = "falls" if sentence.falls else "rises", "rises" if sentence.input_rises else "falls"
            return f"{output} never {verb} as {sentence.input} {change}"
        case "reachable":
            return f"every {output} is reachable"
        case "one_more":
            return f"one more {sentence.input} {sentence.scope} never lowers the {output}"
        case "implies":
            assert sentence.condition is not None
            assert sentence.consequence is not None
            return f"if {expression_text(sentence.condition)} then {expression_text(sentence.consequence)}"


def _in_japanese(sentence: LawSentence, words: LawWords) -> str:
    output = words.title(sentence.output)
    match sentence.kind:
        case "answers":
            return FORMS["ja"][0]
        case "consistent":
            return FORMS["ja"][1]
        case "unknown_never_beats":
            return FORMS["ja"][5]
        case "monotone":
            change = CHANGES["rises" if sentence.input_rises else "falls"]
            end = ENDINGS["falls" if sentence.falls else "rises"]
            return f"{words.title(sentence.input)}が{change}ても、{output}は{end}"
        case "reachable":
            return f"{output}のどの値も、出ることがある"
        case "one_more":
            labels = (labels.get(sentence.input, "") for labels in words.labels.values())
            value = next(filter(None, labels), sentence.input)
            scope = next((title for scope, title in SCOPES.items() if scope == sentence.scope), sentence.scope)
            return f"{value}の{scope}が一つ増えても、{output}は下がらない"
        case "implies":
            assert sentence.condition is not None
            assert sentence.consequence is not None
            told = [_condition(each, words) for each in (sentence.condition, sentence.consequence)]
            return f"{told[0]}{_when(told[0])}、{told[1]}"


def _when(condition: str) -> str:
    if condition.endswith("でない"):
        return "とき"
    return "のとき" if re.search("[ぁ-ん一-龠）`]$", condition) else " のとき"


def _condition(of: s.Expression, words: LawWords, within: str = "") -> str:
    match of:
        case s.Junction(operator, left, right):
            word = "かつ" if operator == "and" else "または"
            # A chain of one word groups to the left, and needs no parentheses there.
            sides = _condition(left, words, operator), _condition(right, words, f"{operator}'")
            told = f"{sides[0]} {word} {sides[1]}"
            return (
                told if within in ("", operator) or (within.startswith("or") and operator == "and") else f"（{told}）"
            )
        case s.Comparison(comparator, left, right):
            name = _dotted(left)
            subject = words.title(name) if name else _quoted(left)
            return f"{subject}が{_compared(comparator, right, name, words)}"
        case _:
            return _quoted(of)


def _compared(comparator: s.Comparator, right: s.Expression, name: str, words: LawWords) -> str:
    value = _value(right, name, words)
    if comparator == "=":
        return f" {value}"
    if comparator == "!=":
        return f" {value} でない"
    word = next(word for word, sign in SIGNS.items() if sign == comparator)
    return f" {value} {word}"


def _value(of: s.Expression, name: str, words: LawWords) -> str:
    match of:
        case s.UnknownLiteral(None):
            return "不明"
        case s.UnknownLiteral(reason):
            return (
                f"不明（{next(word for word, each in REASON_WORDS.items() if each == reason and not word.isascii())}）"
            )
        case s.Number():
            return expression_text(of)
        case s.Name(text):
            label = words.labels.get(words.scale_of(name), {}).get(text, "")
            if label and len(text) > 1:
                return label
            title = words.title(text)
            return text if title.startswith("`") and words.scale_of(name) else title
        case _:
            return _quoted(of)


def _dotted(of: s.Expression) -> str:
    """The name that an expression is, with its dots; empty where it is more."""
    match of:
        case s.Name(text):
            return text
        case s.Path(base, name):
            before = _dotted(base)
            return f"{before}.{name}" if before else ""
        case _:
            return ""


def _quoted(of: s.Expression) -> str:
    text = expression_text(of)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence}{text}{fence}"
