"""What figures and judgements of a sheet are called in the answers about certainty and ways."""

from hyotei.messages import Language, wording
from hyotei.proof.certainty.model import FigureMargin, Move, OpenPoint, Value


def figure_name(of: OpenPoint | Value | FigureMargin | Move, language: Language) -> str:
    """`平成24年度の執行額`, `「1. 会議の開催」の実績値`: measures with their number, because names may be the same."""
    say = wording(language)
    if not of.subject:
        return of.title
    subject = " ".join(of.subject.split())
    if of.unit.startswith("measures["):
        subject = say("certainty_document.measure", number=of.unit[9:-1], subject=subject)
    year = of.unit.startswith("budget_years")
    return say(
        "certainty_document.figure_of_year" if year else "certainty_document.figure", subject=subject, title=of.title
    )
