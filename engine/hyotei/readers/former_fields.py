"""What stood in fields of its own up to `hyotei.sheet/2`, and are facts of the programme review since: read as these, and told."""

from collections.abc import Iterator
from typing import Final

from hyotei.base.yaml import YamlMap, YamlText
from hyotei.messages import Listed
from hyotei.readers import sheet_keys as keys
from hyotei.readers.figures_yaml import FigureReader, same_figure
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import record_of, source_of, stray_records
from hyotei.readers.review_facts import (
    AMOUNTS,
    LOGIC,
    NO_TARGET_REASON,
    OPINION,
    PROGRAMME_KIND,
    REFLECTION,
    WORDS,
    Amount,
    amount_facts,
    count_fact,
    word_fact,
)
from hyotei.sheet.correction import corrected_source
from hyotei.sheet.models import EARLIER_SCHEMAS, Fact, Source
from hyotei.sheet.quantity_words import PRINTED
from hyotei.sheet.unread_parts import Part, part_of_fact

AMOUNTS_KEY: Final = "reflection_amounts"
LOGIC_KEY: Final = "logic_model"
RECORDED: Final = (*WORDS, *(f"{name}_source" for name in WORDS), AMOUNTS_KEY)
"""Keys of `recorded`; those of sources stand in the layout of the models only."""
OUTLINE: Final = {"kind": PROGRAMME_KIND, "no_target_reason": NO_TARGET_REASON}
"""Keys of `outline`, each with its fact."""
_ALL_AMOUNTS: Final = tuple(map(part_of_fact, AMOUNTS))
UNREAD: Final[dict[Part, tuple[Part, ...]]] = {
    **{f"recorded.{name}": (part_of_fact(name),) for name in WORDS},
    f"recorded.{AMOUNTS_KEY}": _ALL_AMOUNTS,
    **{f"outline.{key}": (part_of_fact(name),) for key, name in OUTLINE.items()},
    LOGIC_KEY: tuple(map(part_of_fact, LOGIC.values())),
}
"""Names of parts in `unread`, each with the facts that it stands for."""


def has_former_fields(schema: str | None) -> bool:
    """Whether a sheet of this version, or of none, may have them."""
    return schema is None or schema in EARLIER_SCHEMAS


class FormerFields:
    """The facts that stand in former fields of one sheet.

    Attributes:
        facts: what was found, in the order of reading.
        met: the keys where it stood.
    """

    def __init__(self, figures: FigureReader, unit: str | None) -> None:
        self.figures, self.unit = figures, unit
        self.facts: list[Fact] = []
        self.met: list[str] = []

    def recorded(self, form: MappingReader) -> None:
        """Those of `recorded`."""
        for name in WORDS:
            self._word(form, name, name, "recorded")
        amounts = list(self._amounts(form))
        if amounts:
            self._found(f"recorded.{AMOUNTS_KEY}", *amount_facts(amounts))

    def outline(self, form: MappingReader) -> None:
        """Those of `outline`."""
        for key, name in OUTLINE.items():
            self._word(form, key, name, "outline")

    def logic_model(self, form: MappingReader) -> None:
        """All of `logic_model`; an empty one has nothing of any kind."""
        self._found(LOGIC_KEY, *(count_fact(name, form.texts(key)) for key, name in LOGIC.items()))

    def told(self, form: MappingReader, stated: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts of the sheet with those of former fields, told once for all; one that is stated otherwise as a fact is told."""
        by_name = {fact.name: fact for fact in stated}
        twice = [fact.name for fact in self.facts if not _same(fact, by_name.get(fact.name, fact))]
        for name in twice:
            form.tell("HY140", form.values["facts"], name=name)
        names = tuple(fact.name for fact in self.facts if fact.name not in twice)
        if names:
            form.tell("HY148", form.node, keys=Listed(tuple(self.met)), names=Listed(names))
        return (*stated, *(fact for fact in self.facts if fact.name not in by_name))

    def _found(self, key: str, *facts: Fact) -> None:
        self.met.append(key)
        self.facts += facts

    def _word(self, form: MappingReader, key: str, name: str, holder: str) -> None:
        text = form.text(key)
        source = self._source(form, key, text)
        if text or source is not None:
            self._found(f"{holder}.{key}", word_fact(name, text or "", source))

    def _source(self, form: MappingReader, key: str, text: str | None) -> Source | None:
        """Where a word was read; marked where it is not the word that was read."""
        node = form.value(f"{key}_source") if f"{key}_source" in form.known else None
        if isinstance(node, YamlMap):
            return source_of(MappingReader(node, keys.SOURCE, form.file, form.problems))
        record = record_of(form, key, self.figures.printed_in) if keys.PRINTED in form.known else None
        if record is None:
            value = form.value(key)
            # As ever of short words; a long text would stand there twice.
            if not text or value is None or form.exact or key not in (OPINION, REFLECTION):
                return None
            return Source(text=text, file=form.file, line=value.line)
        read = record.read.text if isinstance(record.read, YamlText) else None
        return record.source if text == read else corrected_source(record.source, read or PRINTED["missing"])

    def _amounts(self, recorded: MappingReader) -> Iterator[Amount]:
        for node in recorded.maps(AMOUNTS_KEY):
            form = MappingReader(
                node, ("account", "subaccount", "amount", keys.PRINTED), recorded.file, recorded.problems
            )
            amount = self.figures.one(form, "amount", None, self.unit)
            stray_records(form)
            account = form.text("account", required=True)
            if account is not None:
                yield f"{account}{form.text('subaccount') or ''}", amount


def _same(one: Fact, other: Fact) -> bool:
    """Whether two facts state the same, in whatever words an amount is written."""
    return one.text == other.text or (one.figure.value is not None and same_figure(one.figure, other.figure))
