"""Everything Hyotei says when something is wrong: one catalogue, stable codes, Japanese and English.

`Diagnostic` is one problem with its place; `HyoteiError` carries the problems that stopped a request. The sentences
themselves are data, one TOML table per code, in `texts/`.
"""

from hyotei.messages.catalogue import Language, Message, Severity, catalogue
from hyotei.messages.diagnostic import Diagnostic, HyoteiError, Location

__all__ = ["Diagnostic", "HyoteiError", "Language", "Location", "Message", "Severity", "catalogue"]
