"""`hyotei rate --certain`, `--reach` and `--keep`: what they say, as text and as JSON, and what they refuse."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from jsonschema import Draft202012Validator

from tests.cli.command import SEED, inside


@pytest.fixture(scope="module")
def answered() -> dict[str, object]:
    """Everything asked of the seed at once."""
    done = inside("rate", SEED, "--certain", "--reach", "B", "--reach", "Ⅰ", "--keep", "Ａ", "--json")
    assert (done.code, done.told) == (0, ["HY213"])
    return done.json


def test_the_verdict_beside_the_answers_is_the_plain_one(answered: dict[str, object]) -> None:
    """The answers come beside it and change nothing in it."""
    plain = inside("rate", SEED, "--json").json
    assert answered["schema"] == "hyotei.rate/1"
    assert json.dumps(answered["verdict"]) == json.dumps(plain)


def test_answers_follow_their_schemas(answered: dict[str, object]) -> None:
    """The published schemas are those of what is written."""
    reach, keep = answered["reach"], answered["keep"]
    assert isinstance(reach, list)
    assert isinstance(keep, list)
    for kind, documents in (("certain", [answered["certain"]]), ("reach", [*reach, *keep])):
        validator = Draft202012Validator(inside("verdict", "schema", "--of", kind).json)
        for document in documents:
            validator.validate(document)
    assert [each["status"] for each in (*reach, *keep)] == ["found", "never", "found"]


def test_the_text_of_the_seed() -> None:
    """A reader finds whether it is certain, what else it could be, what decides, and the way to B."""
    done = inside("rate", SEED, "--certain", "--reach", "B", "--reach", "Ⅰ", "--keep", "A")
    assert done.code == 0
    for line in (
        "  不明な値によっては結論が変わる（ありうる結論は、いまのものを含め4通り）",
        "  評価区分 A、予算の方向 Ⅱ  いまの結論",
        "  評価区分 A、予算の方向 Ⅲ  例：平成24年度の執行額が 1,400,000千円",
        "  ・平成24年度の執行額 と 「5. ICT海外展開の推進」の測定指標の判定",
        "      0円以上1,432,792,500円未満 なら 評価区分 A、予算の方向 Ⅲ",
        "      達成 なら 評価区分 A、予算の方向 Ⅱ",
        "      減ると  9回までは変わらず、8回（-35回）で 評価区分 B、予算の方向 Ⅱ",
        "■ 評価区分 B に届くには",
        "  実績値と執行額をどう変えても届かない（証明済み）",
        "■ 評価区分 A を失うまで",
    ):
        assert line in done.out.splitlines(), line
    english = inside("rate", SEED, "--certain", "--keep", "A", "--lang", "en").out
    assert "What settles the verdict once it is known, whatever it is, smallest sets first" in english
    assert "kept as far as 9回, lost at 8回 (-35回)" in english


def test_refusals(tmp_path: Path) -> None:
    """A value that does not exist, one that is not reached, and a corpus."""
    inside("rate", SEED, "--reach", "Z", "--keep", "Ⅰ").failed_with("HY940", "HY941", "HY213")
    inside("rate", tmp_path, "--certain", "-o", tmp_path / "out.parquet").failed_with("HY942")
    for question in ("--certain", "--reach=A"):
        inside("rate", SEED, "--rulebook", "sheet-quality", question).failed_with("HY943", "HY213")
    several = inside("rate", SEED, SEED, "--reach", "Z", "--json")
    assert several.code == 2
    assert several.json["failed"] == 2


def test_without_the_solver_it_is_said_what_to_install() -> None:
    """The extra is named; plain rating goes on without it."""
    with patch("hyotei.base.extras.find_spec", return_value=None):
        inside("rate", SEED, "--certain").failed_with("HY902")
        assert inside("rate", SEED).code == 0


def test_no_time_at_all_is_open(tmp_path: Path) -> None:
    """With hardly any time the answer is that it is open, never that the verdict is certain."""
    done = inside("rate", SEED, "--certain", "--reach", "C", "--timeout", "0.000001", "--json").json
    certain, reach = done["certain"], done["reach"]
    assert isinstance(certain, dict)
    assert isinstance(reach, list)
    assert (certain["status"], certain["why"], certain["complete"]) == ("open", "timeout", False)
    assert (reach[0]["status"], reach[0]["why"]) == ("open", "timeout")
    text = inside("rate", SEED, "--certain", "--reach", "C", "--timeout", "0.000001").out
    assert "確実かどうかは分からない：時間内に調べ終わらなかった" in text


def test_keeping_less_than_there_is_says_so() -> None:
    """Who asks how B would be lost of an A is told that it is about falling below B."""
    done = inside("rate", SEED, "--keep", "B")
    assert done.code == 0
    assert "■ 評価区分が B を下回るまで（今は A）" in done.out.splitlines()
    assert "Before rating falls below B (it is A now)" in inside("rate", SEED, "--keep", "B", "--lang", "en").out


def test_why_not_always_says_something() -> None:
    """Of the value that it is, and of one of which nothing is to be told."""
    done = inside("rate", SEED, "--why-not", "A", "--why-not", "Ⅱ", "--why-not", "missed", "--why-not", "C")
    (start,) = [at for at, line in enumerate(done.out.splitlines()) if line.startswith("■ ほかにならない理由")]
    told = "\n".join(done.out.splitlines()[start:]).partition("\n\n")[0]
    assert "評価区分は A である" in told
    assert "予算の方向は Ⅱ である" in told
    assert "未達（目標の半分未満）" in told
    assert "評価区分が C でない" in told


@pytest.mark.parametrize(
    "option", [("--engine", "duckdb"), ("--master", "x"), ("--memory", "1GB"), ("--steps",), ("--at-once", "5")]
)
def test_an_option_without_effect_is_refused(option: tuple[str, ...]) -> None:
    """What only counts with -o is not passed over in silence."""
    done = inside("rate", SEED, *option)
    done.failed_with("HY896")
    assert option[0] in done.err
