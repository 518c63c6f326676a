"""What all proofs of one rulebook share: the rulebook cut down to what is asked, its classes of units, and both engines."""

from collections.abc import Callable, Iterable
from dataclasses import field

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Param
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.replay import Replay
from hyotei.proof.search import Question, SearchAnswer, search
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.solver import TIMEOUT, Found, Solver
from hyotei.proof.unit_counts import Census, listed
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook


@dataclass(slots=True)
class Prover:
    """Proofs about one rulebook. `timeout` is in seconds, for each single question. Close it after use."""

    rulebook: Rulebook
    timeout: float = TIMEOUT
    replay: Replay = field(init=False)
    defects: list[Diagnostic] = field(default_factory=list)
    """Disagreements between methods or engines: they are told after everything else, and end nothing."""
    _censuses: "dict[tuple[tuple[t.Term, ...], tuple[t.Term, ...]], Census]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.replay = Replay(self.rulebook)

    def toward(self, names: Iterable[str]) -> Rulebook:
        """The rulebook with only what these decisions rest on."""
        return self.rulebook.toward(*names)

    def census(self, names: Iterable[str], extra: Iterable[t.Term] = ()) -> Census:
        """The classes of units that these decisions count.

        Raises:
            BeyondProof: they cannot be told apart.
        """
        terms = tuple(extra)
        wanted = listed(self.toward(names), terms)
        key = wanted, terms
        found = self._censuses.get(key)
        if found is None:
            found = self._censuses[key] = Census(self.rulebook, wanted, terms, self.timeout)
        return found

    def possible(self, inputs: Inputs, *truths: Truth) -> Found:
        """Whether these can be true together, over the free figures of `inputs`."""
        solver = Solver(self.timeout)
        solver.assume(inputs.assumed)
        return solver.possible(*truths)

    def search(self, names: Iterable[str], ask: "Callable[[Rulebook, Inputs, Place], Question]") -> SearchAnswer:
        """A real sheet that shows something about these decisions."""
        book = self.toward(names)
        return search(book, lambda inputs, root: ask(book, inputs, root), self.timeout)

    def disagreement(self, what: Param) -> None:
        """Notes that a drawn sheet breaks what was proved, which is a defect of Hyotei."""
        self.defects.append(Diagnostic("HY915", params={"what": what}))

    def close(self) -> None:
        self.replay.close()
