"""Grids: where each of the 34 provinces stands in a map of equal tiles.

No borders are drawn, so none is asserted. Of the 70 land borders 40 are kept as edges between tiles
and 63 with corners; two pairs of 920 stand the wrong way round from west to east or north to south.
"""

from __future__ import annotations

from typing import Final

__all__ = ["TILES"]

_MAP: Final = """
.  .  .  .  .  HL .
.  .  .  .  .  JL .
.  .  .  NM BJ LN .
XJ GS NX SX HE TJ .
XZ QH SN HA SD .  .
.  SC CQ HB AH JS SH
.  YN GZ HN JX ZJ .
.  .  GX GD FJ TW .
.  .  HI MO HK .  .
"""
#: Row from the top and column from the left, by code.
TILES: Final[dict[str, tuple[int, int]]] = {
    f"CN-{letters}": (row, column)
    for row, line in enumerate(_MAP.strip().splitlines())
    for column, letters in enumerate(line.split())
    if letters != "."
}
