"""What names a sheet: its document and number, the authority, the policy, the field and the evaluated year."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field as dataclass_field
from pathlib import PurePath
from typing import Final

from hyotei.intake.given_identity import NOTHING, GivenIdentity, given_source
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, phrase
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.authorities import KNOWN, PATTERN, SHORT, authority_of
from hyotei.readers.evaluation_text.doubtful_names import doubt
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine, bare, blocks, narrow
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Source
from hyotei.sheet.notes import reading_note

_TITLE: Final = re.compile(
    r"((?:平成|令和|昭和) ?[0-9元]{1,2} ?年度?|[0-9]{4} ?年度?)[^。、]{0,30}?(?:に係る)?(?:政策|施策)?(?:の)?"
    r"(?:(?:事後)?評価書|(?:評価の)?事前分析表)"
)
_STEP: Final = r"(?:[①-⑳㉑-㉟㊱-㊿]|\([0-9]{1,3}\)|[0-9]{1,3}|[IVXⅠ-Ⅻ]{1,5})"
_NUMBER: Final = re.compile(
    rf"[(\[]?({PATTERN}) ?([0-9]{{1,4}}) ?[-(] ?({_STEP}(?: ?- ?{_STEP}){{0,4}})(?![0-9①-㊿]|- ?[0-9])[)\]]?"
)
_NAMED: Final = re.compile(rf"(?:作成|評価実施|評価)?(?:府省庁?|省庁|機関)名?[ ::]+({PATTERN})")
_POLICY: Final = re.compile(
    r"(?:\(※ ?[0-9] ?\)?)? ?(?P<policy>(?:政策|施策) ?[0-9]{1,3}(?:-[0-9]{1,3})?)? ?[::.]? ?(?P<title>.*)"
)
_FIELD: Final = re.compile(r"(?:^| )分 ?野(?: +(?P<field>\S.*))?$")
_WIDE_BLANK: Final = {0x3000: " "}
_CONDUCTED: Final = re.compile(
    r"((?:平成|令和|昭和) ?[0-9元]{1,2} ?年度|[0-9]{4} ?年度) ?(?:に ?)?実施(?:した)? ?(?:施策|政策)に係る"
)
"""The year that the title of the government-wide form names is the one in which the policy was carried out."""
_STATED: Final = re.compile(r"評価対象(?:の)?(?:年度|期間)[ ::]*((?:平成|令和|昭和)? ?[0-9元]{1,4} ?年度)")

_LETTER: Final = re.compile("[ぁ-んァ-ヶ一-龥A-Za-z]")
_LONGEST_TITLE: Final = 200
_LONGEST_NAME: Final = 40
_PLACES: Final = {"title": "題名の欄", "number": "番号の欄", "authority": "府省名の欄"}
NO_LABELS: Final[Mapping[str, tuple[str, int]]] = {}
_OF_AUTHORITY: Final = re.compile(rf"\((?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})[ )]")
"""What stands in brackets below a title: the authority and its bureau."""


@dataclass(slots=True)
class PrintedIdentity:
    """The names of a sheet; `None` where nothing names it. `sources` are where they were read, by the names of the fields."""

    document: str | None = None
    number: str | None = None
    authority: str | None = None
    policy: str | None = None
    title: str | None = None
    field: str | None = None
    scheme: str | None = None
    written: int | None = None
    evaluated: int | None = None
    id: str | None = None
    in_number: str | None = None
    """The year as the number has it."""
    sources: dict[str, Source] = dataclass_field(default_factory=dict)


def identity_of(
    document: SheetText,
    parts: Iterable[FormPart],
    given: GivenIdentity = NOTHING,
    labels: Mapping[str, tuple[str, int]] = NO_LABELS,
    reached: Callable[[int], bool] = lambda _: False,
    surely: tuple[str, ...] = (),
) -> tuple[PrintedIdentity, list[Diagnostic]]:
    """What the document says of itself, what the user says in place of it, and what is to be told of both.

    `labels` are the texts and lines of labelled values by the item of the form; they count where nothing else names a thing, and
    those of `surely` before all else.
    `reached` says whether actual figures of a year are printed.
    """
    found = PrintedIdentity()
    year_in_number = _numbered(found, document)
    listed = list(parts)
    for part in listed:
        if part.section == "head" and found.title is None:
            _policy(found, part, document)
    if found.authority is None:
        for line in document.lines:
            named = _NAMED.match(line.plain)
            if named is not None:
                found.authority = authority_of(named[1])
                found.sources["authority"] = document.source(line.text, line.number, place="府省名の欄")
                break
    _labelled(found, document, labels, surely)
    if found.document is not None and found.number is not None:
        found.document = f"{found.document}（{found.number}）"
    scheme = next((match for line in document.lines if (match := words.SCHEMES.search(line.plain))), None)
    found.scheme = None if scheme is None else scheme.group()
    problems = _said_by_user(found, document, given)
    if given.fiscal_year is None:
        problems += _evaluated(found, document, year_in_number, labels, reached)
    else:
        found.evaluated = given.fiscal_year
    if found.authority is not None and given.authority is None and found.authority not in KNOWN:
        problems.append(Diagnostic("HY826", document.at(None), {"name": found.authority[:40]}))
    if found.title is None and found.authority is not None and found.evaluated is not None:
        problems.append(provisional_title(found, document))
    reason = None if found.title is None or given.title is not None else doubt(found.title)
    if found.title is not None and reason is not None:
        at = next((part.line for part in listed if part.section == "head" and part.rest), None)
        problems.append(Diagnostic("HY258", document.at(at), {"title": found.title[:60], "reason": reason}))
    found.in_number = year_in_number
    found.id = given.id or identifier(found)
    return found, problems


def _labelled(
    found: PrintedIdentity, document: SheetText, labels: Mapping[str, tuple[str, int]], surely: tuple[str, ...]
) -> None:
    """Takes what labelled cells name and nothing else did, or what they surely name."""
    for item in ("title", "number", "authority", "policy", "field"):
        text, line = labels.get(item, ("", 0))
        value = narrow(text)
        if (
            not value
            or (getattr(found, item) is not None and item not in surely)
            or len(value) > (_LONGEST_TITLE if item == "title" else _LONGEST_NAME)
        ):
            continue
        if item in ("title", "authority") and not _LETTER.search(value):
            continue
        setattr(found, item, value)
        if item in _PLACES:
            found.sources[item] = document.source(text, line, place=_PLACES[item])


def _numbered(found: PrintedIdentity, document: SheetText) -> str | None:
    """Takes the title of the document, and the number with the authority in it; gives the year as the number has it."""
    year: str | None = None
    for block in blocks(document.lines):
        text = bare("".join(line.text for line in block))[:4000]
        if found.document is None:
            title = _TITLE.search(text)
            if title is not None and title.start() < 40:
                found.document = narrow(title.group())
                reading, _ = read_fiscal_year(title[1])
                found.written = None if reading is None else reading.year
        if found.number is None:
            number = _NUMBER.search(text)
            if number is not None and "http" not in text:
                name, year = authority_of(number[1]), number[2]
                found.authority, found.number = name, f"{name}{year}-{number[3].replace(' ', '')}"
                at = next((line for line in block if number.group().strip("()[]") in bare(line.text)), block[0])
                for field in ("number", "authority"):
                    found.sources[field] = document.source(number.group(), at.number, place="評価書の番号")
    return year


def _said_by_user(found: PrintedIdentity, document: SheetText, given: GivenIdentity) -> list[Diagnostic]:
    """Puts what the user gave in the place of what was read, with the reason, and tells where the two differ."""
    problems: list[Diagnostic] = []
    for field in ("title", "authority"):
        value: str | None = getattr(given, field)
        if value is None:
            continue
        read: str | None = getattr(found, field)
        if read is not None and value != read:
            problems.append(given.instead(field, read, document.file))
        setattr(found, field, value)
    for field, value in given.values.items():
        found.sources[field] = given_source(field, value, document.file)
    return problems


def provisional_title(found: PrintedIdentity, document: SheetText) -> Diagnostic:
    """Calls a sheet without a printed title by its file until somebody names it."""
    found.title = PurePath(document.file or "").stem or found.number or "?"
    notes = reading_note("reading_notes.title_of_file")
    found.sources["title"] = Source(text=found.title, file=document.file, reading="inferred", notes=notes)
    return Diagnostic("HY825", document.at(None), {"title": found.title[:60]})


def _policy(found: PrintedIdentity, part: FormPart, document: SheetText) -> None:
    """The policy's number, title and field, from what follows 「政策名」; the names of other cells are no title."""
    if not part.rest and not part.lines:
        return
    rest = TextLine(part.line, part.rest, part.rest)
    group: list[TextLine] = [rest] if part.rest else []
    for line in part.lines:
        if words.LABEL.match(line.plain) or _OF_AUTHORITY.match(line.plain):
            break
        if line.blank:
            if group:
                break
            continue
        group.append(line)
    if not group or words.LABEL.match(group[0].plain):
        return
    text = "".join(line.text for line in group[1:]) if part.rest else "".join(line.text for line in group)
    text = part.rest + text.translate(_WIDE_BLANK)
    field = _FIELD.search(text)
    if field is not None:
        found.field = _closed(narrow(field["field"])) if field["field"] else None
        text = text[: field.start()]
    text = narrow(text)
    match = _POLICY.fullmatch(text)
    if match is None or not match["title"] or (part.line == 1 and match["policy"] is None):
        return
    found.policy = match["policy"].replace(" ", "") if match["policy"] else None
    found.title = match["title"].strip()
    found.sources["title"] = document.source(text, group[0].number, place="政策名の欄")


def _closed(text: str) -> str:
    """Brackets as the form prints them, in full width."""
    return text.replace("(", "（").replace(")", "）")


def _evaluated(
    found: PrintedIdentity,
    document: SheetText,
    in_number: str | None,
    labels: Mapping[str, tuple[str, int]],
    reached: Callable[[int], bool],
) -> list[Diagnostic]:
    """The evaluated year: stated, or the year of the number, or that of most tags, or the year before the document's."""
    hint = found.written
    for line in document.lines:
        stated = _STATED.search(line.plain) or _CONDUCTED.search(line.plain)
        if stated is not None:
            reading, _ = read_fiscal_year(stated[1].replace(" ", ""), hint=hint)
            if reading is not None:
                found.evaluated = reading.year
                found.sources["fiscal_year"] = document.source(stated[1], line.number, place="評価対象の年度")
                return []
    for item, before in (("fiscal_year", 0), ("made_year", 1)):
        text, at = labels.get(item, ("", 0))
        reading, _ = read_fiscal_year(bare(text), hint=hint) if text else (None, ())
        if reading is not None:
            found.evaluated = reading.year - before
            found.sources["fiscal_year"] = document.source(text, at, place="評価対象の年度")
            return []
    tags = Counter(
        reading.year
        for line in document.lines
        for tag in words.TAG.findall(line.plain)
        if (reading := read_fiscal_year(tag.strip(), hint=hint)[0]) is not None
    )
    if found.written is None:
        # Without the title's era nothing says which century 24年度 belongs to, unless a Western year is printed.
        hint = None
    most = max(tags, key=lambda year: (tags[year], year), default=None)
    numbered = read_fiscal_year(in_number, hint=hint)[0] if in_number is not None and hint is not None else None
    if numbered is not None:
        found.evaluated = numbered.year
        how = phrase("evaluation_text.year_from.number")
    elif most is not None:
        found.evaluated = most
        how = phrase("evaluation_text.year_from.measures")
    elif found.written is not None and not reached(found.written):
        found.evaluated = found.written - 1
        how = phrase("evaluation_text.year_from.title")
    else:
        return []
    year = print_fiscal_year(found.evaluated)
    found.sources["fiscal_year"] = Source(
        text=year,
        file=document.file,
        reading="inferred",
        notes=reading_note("reading_notes.year_from", source=how),
    )
    problems = [Diagnostic("HY253", document.at(None), {"year": year, "how": how})]
    if most is not None and most != found.evaluated:
        other = print_fiscal_year(most)
        problems.append(Diagnostic("HY254", document.at(None), {"year": year, "other": other}))
    return problems


def identifier(found: PrintedIdentity) -> str | None:
    """An identifier from the whole number, or from authority, year and policy; None without these."""
    year = found.in_number
    if found.authority is None or found.evaluated is None:
        return None
    name = SHORT.get(found.authority, found.authority)
    if found.number is not None and year is not None:
        steps = found.number.rpartition(f"{year}-")[2].split("-")
        return "-".join((name, str(year), *map(_step, steps)))
    policy = re.sub(r"[^0-9-]", "", found.policy or "") or (found.title or "")
    return f"{name}-{found.evaluated}-{policy}"


def _step(text: str) -> str:
    """One step of a number in plain digits; letters stay."""
    plain = text.strip("()")
    if plain.isdecimal() or len(plain) != 1 or plain.isascii():
        return plain
    return str(int(unicodedata.numeric(plain)))
