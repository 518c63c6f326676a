"""The JUDGIT! data set of government programme reviews: JSON objects, one a file or one a line, years 2015 to 2023.

One sheet a record. Its identity is year/ministry/number; the evaluated year is the one before the sheet was published.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from hyotei.base.causes import cause
from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers import unvalidated_models
from hyotei.readers.decimal_literals import DECODER, without_lone_surrogates
from hyotei.readers.json_lines import JsonRecord, records
from hyotei.readers.judgit_budget import BudgetReader
from hyotei.readers.judgit_indicators import IndicatorReader
from hyotei.readers.judgit_unread_parts import KEY_OF, unread_parts
from hyotei.readers.reader import Found
from hyotei.readers.review_facts import NO_TARGET_REASON, word_fact
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, SCHEMA, Fact, Identity, Outline, Recorded, Sheet, Source
from hyotei.sheet.notes import reading_note
from hyotei.sheet.unread_parts import Part, part_of_fact

_READ: Final = (
    "公開年度", "事業名", "開始年度", "終了年度", "府省庁", "事業番号", "担当部局庁", "担当課室", "会計区分",
    "事業目的", "事業概要", "実施方法", "主要施策", "予算", "アウトカム", "アウトプット", "定量的な目標が設定できない理由",
    "url", "関連する過去のレビューシート",
)  # fmt: skip
_LEFT: Final = (
    "sid", "ID", "事業ID", "事業番号1", "事業番号2", "事業番号3", "事業番号4", "事業番号5", "支出先", "費目・使途", "備考",
    "作成責任者",
)  # fmt: skip
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_KEY: Final = re.compile(r'"(公開年度|事業名|府省庁|予算)"\s*:')
_KNOWN: Final = frozenset((*_READ, *_LEFT))
_NOTHING_RECORDED: Final = Recorded()
_JOINED: Final = "reading_notes.joined_identifier"
_YEAR_BEFORE: Final = "reading_notes.year_before_publication"
_OF_PATH: Final = "reading_notes.of_path"


class JudgitReader:
    """Reads records of the data set."""

    name = "judgit"

    def sniff(self, sample: Sample) -> float:
        text = sample.text.lstrip()
        if "\\u" in text:
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        # As keys: a sheet that was made of a record names them as places.
        keys = frozenset(_KEY.findall(text)) if text.startswith("{") else frozenset()
        if "公開年度" not in keys:
            return 0.0
        return 1.0 if "事業名" in keys and not keys.isdisjoint(("府省庁", "予算")) else 0.6

    def read(self, document: InputFile) -> Iterator[Found]:
        problems: list[Diagnostic] = [*document.notes()]
        reader = _RecordReader(document, problems)
        for record in records(document):
            if record.problem is not None:
                yield Found(None, (record.problem,))
                continue
            try:
                sheet = reader.sheet(record)
            except HyoteiError as error:
                yield Found(None, error.diagnostics)
                problems.clear()
                continue
            yield Found(sheet, tuple(problems))
            problems.clear()


class _RecordReader:
    """Reads the records of one document."""

    def __init__(self, document: InputFile, problems: list[Diagnostic]) -> None:
        self.document, self.file, self.problems = document, document.name, problems
        self.line: int | None = None
        self.budget = BudgetReader(self.file, problems)
        self.indicators = IndicatorReader(self.file, problems)

    def sheet(self, record: JsonRecord) -> Sheet:
        """The sheet of one record.

        Raises:
            HyoteiError: the record is not a JSON object, or does not say which sheet it is.
        """
        self.line = line = record.line
        data = self.decoded(record.text)
        published, ministry, number, title = self.identity(data)
        if not _KNOWN.issuperset(data):
            self.tell("HY815", keys="、".join(sorted(data.keys() - _KNOWN))[:80])
        fields: dict[str, object] = {
            "schema_": SCHEMA,
            "id": f"{published}/{ministry}/{number}",
            "title": title,
            "authority": ministry,
            "number": number,
            "policy": None,
            "field": None,
            "scheme": "行政事業レビュー",
            "fiscal_year": published - 1,
            "goal": self.text(data, "事業目的"),
            "objectives": self.indicators.objectives(data.get("アウトカム"), published, line),
            "outputs": self.indicators.outputs(data.get("アウトプット"), published, line),
            "budget_years": self.budget.years(data.get("予算"), published, line),
            "recorded": _NOTHING_RECORDED,
            "outline": self.outline(data),
            "document": f"{published}年度行政事業レビューシート",
            "unread": unread_parts(published, data, self.broken()),
            "identity": self.sources(data, published, ministry, number, title),
            "facts": self.facts(data),
        }
        return unvalidated_models.make(Sheet, fields)

    def broken(self) -> Iterator[Part]:
        """Parts of the record of which something was there that could not be read."""
        if self.indicators.lost:
            yield "objectives"
        if self.budget.lost:
            yield "budget_years"

    def decoded(self, text: str) -> dict[str, object]:
        if "\\u" in text and (mended := without_lone_surrogates(text)) != text:
            self.tell("HY128")
            text = mended
        try:
            data = DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            raise self.failure("HY810", reason=cause(error)) from None
        if type(data) is not dict:
            raise self.failure("HY810", reason=type(data).__name__)
        return data

    def identity(self, data: dict[str, object]) -> tuple[int, str, str, str]:
        """Year, ministry, number and name; what a record lacks is taken from where it lies: year/ministry/number.json."""
        year, ministry, number = data.get("公開年度"), self.text(data, "府省庁"), self.text(data, "事業番号")
        title = self.text(data, "事業名")
        if self.line is None and (year is None or ministry is None or number is None):
            folders = self.document.path.replace("\\", "/").split("/")[:-1]
            if year is None and len(folders) > 1 and folders[-2].isascii() and folders[-2].isdigit():
                year = int(folders[-2][:9])
            ministry = ministry or (folders[-1] if folders else None)
            number = number or self.file.partition(".")[0]
        if type(year) is int and FIRST_YEAR < year <= LAST_YEAR and ministry and number and title:
            return year, ministry, number, title
        missing = [
            key
            for key, value in (("公開年度", year), ("府省庁", ministry), ("事業番号", number), ("事業名", title))
            if value is None
        ]
        raise self.failure("HY819", keys="、".join(missing or ["公開年度"]))

    def sources(self, data: dict[str, object], published: int, ministry: str, number: str, title: str) -> Identity:
        """Where each name was read: at its key of the record, or in the path where the record lacks it."""

        def read(key: str, text: str) -> Source:
            if data.get(key) is None:
                return self.inferred(text, key, _OF_PATH)
            return unvalidated_models.source(text, self.file, self.line, key)

        year = str(published)
        fields: dict[str, object] = {
            "id": self.inferred(f"{year}/{ministry}/{number}", "公開年度、府省庁、事業番号", _JOINED),
            "title": read("事業名", title),
            "authority": read("府省庁", ministry),
            "number": read("事業番号", number),
            "fiscal_year": self.inferred(year, "公開年度", _YEAR_BEFORE),
        }
        return unvalidated_models.make(Identity, fields)

    def inferred(self, text: str, place: str, note: str) -> Source:
        return unvalidated_models.source(text, self.file, self.line, place, "inferred", reading_note(note))

    def facts(self, data: dict[str, object]) -> tuple[Fact, ...]:
        reason = self.text(data, KEY_OF[part_of_fact(NO_TARGET_REASON)])
        return () if reason is None else (word_fact(NO_TARGET_REASON, reason),)

    def outline(self, data: dict[str, object]) -> Outline:
        ends = data.get("終了年度")
        fields: dict[str, object] = {
            "issues": None,
            "summary": self.text(data, "事業概要"),
            "ministry": None,
            "units": tuple([unit for key in ("担当部局庁", "担当課室") if (unit := self.text(data, key))]),
            "start_year": self.year(data, "開始年度"),
            "end_year": self.year(data, "終了年度"),
            # The data set says 終了予定なし by leaving the year out, and an empty cell the same way, so it stays open.
            "open_ended": False if ends is not None else None,
            "accounts": self.texts(data, "会計区分"),
            "expenses": (),
            "methods": self.texts(data, "実施方法"),
            "policies": self.texts(data, "主要施策"),
            "former_numbers": self.texts(data, "関連する過去のレビューシート"),
            "url": self.text(data, "url"),
            "remarks": None,
        }
        return unvalidated_models.make(Outline, fields)

    def year(self, data: dict[str, object], key: str) -> int | None:
        value = data.get(key)
        if value is None:
            return None
        if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR:
            return value
        self.tell("HY813", key, value=str(value)[:20])
        return None

    def text(self, data: dict[str, object], key: str) -> str | None:
        value = data.get(key)
        if type(value) is str:
            return value or None
        if value is not None:
            self.tell("HY812", key, key=key)
        return None

    def texts(self, data: dict[str, object], key: str) -> tuple[str, ...]:
        value = data.get(key)
        if value is None or value == []:
            return ()
        if type(value) is str:
            return (value,)
        if type(value) is not list:
            self.tell("HY812", key, key=key)
            return ()
        return tuple([each if type(each) is str else json.dumps(each, ensure_ascii=False) for each in value])

    def tell(self, code: str, place: str | None = None, **params: str) -> None:
        self.problems.append(Diagnostic(code, Location(self.file, self.line, heading=place), dict(params)))

    def failure(self, code: str, **params: Param) -> HyoteiError:
        """What makes the record unusable, after all that was found in it before."""
        return HyoteiError(*self.problems, Diagnostic(code, Location(self.file, self.line), dict(params)))
