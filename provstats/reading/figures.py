"""Printed figures: one figure as a report prints it, read into a value and its interval.

A figure is a chain, in the order in which it is printed::

    预计 增长 比上年 超过 ...  numeral  余/多  unit  以上/左右

or the claim of a rank (`provstats.reading.ranks`). Whatever does not fit raises `FigureError`;
nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Final, get_args

from provstats.errors import FigureError
from provstats.reading.dress import normalize_text
from provstats.reading.numerals import NUMERAL, is_compound
from provstats.reading.quantities import find_quantity
from provstats.reading.ranks import find_claim
from provstats.reading.refusals import refuse
from provstats.reading.rewordings import reword_figure
from provstats.reading.signs import find_sign
from provstats.reading.units import MULTIPLES, Unit, parse_unit
from provstats.reading.vocabulary import Nature, Qualifier, read_leading_roles, read_trailing_roles

if TYPE_CHECKING:
    from provstats.reading.quantities import Quantity
    from provstats.reading.ranks import Claim
    from provstats.reading.units import Scale

__all__ = ["Figure", "Nature", "Qualifier", "convert_to_unit", "parse_figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    Parameters
    ----------
    value : float
        In the base unit: 7% is 7.0, 1.1万家 is 11000.0; a decline is negative.
    lower, upper : float
        The interval that the printed words allow; both ends belong to it.
    unit : str
        One of `Unit`.
    qualifier : str
        One of `Qualifier`.
    nature : str
        One of `Nature`.
    printed : str
        The text as given.

    Raises
    ------
    FigureError
        If the interval does not hold the value, or a word is not of its vocabulary.

    Examples
    --------
    >>> Figure(7.0, 6.5, 7.5, "percent", "exact", "outcome", "7%").unit
    'percent'
    """

    value: float
    lower: float
    upper: float
    unit: Unit
    qualifier: Qualifier
    nature: Nature
    printed: str

    def __post_init__(self) -> None:
        if not (self.lower <= self.value <= self.upper and isfinite(self.upper - self.lower)):
            msg = f"{self.printed!r}: value {self.value} is not in [{self.lower}, {self.upper}]"
            raise FigureError(msg)
        vocabularies = {"unit": Unit, "qualifier": Qualifier, "nature": Nature}
        for field, vocabulary in vocabularies.items():
            if getattr(self, field) not in get_args(vocabulary):
                msg = f"{field} must be one of {get_args(vocabulary)}, got {getattr(self, field)!r}"
                raise FigureError(msg)

    def __str__(self) -> str:
        return self.printed


# No figure is as long; the bound keeps reading any text fast.
_LONGEST: Final = 200
# A number in words (十万零一千) or in two parts (13万2千) is one without a unit too: it counts.
_COUNT: Final = parse_unit("个")
# 高于全国12.7个、12个百分点: the first is 12.7…个百分点; of 控制在5%和3%以内 it is 5%…以内.
_UNIT_FURTHER_ON: Final = re.compile("(?<=[0-9%])…+(?=[^0-9])")
# 近五年 is a span of time that ends now, and no number of years.
_SPAN_OF_TIME: Final = re.compile(f"(?<![接将逼])近{NUMERAL}(?:年|个月|天)")


def parse_figure(text: str, *, unit: str | None = None) -> Figure:
    """Read one figure as a report prints it.

    Parameters
    ----------
    text : str
        The figure with its qualifier, sign word and unit: ``"超8万个"``, ``"下降3.9%"``,
        ``"近四成"``, ``"5%—5.5%"``, ``"居全国第13位"``. ``…`` may stand for words left out.
    unit : str, optional
        The unit of a number that is printed without one, as in a table: ``"亿元"``, ``"万人"``,
        ``"%"``, or a word of the data such as ``"percent"``. A unit in the text goes before it;
        of a multiple of the given one (15EFLOPS in ``"PFLOPS"``) the figure is in the given one.

    Returns
    -------
    Figure
        Value and interval in the base unit. A full count is exact; anything measured or scaled
        by 万 or 亿 is rounded, half a unit of its last printed digit each side. 超, 近, 不足 and
        约 reach to the neighbouring number with as many significant digits; a fraction has the
        fractions of the same numerator as neighbours; a range keeps its ends as printed. Places
        gained in a ranking are negative, as the rank becomes a lower number.

    Raises
    ------
    FigureError
        If any part of the text is not of the grammar: two figures, a vague number (几, 两三), an
        unknown unit, a bare number where no unit is given. (13万2千 counts without one.)

    Examples
    --------
    >>> figure = parse_figure("超2.7万家")
    >>> figure.value, figure.lower, figure.upper, figure.qualifier
    (27000.0, 27000.0, 28000.0, 'over')
    >>> parse_figure("下降3.9%").value, parse_figure("43,760.7", unit="亿元").value
    (-3.9, 4376070000000.0)
    """
    if not isinstance(text, str) or not isinstance(unit, str | None):
        msg = f"a figure is a text such as '超8万个', and so is its unit; got {text!r}, {unit!r}"
        raise FigureError(msg)
    try:
        scale = parse_unit(unit) if unit is not None else None
        figure = _read_figure(text, scale)
        return convert_to_unit(figure, scale.unit) if scale else figure
    except FigureError as error:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        msg = f"cannot read {shown!r}: {error}"
        raise FigureError(msg) from None


def convert_to_unit(figure: Figure, unit: str) -> Figure:
    """Return a figure in a unit of which its own is a multiple, and any other as it is.

    Examples
    --------
    >>> figure = convert_to_unit(parse_figure("超15EFlops"), "PFLOPS")
    >>> figure.value, figure.upper, figure.unit
    (15000.0, 16000.0, 'PFLOPS')
    """
    smaller, factor = MULTIPLES.get(figure.unit, (figure.unit, 1))
    if smaller != unit:
        return figure
    value, lower, upper = (n * factor for n in (figure.value, figure.lower, figure.upper))
    return replace(figure, value=value, lower=lower, upper=upper, unit=smaller)


def _read_figure(text: str, scale: Scale | None) -> Figure:
    if len(text.strip()) > _LONGEST:
        refuse(f"a figure has at most {_LONGEST} characters")
    plain = _UNIT_FURTHER_ON.sub("", reword_figure(normalize_text(text)))
    claim = find_claim(plain)
    return _make_rank_figure(text, claim) if claim else _read_chain(text, plain, scale)


def _make_rank_figure(text: str, claim: Claim) -> Figure:
    place = float(claim.place)
    if claim.is_last:
        return Figure(place, 1.0, place, "rank", "under", claim.nature, text)
    return Figure(place, place, place, "rank", "exact", claim.nature, text)


def _read_chain(text: str, plain: str, scale: Scale | None) -> Figure:
    before, start = read_leading_roles(plain)
    scale = scale or (_COUNT if is_compound(plain) else None)
    found = find_quantity(plain, start, scale) or refuse("no number with a unit", plain, start)
    quantity, (after, end) = found[0], read_trailing_roles(plain, found[1])
    if end != len(plain):
        refuse("nothing may follow the unit", plain, end)
    if _SPAN_OF_TIME.search(plain):
        refuse("a span of time is a period, and no figure", plain)
    roles = [*before, *after]
    qualifier = _choose_qualifier(quantity, roles)
    sign, unit = find_sign(quantity, roles)
    ends = (sign * end for end in quantity.intervals[qualifier])
    # Nothing has no sign: -0.0 becomes 0.0.
    value, lower, upper = (float(n) + 0.0 for n in (sign * quantity.value, *sorted(ends)))
    return Figure(value, lower, upper, unit, qualifier, _choose_nature(roles), text)


def _choose_qualifier(quantity: Quantity, roles: list[str]) -> Qualifier:
    said = [q for q in get_args(Qualifier) if q in roles or q == quantity.usual != "exact"]
    if len(said) > 1:
        refuse(f"the words around it contradict one another: {' and '.join(said)}")
    qualifier: Qualifier = said[0] if said else "exact"
    if qualifier not in quantity.intervals:
        refuse(f"it cannot be {qualifier}: only {' or '.join(quantity.intervals)}")
    return qualifier


def _choose_nature(roles: list[str]) -> Nature:
    said = [nature for nature in get_args(Nature) if nature in roles]
    if len(said) > 1:
        refuse(f"the words around it contradict one another: {' and '.join(said)}")
    return said[0] if said else "outcome"
