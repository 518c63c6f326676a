"""Facts and recorded results of a sheet in YAML: names with what is stated, as printed, and of a judgment with its reason."""

from collections.abc import Collection
from dataclasses import replace

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.readers import sheet_keys as keys
from hyotei.readers.exact_figure import exact_figure, is_exact
from hyotei.readers.figures_yaml import FigureReader, annotated
from hyotei.readers.mapping_reader import MappingReader, shown
from hyotei.readers.printed_record import record_of, stray_records
from hyotei.readers.value_against_text import fact_against_print
from hyotei.sheet.correction import before_correction, corrected_source
from hyotei.sheet.facts import figure_in
from hyotei.sheet.models import MISSING, Fact, Quantity
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet.quantity_words import PRINTED

_LONGEST = 100
"""Characters of a name."""


def facts_of(form: MappingReader, key: str, figures: FigureReader, place: str | None = None) -> tuple[Fact, ...]:
    """The facts at `key` of a unit, in their order.

    Args:
        form: the unit.
        key: `facts` or `recorded`: a mapping of names to what is stated, or the list of the layout of the models.
        figures: what is known around them.
        place: where the unit stands in the original.
    """
    node = form.value(key)
    if node is None:
        return ()
    if isinstance(node, YamlList):
        return _listed(form, key, figures)
    if isinstance(node, YamlText):
        form.wrong_kind(key, node, YamlMap)
        return ()
    # A key of digits is what a comma within braces left of a figure, which the mapping itself tells.
    names = [each.text for each, _ in node.entries if not each.text[:1].isdigit()]
    inner = MappingReader(node, names, form.file, form.problems)
    for each, _ in node.entries:
        if each.text in names and not _is_name(each.text) and each.text != keys.PRINTED:
            form.tell("HY139", each, name=shown(each.text))
    return named_facts(inner, [name for name in inner.values if _is_name(name)], figures, place)


def named_facts(
    form: MappingReader, names: list[str], figures: FigureReader, place: str | None = None
) -> tuple[Fact, ...]:
    """The facts of these names in a mapping, which may keep beside them what is printed."""
    found = tuple(fact for name in names if (fact := _fact(form, name, figures, place)) is not None)
    stray_records(form)
    return found


def results_of(form: MappingReader, known: Collection[str], node: YamlMap) -> list[str]:
    """The names in `recorded` of a sheet that are no keys of it, and so are those of decisions."""
    found = [key.text for key, _ in node.entries if _is_name(key.text) and key.text not in known]
    for name in found:
        from difflib import get_close_matches  # needed for mistakes only

        near = get_close_matches(name.lower(), known, 1, 0.8)
        if near:
            form.tell("HY138", node.key(name) or node, key=shown(name), near=near[0])
    return found


def _is_name(key: str) -> bool:
    return key.isidentifier() and len(key) <= _LONGEST and key != keys.PRINTED


def _listed(form: MappingReader, key: str, figures: FigureReader) -> tuple[Fact, ...]:
    """The facts of the layout of the models; of two with one name the first is kept and the other told."""
    found: dict[str, Fact] = {}
    for node in form.maps(key):
        inner = MappingReader(node, ("name", "text", "figure", "reason", "by"), form.file, form.problems, exact=True)
        name, figure = inner.text("name", required=True), inner.value("figure")
        if name is None:
            continue
        if figure is not None and not isinstance(figure, YamlMap):
            inner.wrong_kind("figure", figure, YamlMap)
            figure = None
        quantity = MISSING if figure is None else exact_figure(figure, form.file, form.problems)
        text = inner.text("text")
        fact = Fact(
            name=name,
            text=print_quantity(quantity) if text is None else text,
            figure=quantity,
            reason=inner.text("reason"),
            by=inner.text("by"),
        )
        if name in found:
            form.tell("HY140", node, name=shown(name))
        else:
            found[name] = fact
    return tuple(found.values())


def _fact(form: MappingReader, name: str, figures: FigureReader, place: str | None) -> Fact | None:
    """One fact; None where nothing stands there and nothing was read."""
    value = form.values.get(name)
    reason = by = None
    if isinstance(value, YamlMap):
        inner = MappingReader(value, keys.FACT, form.file, form.problems)
        text, quantity = _parts(inner, value, figures, place)
        reason, by = inner.text("reason"), inner.text("by")
    elif isinstance(value, YamlText):
        text = "" if value.blank else value.text if value.quoted else value.text.strip()
        quantity = _read(text, form, value, figures, place)
    else:
        assert isinstance(value, YamlList), "a value of YAML is a text, a list or a mapping"
        form.wrong_kind(name, value, YamlText)
        return None
    text, quantity = _settled(form, name, figures, text, quantity)
    if not text and quantity == MISSING and reason is None and by is None:
        return None
    return Fact(name=name, text=text, figure=quantity, reason=reason, by=by)


def _parts(form: MappingReader, node: YamlMap, figures: FigureReader, place: str | None) -> tuple[str, Quantity]:
    """The text and the figure of a fact with more than its text."""
    text = form.text("text")
    if text is None and isinstance(form.values.get("text"), YamlText):
        text = ""
    exact = replace(node, entries=tuple(each for each in node.entries if each[0].text in keys.EXACT))
    if is_exact(exact):
        quantity = exact_figure(exact, form.file, form.problems)
        return print_quantity(quantity) if text is None else text, quantity
    written = form.values.get("text", node)
    return text or "", annotated(_read(text or "", form, written, figures, form.text("at") or place), form)


def _read(text: str, form: MappingReader, at: YamlValue, figures: FigureReader, place: str | None) -> Quantity:
    return figure_in(text, year_hint=figures.year, location=form.at(at), place=place)


def _settled(
    form: MappingReader, name: str, figures: FigureReader, text: str, quantity: Quantity
) -> tuple[str, Quantity]:
    """The fact with the source that the file keeps for it, and marked where it is not what was read."""
    record = record_of(form, name, figures.printed_in)
    if record is None:
        return text, quantity
    read = record.read.text if isinstance(record.read, YamlText) else ""
    source = record.source
    if text != read:
        if text == before_correction(source) and source is not None:
            # The correction was taken back.
            source = source.model_copy(update={"reading": "stated", "candidates": source.candidates[1:]})
        else:
            source = corrected_source(source, read or PRINTED["missing"])
    settled = quantity.model_copy(update={"source": source})
    return text, settled if text != read else fact_against_print(text, settled)
