"""Figures: the cells of one unit, each distinct text read once, plain numbers all together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.tables.kinds import clean_number
from provstats.tables.labels import drop_footnote_marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.units import Measure

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "read_figures"]

#: What a figure is, as columns.
COLUMNS: Final = ("value", "lower", "upper", "unit", "qualifier")
_PLAIN: Final = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"
_GROUPED: Final = r"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$"
#: 1.1万 under 亿元 would be scaled twice.
_SCALES: Final = ("十", "百", "千", "万", "亿")
#: So many digits are whole numbers that a double holds exactly.
_DIGITS: Final = 15


def read_figures(texts: pd.Series, unit: Measure, decimals: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return value, bounds, unit and qualifier of texts; those that cannot be read have no unit.

    `decimals` are the digits after the point that the print had, -1 where the text shows them.
    """
    trimmed = pc.utf8_trim_whitespace(pa.array(texts, type=pa.string()))
    grouped = pc.match_substring_regex(trimmed, _GROUPED)
    trimmed = pc.if_else(grouped, pc.replace_substring(trimmed, ",", ""), trimmed)
    short = pc.less_equal(pc.utf8_length(trimmed), _DIGITS)
    plain = pc.and_(pc.match_substring_regex(trimmed, _PLAIN), short)
    is_plain = plain.to_numpy(zero_copy_only=False)
    numbers = np.full((3, len(texts)), np.nan)
    words = np.full((2, len(texts)), None, dtype=object)
    numbers[:, is_plain] = _read_plain_numbers(trimmed.filter(plain), unit, decimals[is_plain])
    words[:, is_plain] = np.array([[unit.unit], ["exact"]], dtype=object)
    others = np.flatnonzero(~is_plain).tolist()
    keys = [(str(texts.iloc[place]), int(decimals[place])) for place in others]
    read = {key: _read_figure(key[0], unit, key[1]) for key in dict.fromkeys(keys)}
    for place, key in zip(others, keys, strict=True):
        numbers[:, place], words[:, place] = read[key][:3], read[key][3:]
    columns = dict(zip(COLUMNS, (*numbers, *words), strict=True))
    return pd.DataFrame(columns, index=texts.index)


def _read_plain_numbers(texts: Any, unit: Measure, decimals: Any) -> Any:  # noqa: ANN401 - arrays
    """Read plain numbers by whole-number arithmetic, so that no power of ten adds noise."""
    point = pc.find_substring(texts, ".").to_numpy()
    printed = np.where(point < 0, 0, pc.utf8_length(texts).to_numpy() - point - 1)
    digits = pc.replace_substring(pc.utf8_ltrim(texts, "+"), ".", "")
    whole = pc.cast(digits, pa.int64()).to_numpy().astype(np.float64)
    last = np.where(decimals < 0, printed, decimals)
    exact = unit.is_counted & (last == 0) & (printed == 0)
    finest = np.maximum(printed, last) + 1
    middle = whole * 10.0 ** (finest - printed)
    half = np.where(exact, 0.0, 5.0 * 10.0 ** (finest - last - 1))
    ends = (middle, middle - half, middle + half)
    return np.stack([_scale_numbers(end, unit.power - finest) for end in ends])


def _scale_numbers(whole: Floats, power: Any) -> Floats:  # noqa: ANN401 - an array of powers of ten
    """Multiply or divide by an exact power of ten: one rounding at most."""
    up, down = np.maximum(power, 0), np.maximum(-power, 0)
    return np.asarray(whole * 10.0**up / 10.0**down)


def _read_figure(text: str, unit: Measure, decimals: int) -> tuple[Any, ...]:
    """Read one text: a number in another form, or a figure with its own words or unit."""
    if number := clean_number(text):
        return _build_figure(Decimal(number), unit, decimals)
    bare = drop_footnote_marks(text.strip())
    scaled_twice = unit.power and bare.endswith(_SCALES)
    for words in (bare, *([] if scaled_twice else [f"{bare}{unit.printed}"])):
        try:
            figure = parse_figure(words)
        except FigureError:
            continue
        return figure.value, figure.lower, figure.upper, figure.unit, figure.qualifier
    return np.nan, np.nan, np.nan, None, None


def _build_figure(number: Decimal, unit: Measure, decimals: int) -> tuple[Any, ...]:
    last = -decimals if decimals >= 0 else int(number.as_tuple().exponent)
    exact = last == 0 and unit.is_counted and number == int(number)
    half = Decimal(0) if exact else Decimal(5).scaleb(last - 1)
    ends = (number, number - half, number + half)
    return (*(float(end.scaleb(unit.power)) for end in ends), unit.unit, "exact")
