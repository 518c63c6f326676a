"""Hyotei rates policy evaluation sheets by a written rulebook and says exactly why.

The three calls of the Python interface:

    sheet = hyotei.read_sheet("sheet.yaml")
    rulebook = hyotei.load_rulebook("mic-2013")
    verdict = hyotei.rate(sheet, rulebook)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyotei.audit.audit import audit
    from hyotei.base.shipped_files import cases_folder, rules_folder
    from hyotei.corpus.corpus import Corpus
    from hyotei.impact.compare_rulebooks import compare_rulebooks
    from hyotei.impact.impact import impact
    from hyotei.impact.sweep import sweep
    from hyotei.inference.rate import rate
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.proof.certainty.certain import certain
    from hyotei.proof.certainty.reach import keep, reach
    from hyotei.proof.diff.diff import diff
    from hyotei.proof.prove import prove
    from hyotei.readers import read_sheet, read_sheets
    from hyotei.report.audit_report import audit_report
    from hyotei.rulebook.library import load_rulebook
    from hyotei.rulebook.model import Rulebook
    from hyotei.sheet import Sheet
    from hyotei.verdict.verdict import Verdict

__all__ = [
    "Corpus",
    "Diagnostic",
    "HyoteiError",
    "Rulebook",
    "Sheet",
    "Verdict",
    "audit",
    "audit_report",
    "cases_folder",
    "certain",
    "compare_rulebooks",
    "diff",
    "impact",
    "keep",
    "load_rulebook",
    "prove",
    "rate",
    "reach",
    "read_sheet",
    "read_sheets",
    "rules_folder",
    "sweep",
]

# Each name is imported when it is first used, so that `import hyotei` and every command start quickly.
_WHERE = {
    "Corpus": "hyotei.corpus.corpus",
    "Diagnostic": "hyotei.messages",
    "HyoteiError": "hyotei.messages",
    "Rulebook": "hyotei.rulebook.model",
    "Sheet": "hyotei.sheet",
    "Verdict": "hyotei.verdict.verdict",
    "audit": "hyotei.audit.audit",
    "audit_report": "hyotei.report.audit_report",
    "cases_folder": "hyotei.base.shipped_files",
    "certain": "hyotei.proof.certainty.certain",
    "compare_rulebooks": "hyotei.impact.compare_rulebooks",
    "diff": "hyotei.proof.diff.diff",
    "impact": "hyotei.impact.impact",
    "keep": "hyotei.proof.certainty.reach",
    "load_rulebook": "hyotei.rulebook.library",
    "prove": "hyotei.proof.prove",
    "rate": "hyotei.inference.rate",
    "reach": "hyotei.proof.certainty.reach",
    "read_sheet": "hyotei.readers",
    "read_sheets": "hyotei.readers",
    "rules_folder": "hyotei.base.shipped_files",
    "sweep": "hyotei.impact.sweep",
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'hyotei' has no attribute '{name}'")
    from importlib import import_module

    try:
        module = import_module(_WHERE[name])
    except ImportError as error:
        from hyotei.base.extras import missing_extra
        from hyotei.messages import HyoteiError

        extra = missing_extra(error)
        if extra is None:
            raise
        raise HyoteiError(extra) from None
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
