"""Cautions: warnings that point at the line of the caller, however deep they are given."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["warn_caller"]


def warn_caller(message: str) -> None:
    """Warn the caller of the package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to know who called
    depth = 2
    while frame is not None and frame.f_globals.get("__name__", "").startswith("provstats."):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(message, stacklevel=depth)
