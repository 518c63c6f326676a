"""Every counterexample is derived again, by the reference and by durable-rules, before anybody sees it."""

from hyotei.inference.engine import Engine
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.unit_tree import Supposed
from hyotei.sheet import Sheet


class Replay:
    """A rulebook on both engines. Engines are made once a fiscal year and freed by `close`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.engines: dict[int, Engine] = {}

    def derive(self, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
        """The derivation on which both engines agree.

        Raises:
            HyoteiError: HY900, the engines differ, which is a defect of Hyotei.
        """
        engine = self.engines.get(sheet.fiscal_year)
        if engine is None:
            engine = self.engines[sheet.fiscal_year] = Engine(self.rulebook, sheet.fiscal_year)
        expected = evaluate(self.rulebook, sheet, supposed)
        found = engine.derive(sheet, supposed)
        for key, step in expected.steps.items():
            if found.steps[key] != step:
                raise HyoteiError(Diagnostic("HY900", params={"decision": key[0], "unit": key[1]}))
        return expected

    def close(self) -> None:
        for engine in self.engines.values():
            engine.close()
        self.engines.clear()
