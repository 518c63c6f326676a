"""A figure of a sheet by its exact parts, as the layout of the models has it: `{value: '43', unit: 回, source: ...}`."""

from decimal import Decimal
from typing import Final, get_args

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlMap, YamlText
from hyotei.messages import Diagnostic
from hyotei.readers import sheet_keys as keys
from hyotei.readers.mapping_reader import MappingReader, shown
from hyotei.readers.printed_record import source_of
from hyotei.readers.value_against_text import against_print
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Qualifier, Quantity, Source, UnknownReason
from hyotei.sheet.numerals import fits

_REASONS: Final[dict[str, UnknownReason]] = {reason: reason for reason in get_args(UnknownReason)}
_QUALIFIERS: Final[dict[str, Qualifier]] = {qualifier: qualifier for qualifier in get_args(Qualifier)}
_DECIMAL: Final = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST: Final = 120


def is_exact(node: YamlMap) -> bool:
    """Whether a mapping states a figure by its parts and not by its text."""
    return node.get("text") is None and any(node.get(key) is not None for key in keys.EXACT if key != "fiscal_year")


def exact_figure(node: YamlMap, file: str | None, problems: list[Diagnostic]) -> Quantity:
    """The figure; one that its parts contradict is missing, which is told.

    A value that its own source does not print is marked as corrected.
    """
    form = MappingReader(node, keys.EXACT, file, problems)
    told = len(problems)
    value, low, high = (_decimal(form, key) for key in ("value", "low", "high"))
    unknown = form.choice("unknown", _REASONS)
    year = form.number("fiscal_year", FIRST_YEAR, LAST_YEAR)
    qualifier = form.choice("qualifier", _QUALIFIERS)
    source = _source(form)
    ranged = low is not None or high is not None
    if len(problems) > told:
        return Quantity(unknown="missing", source=source)
    if (value is None) == (unknown is None):
        form.tell("HY130", node)
    elif ranged and (low is None or high is None or low > high or unknown != "undefined"):
        form.tell("HY131", node)
    else:
        unit = form.text("unit")
        found = Quantity(
            value=value, unknown=unknown, low=low, high=high, unit=unit, qualifier=qualifier, fiscal_year=year, source=source
        )  # fmt: skip
        return against_print(found)
    return Quantity(unknown="missing", source=source)


def _source(form: MappingReader) -> Source | None:
    node = form.value("source")
    if node is None:
        return None
    if not isinstance(node, YamlMap):
        form.wrong_kind("source", node, YamlMap)
        return None
    return source_of(MappingReader(node, keys.SOURCE, form.file, form.problems))


def _decimal(form: MappingReader, key: str) -> Decimal | None:
    """A number in plain digits; a figure as printed belongs into the text of the figure, not here."""
    node = form.value(key)
    if node is None:
        return None
    if not isinstance(node, YamlText):
        form.wrong_kind(key, node, YamlText)
        return None
    text = folded(node.text).strip()
    if len(text) <= _LONGEST and _DECIMAL.fullmatch(text) and fits(Decimal(text)):
        return Decimal(text)
    form.tell("HY129", node, key=key, value=shown(node.text))
    return None
