"""`hyotei audit --why CODE KEY`: one finding explained."""

from typing import TYPE_CHECKING

from hyotei.cli.output import print_document, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hyotei.audit.corpus_audit import CorpusAudit
    from hyotei.audit.model import Finding, SheetAudit
    from hyotei.messages import Language


def tell_why(
    whole: "CorpusAudit", audits: "Iterable[SheetAudit]", code: str, key: str, as_json: bool, language: "Language"
) -> None:
    """Shows the findings of a kind on a sheet; `key` is its identifier, or the end of it after a slash.

    Raises:
        HyoteiError: the sheet is not there, or has no such finding (HY980).
    """
    from hyotei.messages import Diagnostic, HyoteiError, Listed, phrase
    from hyotei.report.finding_document import findings_document
    from hyotei.report.findings_ndjson import finding_data

    def meant(sheet: str) -> bool:
        return sheet == key or sheet.endswith(f"/{key}")

    sheets: set[str] = set()
    others: list[Finding] = []
    for audit in audits:
        if meant(audit.sheet.id):
            sheets.add(audit.sheet.id)
            others += audit.findings
    others += [each for each in whole.findings() if meant(each.sheet)]
    found = [each for each in others if code in (each.code, *each.also)]
    if not found:
        codes = sorted({each.code for each in others})
        known = phrase("cli.audit.no_sheet")
        if sheets:
            known = (
                phrase("cli.audit.its_findings", codes=Listed(tuple(codes)))
                if codes
                else phrase("cli.audit.no_findings")
            )
        raise HyoteiError(Diagnostic("HY980", params={"wanted": f"--why {code} {key}", "known": known}))
    if as_json:
        write_json({"schema": "hyotei.findings/1", "findings": [finding_data(each) for each in found]})
        return
    print_document(findings_document(found, whole.rulebooks, language))
