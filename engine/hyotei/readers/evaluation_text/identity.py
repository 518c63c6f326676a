"""What names a sheet: its document and number, the authority, the policy, the field and the evaluated year."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text import vocabulary as words
from hyotei.readers.evaluation_text.doubt import doubt
from hyotei.readers.evaluation_text.lines import Document, Line, bare, blocks, narrow
from hyotei.readers.evaluation_text.parts import Part
from hyotei.sheet.fiscal_year import print_fiscal_year, read_fiscal_year

_TITLE: Final = re.compile(
    r"((?:平成|令和|昭和) ?[0-9元]{1,2} ?年度?|[0-9]{4} ?年度?)[^。、]{0,30}?(?:に係る)?(?:政策|施策)?(?:の)?"
    r"(?:(?:事後)?評価書|(?:評価の)?事前分析表)"
)
_AUTHORITY: Final = r"[一-龥ァ-ヶー]{1,14}?(?:省|庁|府|委員会|院)"
_NUMBER: Final = re.compile(rf"[(\[]?({_AUTHORITY}) ?([0-9]{{1,4}}) ?- ?([①-⑳㉑-㉟㊱-㊿]|\(?[0-9]{{1,3}}\)?)[)\]]?")
_NAMED: Final = re.compile(rf"(?:評価実施)?(?:省庁|機関|府省庁?)名?[ ::]+({_AUTHORITY})")
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

_IDENTITIES: Final = {
    "総務省": "mic", "財務省": "mof", "外務省": "mofa", "法務省": "moj", "文部科学省": "mext", "厚生労働省": "mhlw",
    "農林水産省": "maff", "経済産業省": "meti", "国土交通省": "mlit", "環境省": "moe", "防衛省": "mod", "内閣府": "cao",
    "警察庁": "npa", "金融庁": "fsa", "消費者庁": "caa", "復興庁": "ra", "国税庁": "nta", "公正取引委員会": "jftc",
}  # fmt: skip
"""Short names for identifiers; of others the name itself is used."""


@dataclass(slots=True)
class Identity:
    """The names of a sheet; `None` where nothing names it."""

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


def identity_of(document: Document, parts: Iterable[Part]) -> tuple[Identity, list[Diagnostic]]:
    """What the document says of itself, and how its evaluated year was found."""
    found = Identity()
    year_in_number: str | None = None
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
                found.authority, year_in_number = number[1], number[2]
                found.number = f"{number[1]}{number[2]}-{number[3]}"
    listed = list(parts)
    for part in listed:
        if part.section == "head" and found.title is None:
            _policy(found, part)
    if found.authority is None:
        for line in document.lines:
            named = _NAMED.match(line.plain)
            if named is not None:
                found.authority = named[1]
                break
    if found.document is not None and found.number is not None:
        found.document = f"{found.document}（{found.number}）"
    scheme = next((match for line in document.lines if (match := words.SCHEMES.search(line.plain))), None)
    found.scheme = None if scheme is None else scheme.group()
    problems = _evaluated(found, document, year_in_number)
    reason = None if found.title is None else doubt(found.title)
    if found.title is not None and reason is not None:
        at = next((part.line for part in listed if part.section == "head" and part.rest), None)
        problems.append(Diagnostic("HY258", document.at(at), {"title": found.title[:60], "reason": reason}))
    found.id = _identifier(found, year_in_number)
    return found, problems


def _policy(found: Identity, part: Part) -> None:
    """The policy's number, title and field, from what follows 「政策名」."""
    if not part.rest and not part.lines:
        return
    rest = Line(part.line, part.rest, part.rest)
    group: list[Line] = [rest] if part.rest else []
    for line in part.lines:
        if line.blank:
            if group:
                break
            continue
        group.append(line)
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


def _closed(text: str) -> str:
    """Brackets as the form prints them, in full width."""
    return text.replace("(", "（").replace(")", "）")


def _evaluated(found: Identity, document: Document, in_number: str | None) -> list[Diagnostic]:
    """The evaluated year: stated, or the year of the number, or that of most tags, or the year before the document's."""
    hint = found.written
    for line in document.lines:
        stated = _STATED.search(line.plain) or _CONDUCTED.search(line.plain)
        if stated is not None:
            reading, _ = read_fiscal_year(stated[1].replace(" ", ""), hint=hint)
            if reading is not None:
                found.evaluated = reading.year
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
        how = ("評価書の番号", "the number of the sheet")
    elif most is not None:
        found.evaluated = most
        how = ("測定指標の年度", "the years of the measures")
    elif found.written is not None:
        found.evaluated = found.written - 1
        how = ("表題の年度の前年度", "the year before that of the title")
    else:
        return []
    year = print_fiscal_year(found.evaluated)
    problems = [Diagnostic("HY253", document.at(None), {"year": year, "how": how})]
    if most is not None and most != found.evaluated:
        other = print_fiscal_year(most)
        problems.append(Diagnostic("HY254", document.at(None), {"year": year, "other": other}))
    return problems


def _identifier(found: Identity, year: str | None) -> str | None:
    """An identifier from the number, or from authority, year and policy."""
    if found.authority is None or found.evaluated is None:
        return None
    name = _IDENTITIES.get(found.authority, found.authority)
    if found.number is not None:
        last = found.number.rpartition("-")[2].strip("()")
        number = last if last.isdecimal() else str(int(unicodedata.numeric(last)))
        return f"{name}-{year}-{number}"
    policy = re.sub(r"[^0-9-]", "", found.policy or "") or (found.title or "")
    return f"{name}-{found.evaluated}-{policy}"
