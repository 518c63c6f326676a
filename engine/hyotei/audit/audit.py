"""`hyotei.audit`: recorded evaluations of sheets against derived ones, one sheet after the other or a corpus at once."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hyotei.audit.auditor import Auditor, Named
from hyotei.audit.columnar_audit import ColumnarAudit, can_be_fast, keyed
from hyotei.audit.model import SheetAudit
from hyotei.messages import Language
from hyotei.sheet import Sheet

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus


def audit(
    sheets: "Iterable[Sheet] | Corpus",
    rulebook: Named | None = None,
    checks: Iterable[Named] | None = None,
    language: Language = "ja",
    carry_over: bool = False,
) -> Iterator[SheetAudit]:
    """What an auditor wants to see of each sheet: its recorded results beside the derived ones, and its findings.

    Args:
        sheets: the sheets, such as those of `hyotei.read_sheets`, or a corpus, which is audited by the engine for tables.
        rulebook: the rulebook that rates all of them; by default, for each sheet the one in force for its authority and
            evaluated year, if there is just one.
        checks: rulebooks of findings to apply as well; by default all of the library that are in force for the evaluated
            year. An empty list applies none.
        language: of the sentences.
        carry_over: apply rulebooks that end before the year of a sheet, with none after them, as drafts.

    Raises:
        HyoteiError: a rulebook that was named does not exist or has errors.

    Example:
        >>> import hyotei
        >>> sheet = hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml")
        >>> found, = audit([sheet])
        >>> [(each.output, each.recorded, each.derived, each.agreement) for each in found.comparisons]
        [('rating', 'A', 'A', 'agrees'), ('budget', 'Ⅱ', 'Ⅱ', 'agrees')]
    """
    from hyotei.corpus.corpus import Corpus

    auditor = Auditor(rulebook, checks, language, carry_over=carry_over)
    if isinstance(sheets, Corpus) and can_be_fast():
        yield from (found for _, found in ColumnarAudit(auditor, with_reasons=True).audits(sheets))
        return
    for sheet in (sheet for _, sheet in keyed(sheets)) if isinstance(sheets, Corpus) else sheets:
        yield auditor.audit(sheet)
