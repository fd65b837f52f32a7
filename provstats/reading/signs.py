"""Signs: what the words around a number make of it, more or less, or a move by some places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.reading.refusals import refuse
from provstats.reading.units import PLACES

if TYPE_CHECKING:
    from provstats.reading.quantities import Quantity
    from provstats.reading.units import Unit

__all__ = ["SIGNS", "find_sign"]

#: The sign that words of these roles give together; no others can stand together.
SIGNS: Final = {
    frozenset(roles.split()): sign
    for roles, sign in (
        ("", 1), ("rise", 1), ("fall", -1), ("minus", -1), ("rise minus", -1),
        ("growth", 1), ("growth rise", 1), ("growth fall", -1), ("growth minus", -1),
        ("growth widen", 1), ("growth narrow", -1),
        ("decline", -1), ("decline widen", -1), ("decline narrow", 1),
    )
}  # fmt: skip
# What a rank does that moves by some places: the first rank is the lowest number.
_MOVES: Final = {"up": -1, "forward": -1, "down": 1, "backward": 1}
_ALIKE: Final = {"up": "rise", "down": "fall"}
_SIGNED: Final = {*_MOVES, *(role for roles in SIGNS for role in roles)}


def find_sign(quantity: Quantity, roles: list[str]) -> tuple[int, Unit]:
    """Return the sign of a quantity and its unit, which of places that moved is the rank."""
    signs = [role for role in roles if role in _SIGNED]
    unit, is_place = quantity.scale.unit, quantity.scale.printed in PLACES
    if is_place and len(signs) == 1 and signs[0] in _MOVES:
        return _MOVES[signs[0]], "rank"
    if is_place and (unit == "rank" or "standing" in roles):
        refuse("places need a word for where they move")
    if "against" in roles and not signs and quantity.value:
        refuse("a comparison needs a word for more or less")
    if unit != "percentage_point" and not {"narrow", "widen"}.isdisjoint(signs):
        refuse("what narrows or widens is a rate, by points")
    return _combine_signs(quantity, [_ALIKE.get(role, role) for role in signs]), unit


def _combine_signs(quantity: Quantity, signs: list[str]) -> int:
    sign = SIGNS.get(frozenset(signs))
    falls = [role for role in signs if role != "rise"]
    is_twice = len(falls) > len(set(falls)) or (sign == -1 and quantity.is_negative)
    if sign is None or is_twice:
        refuse(f"the words around it contradict one another: {' and '.join(signs)}")
    return sign
