"""The results of a batch of sheets under the rulebook that edits begin with, and under those that the edits make of it."""

from collections.abc import Sequence

import numpy as np

from hyotei.columnar.corpus_relations import Figures
from hyotei.impact.affected_decisions import Result, results_of
from hyotei.impact.batch_values import BatchValues
from hyotei.impact.decision_versions import Versions
from hyotei.impact.sheet_batches import Batch
from hyotei.rulebook.model import Rulebook


class BatchResults:
    """The batch, rated under its rulebook.

    Args:
        batch: the sheets.
        rulebook: the rulebook; only what leads to its results is decided.
        figures: the figures that it and any rulebook to come read.

    Attributes:
        results: of each sheet by its place, under the rulebook.
        apart: the sheets with a number that fits no column.
    """

    def __init__(self, batch: Batch, rulebook: Rulebook, figures: Figures) -> None:
        self.batch = batch
        names = results_of(rulebook)
        self.rulebook = rulebook.toward(*names)
        self.values = BatchValues(batch, figures)
        self.versions = Versions(self.values, self.rulebook)
        self.apart = self.values.apart
        self.results: dict[str, list[Result]] = {name: [] for name in names}
        self.results = self.under(self.rulebook, range(len(batch)))

    def under(self, rulebook: Rulebook, places: Sequence[int]) -> dict[str, list[Result]]:
        """The results of some sheets under another rulebook, or its own, by the order of `places`."""
        wanted = [name for name in results_of(rulebook) if name in self.results]
        versions = self.versions.of(rulebook.toward(*wanted))
        sheets = self.values.number_of[np.asarray(places, np.int64)]
        for each in versions.values():
            self.versions.decide(each, sheets)
        return {name: _results(versions[name].outputs, sheets.tolist()) for name in wanted}


def _results(outputs: Sequence[tuple[object, ...]], sheets: Sequence[int]) -> list[Result]:
    found = [outputs[sheet][0] for sheet in sheets]
    return [each if isinstance(each, str) else None for each in found]
