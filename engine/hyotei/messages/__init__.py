"""Everything that Hyotei says: one catalogue of texts in Japanese and English, in the files of `texts/`, one a subject.

`wording` gives words and sentences; `Diagnostic` is one problem with its place, under a stable code; `HyoteiError` carries the
problems that stopped a request.
"""

from hyotei.messages.catalogue import Message, Severity, catalogue
from hyotei.messages.diagnostic import Diagnostic, HyoteiError, Location, Param
from hyotei.messages.phrases import InEach, Listed, Phrase, Text, Wording, phrase, phrase_of, wording
from hyotei.messages.text_files import LANGUAGES, Language

__all__ = [
    "LANGUAGES",
    "Diagnostic",
    "HyoteiError",
    "InEach",
    "Language",
    "Listed",
    "Location",
    "Message",
    "Param",
    "Phrase",
    "Severity",
    "Text",
    "Wording",
    "catalogue",
    "phrase",
    "phrase_of",
    "wording",
]
