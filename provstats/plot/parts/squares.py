"""Squares: tiles whose areas say how large regions are, as near to their places as they can be."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.plot.parts.tiles import TILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Squares", "place_squares"]

# The side of a square of mean area, of one without a size, and the gap between two, in tiles.
_MEAN, _WITHOUT, _GAP = 0.93, 0.42, 0.05
# Rounds in which squares are pulled home and pushed apart, those in which they are only pushed, the
# pull of the first, and which part of an overlap one push removes.
_ROUNDS, _LAST, _PULL, _PUSH = 300, 2000, 0.03, 0.9
_TOUCH: Final = 1e-3


class Squares(NamedTuple):
    """The middles and sides of squares by code, in tiles, within a box that begins at 0, 0."""

    middles: dict[str, tuple[float, float]]
    sides: dict[str, float]
    wide: float
    high: float


def place_squares(sizes: Mapping[str, float]) -> Squares:
    """Place a square for each of the 34, of areas in proportion; without a size it is small."""
    return _lay_out_squares(tuple(sizes.get(code, 0.0) for code in TILES))


@lru_cache(maxsize=32)
def _lay_out_squares(sizes: tuple[float, ...]) -> Squares:
    areas = np.array(sizes)
    mean = areas[areas > 0].mean()
    sides = np.where(areas > 0, _MEAN * np.sqrt(areas / mean), _WITHOUT)
    home = np.array([(column, row) for row, column in TILES.values()], dtype=float)
    at = _move_squares_apart(home, sides)
    corner = (at - sides[:, None] / 2).min(axis=0)
    wide, high = (at + sides[:, None] / 2).max(axis=0) - corner
    middles = [(float(x), float(y)) for x, y in at - corner]
    return Squares(
        dict(zip(TILES, middles, strict=True)), dict(zip(TILES, sides.tolist(), strict=True)),
        float(wide), float(high),
    )  # fmt: skip


def _move_squares_apart(
    home: NDArray[np.float64], sides: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Move squares apart, the lesser ones farther; what pulls them home fades away."""
    at = home.copy()
    reach = (sides[:, None] + sides) / 2 + _GAP
    # Of two that overlap each moves by the share that the other has of both areas.
    share = sides**2 / (sides[:, None] ** 2 + sides**2)
    for step in range(_ROUNDS + _LAST):
        if step < _ROUNDS:
            at += _PULL * (1 - step / _ROUNDS) * (home - at)
        push = _compute_pushes(at, reach, share)
        if step >= _ROUNDS and not push.any():
            break
        at += push
    return at


def _compute_pushes(
    at: NDArray[np.float64], reach: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far each is pushed by all that it overlaps, along the axis of lesser overlap."""
    apart = at[:, None] - at
    lack = reach[..., None] - np.abs(apart)
    is_over = (lack > _TOUCH).all(axis=-1) & ~np.eye(len(at), dtype=bool)
    if not is_over.any():
        return np.zeros_like(at)
    along = np.where((lack[..., 0] <= lack[..., 1])[..., None], [1.0, 0.0], [0.0, 1.0])
    # Two in one place part by their order.
    order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at)))[..., None]
    way = np.where(apart != 0, np.sign(apart), order)
    each = np.where(is_over[..., None], along * way * lack * share[..., None], 0.0)
    many = np.maximum(1, (np.abs(each) > 0).sum(axis=1))
    pushes: NDArray[np.float64] = _PUSH * each.sum(axis=1) / np.sqrt(many)
    return pushes
