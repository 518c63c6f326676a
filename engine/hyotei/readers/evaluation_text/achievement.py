"""What the sheet claims of each objective, from the items under 「目標の達成状況」."""

import re
from collections.abc import Iterable
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.text_lines import TextLine, bare, joined
from hyotei.sheet.models import Claim

_SUBJECT: Final = re.compile(r"(?:について(?:は|、)|に関して(?:は|、)|に係る目標は|では、|は、)")
_PARTLY: Final = re.compile("一部(?:の目標を|を|が|のみ)?(?:未)?達成|(?:おおむね|概ね)(?:目標を)?達成|部分的に達成")
_NOT: Final = re.compile(
    "未達成|達成(?:することが)?できな|達成に(?:は)?至ら|達成して(?:い)?な|達成しな|達成されな|達成されて(?:い)?な|下回"
)
_ACHIEVED: Final = re.compile("達成することができた|達成(?:した|できた|された|している|済)")
_CLAIMS: Final[tuple[tuple[Claim, re.Pattern[str]], ...]] = (
    ("partly_achieved", _PARTLY),
    ("not_achieved", _NOT),
    ("achieved", _ACHIEVED),
)


@dataclass(frozen=True, slots=True)
class Achievement:
    """One item: the objective as it names it, what is said of it, the claim, and its place."""

    head: str
    text: str
    claim: Claim | None
    line: int
    printed: str


def achievements(parts: Iterable[FormPart]) -> list[Achievement]:
    """The items in the order of the text; a text without item marks is one item."""
    lines = [line for part in parts if part.section == "achievement" for line in part.lines if not line.blank]
    items: list[list[TextLine]] = []
    ended = True
    for line in lines:
        if not items or (line.plain[0] in "・○●◆" and ended):
            items.append([])
        items[-1].append(line)
        ended = line.plain.endswith("。")
    return [_achievement(item) for item in items]


def _achievement(item: list[TextLine]) -> Achievement:
    text = joined(item).lstrip("・○●◆ ")
    plain = bare(text)
    subject = _SUBJECT.search(plain)
    head = plain[: subject.start()] if subject is not None else plain[:0]
    claims: set[Claim] = {claim for claim, pattern in _CLAIMS if pattern.search(plain)}
    claim: Claim | None = None
    if "partly_achieved" in claims:
        claim = "partly_achieved"
    elif len(claims) == 1:
        claim = next(iter(claims))
    last = re.split("。|、", plain.rstrip("。"))[-1]
    return Achievement(head, plain, claim, item[0].number, last)
