"""Alternatives: each chart in words, kept as long as the chart lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from provstats.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    from provstats.words.languages import Language

    Drawn = Axes | FigureBase

__all__ = ["alt_text", "keep"]

_TEXTS: Final[WeakKeyDictionary[Drawn, str]] = WeakKeyDictionary()


def keep(drawn: Drawn, sentences: Iterable[str], language: Language) -> None:
    """Keep the words of a chart.

    Parameters
    ----------
    drawn : Axes or Figure
        What a chart function returns.
    sentences : iterable of str
        What it shows; empty ones are passed over.
    language : Language
        In which they are.
    """
    stop = language.say("stop")
    _TEXTS[drawn] = (stop.join(filter(None, sentences)) + stop).strip()


def share(drawn: Axes, whole: FigureBase) -> None:
    """Keep the words of axes for their figure too.

    Parameters
    ----------
    drawn : Axes
        What the words are kept for.
    whole : Figure or SubFigure
        What the chart function returns.
    """
    _TEXTS[whole] = _TEXTS[drawn]


def alt_text(drawn: Drawn) -> str:
    """Say in words what a chart shows, for those who cannot see it.

    Parameters
    ----------
    drawn : Axes or Figure
        What a function of `provstats.plot` returned.

    Returns
    -------
    str
        Sentences in the language of the chart: its title, what is measured, when and of how many,
        the ends of the values with their intervals, notes and sources.

    Raises
    ------
    SchemaError
        If it is no chart of this package.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> axes = Figure().subplots()
    >>> ax = ps.plot.ranking(growth, lang="en", subtitle="", source="", ax=axes)
    >>> for sentence in ps.plot.alt_text(ax).split(". "):
    ...     print(sentence)
    Shandong leads the 5 provinces shown
    Highest: Shandong 8.3% (8.25 to 8.35); lowest: Beijing 7% (6.5 to 7.5)
    China 5.8% (implied)
    Bars: range of each value.
    """
    if drawn not in _TEXTS:
        msg = f"an axes or a figure that a function of ps.plot returned is needed, got {drawn!r}"
        raise SchemaError(msg)
    return _TEXTS[drawn]
