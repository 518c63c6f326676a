"""A reservation about a finding, before it is told in a language."""

from typing import NamedTuple

from hyotei.messages import Language, Text
from hyotei.verdict.model import DoubtCode, DoubtRef


class Doubt(NamedTuple):
    """Its code and values as `DoubtRef` has them, and what says it."""

    code: DoubtCode
    values: dict[str, str]
    said: Text

    def told(self, language: Language) -> DoubtRef:
        """It with its sentence."""
        return DoubtRef(self.code, self.values, self.said.text(language))
