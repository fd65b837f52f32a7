"""What can go wrong, and the sentences that say so.

Every error tells what was given, what is allowed and, where there is one, the nearest match.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import pandas as pd

__all__ = [
    "FigureError",
    "IncomparableError",
    "PeriodError",
    "ProvstatsError",
    "SchemaError",
    "UnknownIndicatorError",
    "UnknownRegionError",
]

#: How many offending rows an error shows.
ROWS_SHOWN = 5
# How much of a cell it shows.
_WIDTH = 40


class ProvstatsError(Exception):
    """Root of all errors that provstats raises on purpose."""


class UnknownRegionError(ProvstatsError, LookupError):
    """A region is not in the registry, or its name fits more than one."""


class UnknownIndicatorError(ProvstatsError, LookupError):
    """An indicator id is not in the catalogue."""


class FigureError(ProvstatsError, ValueError):
    """A printed figure cannot be read without guessing."""


class PeriodError(ProvstatsError, ValueError):
    """A period is impossible or cannot be read without guessing."""


class IncomparableError(ProvstatsError, ValueError):
    """Values were to be compared that are not of one kind, or without a benchmark."""


class SchemaError(ProvstatsError, ValueError):
    """A table or a file is not what its columns promise."""


def suggest_nearest(given: str, allowed: Collection[str]) -> str:
    """Return ``"; did you mean 'a' or 'b'?"``, or an empty text where nothing is near.

    Parameters
    ----------
    given : str
        What the caller asked for.
    allowed : collection of str
        What there is.
    """
    matches = get_close_matches(given, dict.fromkeys(allowed))
    return f"; did you mean {' or '.join(map(repr, matches))}?" if matches else ""


def require_one_of(option: str, given: object, allowed: Iterable[object]) -> None:
    """Refuse an option that is not of its vocabulary.

    Parameters
    ----------
    option : str
        What the option is called.
    given : object
        What the caller gave: anything, a frame too.
    allowed : iterable of object
        The texts, booleans or None that it may be.
    """
    words = [*allowed]
    plain = given.item() if type(given).__module__ == "numpy" and hasattr(given, "item") else given
    if not any(plain is word or (type(plain) is type(word) and plain == word) for word in words):
        texts = [word for word in words if isinstance(word, str)]
        told = str([word for word in words if word is not None]) + " or None" * (None in words)
        hint = suggest_nearest(str(given)[:60], texts)
        msg = f"{option} must be one of {told}, got {given!r:.60}{hint}"
        raise SchemaError(msg)


def format_first_rows(rows: pd.DataFrame, total: int | None = None, *, column: str = "") -> str:
    """Return the first rows at fault as an indented text block, and how many there are.

    The column at fault is shown too; the total is by default the number of the given rows.
    """
    told = ("region", "indicator", "period", "nature", "value", "lower", "upper", "unit", column)
    columns = [name for name in dict.fromkeys(told) if name in rows]
    # Cells that cannot be what they should be may be anything: they are shown as short texts.
    first = rows[columns].head(ROWS_SHOWN)
    odd = [name for name in columns if first[name].dtype == object]
    shown = first.assign(**{name: [*map(_shorten_cell, first[name])] for name in odd}).to_string()
    rest = (total or len(rows)) - ROWS_SHOWN
    return f"\n{shown}" + (f"\n... and {rest} more" if rest > 0 else "")


def _shorten_cell(cell: object) -> str:
    try:
        text = str(cell)
    except ValueError:  # a whole number of thousands of digits
        text = type(cell).__name__
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
