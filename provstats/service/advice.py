"""Advice: what to ask instead, where a question cannot be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.errors import (
    FigureError,
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
)

if TYPE_CHECKING:
    from provstats.errors import ProvstatsError

__all__ = ["explain_error"]

_ADVICE: Final[dict[type[ProvstatsError], str]] = {
    UnknownIndicatorError: "Call search_indicators with a word of its name, and use its id.",
    UnknownRegionError: "Name a province by code (CN-CQ), or in Chinese or English.",
    PeriodError: "Ask for a period that is listed here, or leave period out to get all.",
    IncomparableError: (
        "Call search_indicators for one that several provinces report, or get_observations to see "
        "which regions, periods and natures there are."
    ),
    FigureError: "Give the figure as it is printed, with its unit.",
    SchemaError: "Change the argument as the message says.",
}


def explain_error(error: ProvstatsError) -> str:
    """Return what is wrong, and what to ask instead.

    Examples
    --------
    >>> explain_error(PeriodError("the data hold no 'gdp' of 1999"))[:45]
    "PeriodError: the data hold no 'gdp' of 1999. "
    """
    said = f"{type(error).__name__}: {error}"
    return f"{said.rstrip('. ')}. {_ADVICE.get(type(error), '')}".rstrip()
