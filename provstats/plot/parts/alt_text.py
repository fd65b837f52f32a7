"""Alternatives: each chart in words, kept as long as the chart lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from provstats.errors import SchemaError
from provstats.plot.vega.interactive import InteractiveChart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from provstats.words.languages import Language

__all__ = ["alt_text", "join_sentences", "keep_alt_text"]

_TEXTS: Final[WeakKeyDictionary[Axes, str]] = WeakKeyDictionary()


def keep_alt_text(drawn: Axes, sentences: Iterable[str], language: Language) -> None:
    """Keep the words of a chart."""
    _TEXTS[drawn] = join_sentences(sentences, language)


def join_sentences(sentences: Iterable[str], language: Language) -> str:
    """Join sentences; empty ones are passed over."""
    stop = language.say("stop")
    return (stop.join(filter(None, sentences)) + stop).strip()


def alt_text(drawn: Axes | InteractiveChart) -> str:
    """Say in words what a chart shows, for those who cannot see it.

    Parameters
    ----------
    drawn : Axes or InteractiveChart
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
    Industrial value added grew fastest in Shandong, of 5 provinces with data
    Highest: Shandong 8.3% (8.25 to 8.35); lowest: Beijing 7% (6.5 to 7.5)
    China 5.8% (implied, 5.7–5.9)
    Spindles: the range that each printed figure allows.
    """
    if isinstance(drawn, InteractiveChart):
        return drawn.alt_text
    if drawn not in _TEXTS:
        msg = f"axes that a function of ps.plot returned are needed, got {drawn!r}"
        raise SchemaError(msg)
    return _TEXTS[drawn]
