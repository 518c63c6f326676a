"""Recorded beside derived results on the page: how they stand to each other, the matrix, and the sheets that disagree."""

from hyotei.audit.summary import Compared
from hyotei.messages import Wording
from hyotei.report.audit_content import Content
from hyotei.report.audit_summary_document import AGREEMENTS
from hyotei.report.markup import Head, Html, element, join, table, text
from hyotei.report.result_words import result_name


def agreement_section(content: Content, say: Wording) -> Html:
    """For each result the counts, the matrix and the agreement beyond chance."""
    return join(
        _compared(output, compared, content.summary.scale(output), say)
        for output, compared in content.summary.whole.results.items()
    )


def _compared(output: str, compared: Compared, scale: tuple[str, ...], say: Wording) -> Html:
    name = result_name(output, say)
    parts: list[Html] = [element("h3", name)]
    rows = [
        (say.one_of("audit_report.agreement", key), f"{compared.agreements[key]:,}")
        for key in AGREEMENTS
        if compared.agreements[key]
    ]
    tables = [
        table(
            say("audit_page.how_recorded_stands", name=name),
            [Head(say("audit_report.compared.kind")), Head(say("audit_report.compared.sheets"), "n")],
            rows,
        )
    ]
    if compared.matrix:
        most = max(compared.matrix.values())
        tables.append(
            table(
                say("audit_page.recorded_rows_derived", name=name),
                [Head(say("audit_page.matrix_corner")), *(Head(value, "n") for value in scale)],
                ([one, *(_heat(compared.matrix[one, other], most, one == other) for other in scale)] for one in scale),
            )
        )
    parts.append(element("div", *tables, class_="beside"))
    kappa = compared.kappa(scale)
    if kappa is not None:
        interval = f"{kappa.low:.3f}" + say("audit_page.to") + f"{kappa.high:.3f}"
        parts.append(
            element(
                "p",
                say("audit_page.weighted_kappa_linear", value=kappa.value, interval=interval, pairs=kappa.pairs),
            )
        )
    if compared.better or compared.worse:
        parts.append(
            element(
                "p",
                say("audit_report.compared.better", better=compared.better, worse=compared.worse),
            )
        )
    return join(parts)


def _heat(count: int, most: int, same: bool) -> Html:
    """A cell of the matrix, the deeper the more sheets; the diagonal is where both are the same."""
    depth = count * 55 // most
    style = f"background: rgba(var(--heat), 0.{depth:02})" if count else None
    return element("td", f"{count:,}", class_="n same" if same else "n", style=style)


def disagreements_section(content: Content, say: Wording) -> Html:
    """The sheets that record something else, the furthest apart first, with why and why not."""
    if not content.disagreements:
        return Html("")
    rows = []
    for each in content.disagreements:
        audit, comparison = each.audit, each.comparison
        sheet = element(
            "span",
            audit.sheet.title,
            Html("<br>"),
            element("span", f"{audit.sheet.authority} {audit.sheet.fiscal_year} {audit.sheet.id}", class_="faint"),
        )
        why = join([comparison.why, comparison.why_not], "<br>") if comparison.why_not else text(comparison.why)
        rows.append(
            (
                sheet,
                result_name(comparison.output, say, comparison.subject),
                comparison.recorded or "",
                comparison.derived or "",
                say.one_of("audit_report.agreement", comparison.agreement),
                why,
            )
        )  # fmt: skip
    heads = [
        Head(say("audit_page.sheet"), "text"), Head(say("audit_page.result"), "nowrap"), Head(say("audit_page.recorded")),
        Head(say("audit_page.derived")), Head(say("audit_report.compared.kind")), Head(say("audit_page.why_why_not"), "text"),
    ]  # fmt: skip
    note = ""
    if content.disagreeing > len(rows):
        note = say("audit_page.furthest_apart_largest", rows=len(rows), disagreeing=content.disagreeing)
    shown = table(say("audit_page.sheets_record_something"), heads, rows)
    return join([element("p", note) if note else "", shown])
