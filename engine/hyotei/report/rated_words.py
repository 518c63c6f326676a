"""What was rated by what, and how a result is named, where sheets are rated by several rulebooks."""

from hyotei.document import Definition, Definitions, Section
from hyotei.messages import Wording
from hyotei.rulebook.canonical import shown_hash


def rated_section(books: dict[str, str], corpus_hash: str, singly: int, say: Wording) -> Section:
    """The hashes of what was rated by what; that of the sheets where it is known."""
    told = [Definition(name, shown_hash(value, None)) for name, value in books.items()]
    if corpus_hash:
        told.append(Definition(say("impact.rated.sheets"), corpus_hash))
    if singly:
        told.append(Definition(say("impact.rated.singly"), f"{singly:,}"))
    return Section(say("impact.rated.title"), (Definitions(tuple(told)),))


def value_said(value: str | None, say: Wording) -> str:
    """A result; the undetermined is a value of its own."""
    return say("impact.undetermined") if value is None else value
