"""The format of evaluation sheets (評価書) as PDF tools give their text, one sheet a document."""

from collections.abc import Iterator

from hyotei.base.text_file import decoded
from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.evaluation_text import read_evaluation_text, sniff
from hyotei.readers.reader import Found


class EvaluationTextReader:
    """Reads the text of one printed form a document."""

    name = "evaluation-text"

    def sniff(self, sample: Sample) -> float:
        return sniff(sample.text)

    def read(self, document: InputFile) -> Iterator[Found]:
        read = decoded(document.content(), document.name)
        sheet, problems = read_evaluation_text(read.text, document.name, document.given)
        yield Found(sheet, (*read.problems, *problems))
