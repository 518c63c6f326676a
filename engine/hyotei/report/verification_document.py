"""A verified certificate as a document: how many items came out as recorded, and each item."""

from collections.abc import Iterator

from hyotei.document import Column, Document, Paragraph, Row, row, table
from hyotei.messages import Language, wording
from hyotei.messages.phrases import Wording
from hyotei.proof.certificate import CertifiedLaw, Item
from hyotei.proof.verify import VerifiedCertificate, VerifiedItem


def verification_document(found: VerifiedCertificate, language: Language = "ja") -> Document:
    """The document of a verification."""
    say = wording(language)
    columns = [Column(say("proof_document.column.status")), Column(say("proof_document.verification.item"))]
    return Document(
        say("proof_document.verification.title", rulebook=found.rulebook),
        language,
        (*_summary(found, say), table(columns, (_row(item, say) for item in found.items))),
    )


def _summary(found: VerifiedCertificate, say: Wording) -> Iterator[Paragraph]:
    name = found.rulebook
    told = say.listed(
        say.one_of("proof_document.counted_again", status, count=count)
        for status, count in found.counts.items()
        if status != "otherwise" and (count or status != "not_run")
    )
    number = len(found.items)
    if found.verified:
        text = say("proof_document.verification.as_recorded", rulebook=name, number=number, told=told)
    else:
        text = say(
            "proof_document.verification.otherwise",
            rulebook=name,
            number=number,
            other=found.counts["otherwise"],
            told=told,
        )
    yield Paragraph(text, "good" if found.verified else "bad", lead=True)
    if found.of == "chosen_laws":
        yield Paragraph(say("proof_document.verification.chosen_laws"))
    if found.made_with != found.verified_with:
        made, now = ", ".join(found.made_with), ", ".join(found.verified_with)
        yield Paragraph(say("proof_document.verification.other_versions", made=made, now=now))


def _row(item: VerifiedItem, say: Wording) -> Row:
    if item.same:
        return row(say.one_of("proof_document.again", item.item.status), _name(item.item, say))
    before, after = (
        say("proof_document.verification.not_there") if each is None else _details(each)
        for each in (item.certified, item.now)
    )
    told = say("proof_document.verification.differs", before=before, after=after)
    return row(told, _name(item.item, say), tone="bad")


def _details(item: Item) -> str:
    bound = [str(item.bound)] if isinstance(item, CertifiedLaw) and item.bound else []
    return f"{item.status} ({', '.join(filter(None, (item.method, item.why, *bound)))})"


def _name(item: Item, say: Wording) -> str:
    if isinstance(item, CertifiedLaw):
        return item.law
    check = say.one_of("proof_document.certified", item.check)
    if not item.rows:
        return say("proof_document.verification.of_table", decision=item.decision, check=check)
    rows = ", ".join(map(str, item.rows))
    return say("proof_document.verification.of_rows", decision=item.decision, check=check, rows=rows)
