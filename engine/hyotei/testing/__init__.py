"""Testing rulebooks: Hypothesis strategies of sheets and inputs, laws as pytest tests, declared laws tried, coverage of cases.

    from hyotei.testing import law

    @law("mic-2013")
    def test_no_top_rating_without_figures(sheet, verdict):
        assert verdict.rating != "A" or sheet.measures

The strategies and `law` need the extra `hyotei[testing]`. Coverage and its cases do without.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyotei.testing.drawn_inputs import decide, inputs
    from hyotei.testing.drawn_sheets import sheets
    from hyotei.testing.engine_trial import EngineTrial, try_engine
    from hyotei.testing.properties import LawResult, try_laws
    from hyotei.testing.rulebook_coverage import Coverage, coverage
    from hyotei.testing.user_law import law

__all__ = [
    "Coverage",
    "EngineTrial",
    "LawResult",
    "coverage",
    "decide",
    "inputs",
    "law",
    "sheets",
    "try_engine",
    "try_laws",
]

# Imported when first used: the pytest plugin lies in this package, and pytest loads it for people who never use it.
_WHERE = {
    "Coverage": "hyotei.testing.rulebook_coverage",
    "EngineTrial": "hyotei.testing.engine_trial",
    "LawResult": "hyotei.testing.properties",
    "coverage": "hyotei.testing.rulebook_coverage",
    "decide": "hyotei.testing.drawn_inputs",
    "inputs": "hyotei.testing.drawn_inputs",
    "law": "hyotei.testing.user_law",
    "sheets": "hyotei.testing.drawn_sheets",
    "try_engine": "hyotei.testing.engine_trial",
    "try_laws": "hyotei.testing.properties",
}
_WITHOUT = ("Coverage", "coverage")


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'hyotei.testing' has no attribute '{name}'")
    from importlib import import_module

    if name not in _WITHOUT:
        require()
    return getattr(import_module(_WHERE[name]), name)


def require() -> None:
    """Sees to it that the library of the extra is there.

    Raises:
        HyoteiError: it is not.
    """
    from hyotei.base.extras import need

    need("testing")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
