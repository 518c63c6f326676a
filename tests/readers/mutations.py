"""Damage of every kind done to valid documents: to their bytes, their lines, their cells, their JSON, the members of their zips.

Everything is drawn from one `random.Random`, so that a seed gives the same input again.
"""

import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Final

TOKENS: Final = (
    "", " ", "　", "\0", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffd", "\u202e", "\U0001f600", "𠮷", "ｶﾞ",
    "か\u3099", "0", "-0", "△", "▲5", "-1", "1e400", "1e-400", "NaN", "Infinity", "9" * 400, "1." + "0" * 300, "0x10",
    "１２３", "一二三", "①", "Ⅱ", "５回以上", "100%超", "80%〜", "【23年度】", "【年度】", "平成元年度", "令和99年度", "9999年度",
    "△△△", "・５回（）", "（" * 50, "○", "Ａ・Ｂ・Ｃ", "評価区分", "測定指標", "当初予算(a)", "千円", "百万円", "\t", "\r",
    "\n", "\r\n", "\f", ",", '"', "'", ":", "- ", "{", "}", "[", "]", "|", ">", "&a", "*a", "!!python/object:os.system",
    "---", "...", "<!DOCTYPE x>", "&#0;", "]]>", "A" * 5000, "。" * 3000,
)  # fmt: skip
"""What readers stumble over."""

LITERALS: Final = (
    "null", "true", "0", "-1", "0.0", "1e400", "-1e400", "1e-400", "NaN", "-Infinity", "1" * 500, "0." + "1" * 500, "2017.5",
    "[]", "{}", '""', '" "', '"\\ud800"', '"\\u0000"', '"1e5"', '"\\u202e"', "[" * 60 + "]" * 60, "[" * 30_000 + "]" * 30_000,
    '{"a":' * 500 + "1" + "}" * 500, "[null]", "[[]]", "[{}]", '[{"年度": 2017}]', "4294967296", "-9223372036854775809",
    "1E+99", "1e99999999999",
)  # fmt: skip
"""JSON values that may stand where another was meant, as their text."""

CODECS: Final = ("cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32")


def mutated(content: bytes, drawn: random.Random) -> bytes:
    """Damaged once to four times, most often in the way that fits what the document is."""
    for _ in range(drawn.choice((1, 1, 1, 2, 4))):
        content = drawn.choice(_ways(content))(content, drawn)
    return content


def _ways(content: bytes) -> list[Callable[[bytes, random.Random], bytes]]:
    if content[:2] == b"PK":
        return [members, members, members, noise]
    ways: list[Callable[[bytes, random.Random], bytes]] = [noise, lines, tokens, tokens, recoded]
    if content.lstrip()[:1] in (b"{", b"["):
        ways += [values] * 8
    if content.count(b",") > 20:
        ways += [cells] * 4
    return ways


def noise(content: bytes, drawn: random.Random) -> bytes:
    """Bytes turned, cut out, put in, repeated, cut off."""
    if not content:
        return drawn.randbytes(drawn.randrange(20))
    changed = bytearray(content)
    at = drawn.randrange(len(changed))
    size = drawn.choice((1, 1, 2, 4, 16, 256))
    how = drawn.randrange(6)
    if how == 0:
        changed[at] ^= 1 << drawn.randrange(8)
    elif how == 1:
        del changed[at : at + size]
    elif how == 2:
        changed[at:at] = drawn.randbytes(size)
    elif how == 3:
        changed[at:at] = bytes(changed[at : at + size]) * drawn.choice((2, 50))
    elif how == 4:
        del changed[at:]
    else:
        changed[at : at + size] = bytes([drawn.choice((0, 0x20, 0x7F, 0x80, 0xFF))]) * size
    return bytes(changed)


def lines(content: bytes, drawn: random.Random) -> bytes:
    """Lines swapped, doubled, left out, joined."""
    listed = content.split(b"\n")
    first, second = drawn.randrange(len(listed)), drawn.randrange(len(listed))
    how = drawn.randrange(5)
    if how == 0:
        listed[first], listed[second] = listed[second], listed[first]
    elif how == 1:
        listed.insert(first, listed[second])
    elif how == 2:
        del listed[min(first, second) : max(first, second)]
    elif how == 3:
        listed[first] += listed[second]
    else:
        drawn.shuffle(listed)
    return b"\n".join(listed)


def tokens(content: bytes, drawn: random.Random) -> bytes:
    """A token between the characters, or in place of a number or a word."""
    text = content.decode("utf-8", "surrogateescape")
    token = drawn.choice(TOKENS)
    spans = [match.span() for match in re.finditer(r"[0-9０-９][0-9０-９,.]*|\w+", text[:20_000])]
    if spans and drawn.random() < 0.6:
        start, end = drawn.choice(spans)
    else:
        start = end = drawn.randrange(len(text) + 1)
    return (text[:start] + token + text[end:]).encode("utf-8", "surrogateescape")


def recoded(content: bytes, drawn: random.Random) -> bytes:
    """All of it, or the end of it, in another encoding."""
    text = content.decode("utf-8", "replace")
    codec = drawn.choice(CODECS)
    if drawn.random() < 0.7:
        return text.encode(codec, "replace")
    at = drawn.randrange(len(text) + 1)
    return text[:at].encode() + text[at:].encode(codec, "replace")


def cells(content: bytes, drawn: random.Random) -> bytes:
    """Cells of a CSV swapped, filled with something else, put in quotes or taken out of them."""
    rows = [row.split(b",") for row in content.split(b"\n")]
    row, other = drawn.choice(rows), drawn.choice(rows)
    at = drawn.randrange(len(row))
    how = drawn.randrange(5)
    if how == 0:
        row[at] = drawn.choice(TOKENS).encode()
    elif how == 1:
        row[at], other[drawn.randrange(len(other))] = drawn.choice(other), row[at]
    elif how == 2:
        row[at] = b'"' + row[at]
    elif how == 3:
        del row[at]
    else:
        row[at] = drawn.choice(LITERALS).encode()
    return b"\n".join(b",".join(each) for each in rows)


class _Raw(str):
    """A text that is JSON already."""

    __slots__ = ()


def values(content: bytes, drawn: random.Random) -> bytes:
    """A value of one of the JSON records in place of which another stands, a key twice, a key gone or misspelt."""
    rows = content.split(b"\n")
    at = drawn.randrange(len(rows))
    whole = drawn.random() < 0.3
    try:
        tree = json.loads(content if whole else rows[at], parse_float=_Raw, parse_int=_Raw, parse_constant=_Raw)
    except (ValueError, RecursionError):
        return noise(content, drawn)
    places: list[tuple[dict[str, object] | list[object], str | int]] = []
    _places(tree, places)
    if not places:
        return noise(content, drawn)
    holder, key = drawn.choice(places)
    _change(holder, key, drawn)
    try:
        changed = _text(tree).encode("utf-8", "surrogatepass")
    except RecursionError:  # it was nested as deep as can be by an earlier change
        return noise(content, drawn)
    if whole:
        return changed
    rows[at] = changed
    return b"\n".join(rows)


def _places(tree: object, places: list[tuple[dict[str, object] | list[object], str | int]]) -> None:
    if isinstance(tree, dict):
        for key, value in tree.items():
            places.append((tree, key))
            _places(value, places)
    elif isinstance(tree, list):
        for position, value in enumerate(tree):
            places.append((tree, position))
            _places(value, places)


def _change(holder: dict[str, object] | list[object], key: str | int, drawn: random.Random) -> None:
    how = drawn.randrange(6)
    value: object = _Raw(drawn.choice(LITERALS)) if how < 3 else drawn.choice(TOKENS) if how == 3 else None
    if isinstance(holder, dict):
        assert isinstance(key, str)
        if how == 4:
            holder[key + drawn.choice(TOKENS)] = holder[key]
        elif how == 5:
            # Written out, it is a second key of that name.
            holder[_Twice(key)] = holder.pop(key) if drawn.random() < 0.3 else _Raw(drawn.choice(LITERALS))
        else:
            holder[key] = value
    else:
        assert isinstance(key, int)
        if how == 4:
            holder.insert(key, holder[key])
        elif how == 5:
            del holder[key]
        else:
            holder[key] = value


class _Twice(str):
    """A key that is not equal to itself as a plain text, so that it can stand twice."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def _text(tree: object) -> str:
    """The tree as JSON; recursion is no deeper than that of the samples, because nasty values are text already."""
    if isinstance(tree, _Raw):
        return str(tree)
    if isinstance(tree, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(str(key), ensure_ascii=False)}: {_text(each)}" for key, each in tree.items())
            + "}"
        )
    if isinstance(tree, list):
        return "[" + ", ".join(map(_text, tree)) + "]"
    return json.dumps(tree, ensure_ascii=False)


def members(content: bytes, drawn: random.Random) -> bytes:
    """A member of a zip damaged, renamed, doubled or left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [(member.filename, archive.read(member)) for member in archive.infolist()]
    except Exception:
        return noise(content, drawn)
    if not listed:
        return noise(content, drawn)
    at = drawn.randrange(len(listed))
    name, inner = listed[at]
    how = drawn.randrange(8)
    if how == 0:
        del listed[at]
    elif how == 1:
        listed.append(listed[at])
    elif how == 2:
        listed[at] = (
            drawn.choice(("../" + name, "/" + name, name.upper(), "x" * 300, "総務省.xml", name + "\x1b")),
            inner,
        )
    else:
        listed[at] = name, drawn.choice((noise, tokens, tokens, lines))(inner, drawn)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", drawn.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for each, data in listed:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that a name is there twice is what is wanted
                archive.writestr(each, data)
    return out.getvalue()
