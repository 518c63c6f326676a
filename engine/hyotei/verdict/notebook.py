"""A verdict in a notebook: the answer, the measures and the findings as one small piece of HTML."""

from html import escape

from hyotei.rulebook.canonical import shown_hash
from hyotei.verdict.model import VerdictData


def notebook_html(verdict: VerdictData) -> str:
    """HTML without scripts, styles from outside or requests."""
    sheet, book = verdict.sheet, verdict.rulebook
    head = " ".join(part for part in (sheet.number, sheet.title) if part)
    rows = "".join(
        f"<tr><td>{escape(measure.indicator)}{'（' + escape(measure.label) + '）' if measure.label else ''}</td>"
        f"<td>{escape(measure.target)}</td><td>{escape(measure.actual)}</td>"
        f"<td style='text-align:right'>{escape(measure.text) if measure.attainment else '—'}</td>"
        f"<td>{escape(measure.result or '—')}</td></tr>"
        for measure in verdict.measures
    )
    findings = "".join(
        f"<li><code>{escape(finding.code)}</code> {escape(finding.subject)}：{escape(finding.message)}</li>"
        for finding in verdict.findings
    )
    return (
        f"<div><p><strong>{escape(head)}</strong><br><small>{escape(book.id)} ({book.standing}) {shown_hash(book.hash)}</small></p>"
        f"<p>評価区分 <strong>{escape(verdict.rating or '—')}</strong> {escape(verdict.rating_label)}<br>"
        f"予算の方向 <strong>{escape(verdict.budget or '—')}</strong> {escape(verdict.budget_label)}</p>"
        "<table><thead><tr><th>測定指標</th><th>目標</th><th>実績</th><th>達成率</th><th>判定</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><ul>{findings}</ul></div>"
    )
