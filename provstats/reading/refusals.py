"""Refusals: what cannot be read, and where."""

from __future__ import annotations

from typing import NoReturn

from provstats.errors import FigureError

__all__ = ["refuse"]


def refuse(why: str, text: str = "", at: int = 0) -> NoReturn:
    """Raise `FigureError`, with the part of the text from which it cannot be read."""
    where = f", at character {at + 1}: {text[at:]!r}" if text or at else ""
    msg = f"{why}{where}"
    raise FigureError(msg)
