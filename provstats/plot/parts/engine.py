"""Engines: what draws a chart, Matplotlib or Vega-Lite, and the options that both take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from provstats.errors import SchemaError, require_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.axes import Axes

__all__ = ["Engine", "Options", "is_interactive"]

#: What draws a chart.
Engine = Literal["matplotlib", "vega"]
_ENGINES: Final = ("matplotlib", "vega")


class Options(TypedDict, total=False):
    """The options that every engine takes."""

    lang: str | None
    highlight: str | Iterable[str]
    title: str | None
    subtitle: str | None
    source: str | None
    unit: str | None
    style: Mapping[str, Any] | None
    width: float | None


def is_interactive(engine: str, ax: Axes | None) -> bool:
    """Tell whether Vega-Lite is to draw; refuse an unknown engine, and axes that it cannot use."""
    require_one_of("engine", engine, _ENGINES)
    if engine == "vega" and ax is not None:
        msg = (
            "ax is for engine='matplotlib'; engine='vega' makes a chart of its own, "
            "as wide as width= says"
        )
        raise SchemaError(msg)
    return engine == "vega"
