"""Keys: what makes a value one value, and within what values are compared."""

from __future__ import annotations

from typing import Final, get_args

from provstats.reading.figures import Nature

__all__ = ["FACT", "GROUP", "KEY", "NATURES"]

#: Within these no two rows may be alike.
KEY: Final = ["region", "indicator", "period", "nature"]

#: What one document states once: a rank may be claimed among several.
FACT: Final = [*KEY, "among"]

#: Rows are compared within these.
GROUP: Final = ["indicator", "period"]

#: The natures of values, the one that is compared first at the head.
NATURES: Final[tuple[str, ...]] = get_args(Nature)
