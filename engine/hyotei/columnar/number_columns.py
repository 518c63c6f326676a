"""Columns of whole numbers of a scale as plain decimals in words."""

import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import DIGITS


def plain_numbers(whole: pa.Array, scale: int) -> pa.Array:
    """Whole numbers of a scale as plain decimals in words: no trailing zeros."""
    text = pc.cast(whole, pa.string())
    if scale <= 0:
        return (
            text
            if not scale
            else pc.if_else(pc.equal(text, "0"), text, pc.binary_join_element_wise(text, "0" * -scale, ""))
        )
    minus = pc.starts_with(text, "-")
    digits = pc.utf8_lpad(pc.if_else(minus, pc.utf8_slice_codeunits(text, 1), text), scale + 1, "0")
    before = pc.utf8_slice_codeunits(digits, 0, -scale)
    after = pc.utf8_rtrim(pc.utf8_slice_codeunits(digits, -scale), "0")
    number = pc.if_else(pc.equal(after, ""), before, pc.binary_join_element_wise(before, after, "."))
    return pc.if_else(minus, pc.binary_join_element_wise("-", number, ""), number)


def cut_numbers(whole: pa.Array, scale: int) -> pa.Array:
    """The same with the decimals that quotients are shown with, rounded down."""
    step = 10 ** (scale - DIGITS)
    cut = [None if each is None else int(each) // step for each in whole.to_pylist()]
    return plain_numbers(pa.array(cut, pa.decimal128(38, 0)), DIGITS)
