"""How a document was read, as a document: the forms it may be of, and what became of each cell."""

from collections import Counter
from collections.abc import Iterator

from hyotei.document import Block, Column, Document, Paragraph, Section, table
from hyotei.messages import Language, Wording, wording
from hyotei.readers.printed.explained import Claim, Explanation


def explained_document(found: Explanation, file: str, language: Language) -> Document:
    """The forms with their scores, the one by which the document was read, and its cells with the words that claimed them."""
    say = wording(language)
    return Document(say("forms.explained.title", file=file), language, tuple(_blocks(found, say)))


def _blocks(found: Explanation, say: Wording) -> Iterator[Block]:
    yield Paragraph(say("forms.explained.form", form=found.form.id, title=found.form.title), lead=True)
    columns = [Column(say("forms.explained.form_id"), "code"), Column(say("forms.explained.score"), "number")]
    columns.append(Column(say("forms.explained.form_title")))
    rows = [(each.form.id, f"{each.percent}%", each.form.title) for each in found.scores if each.percent]
    if rows:
        yield Section(say("forms.explained.scores"), (table(columns, rows),))
    counts = Counter(claim.taken for claim in found.claims)
    told = say.listed(f"{say.one_of('forms.taken', taken)} {count}" for taken, count in counts.most_common())
    cells = [_row(claim, say) for claim in found.claims]
    heads = [
        Column(say("forms.explained.place"), "code"),
        Column(say("forms.explained.text")),
        Column(say("forms.explained.taken")),
        Column(say("forms.explained.claimed")),
        Column(say("forms.explained.form_id"), "code"),
    ]
    yield Section(say("forms.explained.cells"), (Paragraph(told), table(heads, cells)))


def _row(claim: Claim, say: Wording) -> tuple[str, ...]:
    place = claim.place
    where = " ".join(str(each) for each in (place.page and f"p.{place.page}", place.cell, place.line) if each)
    words = f"{say.one_of('forms.table', claim.kind)}: {claim.item}" if claim.kind else claim.item
    return where, claim.text, say.one_of("forms.taken", claim.taken), words, claim.form
