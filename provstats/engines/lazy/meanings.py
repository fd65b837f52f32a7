"""Meanings: what the texts of labels, ids and units say, as expressions of them.

They are worked out once a text, not once a row, and joined: texts are few, rows are many.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.catalogue.ids import NEVER_AFTER
from provstats.engines.lazy.schemas import is_date
from provstats.indicators import SUFFIXES, known_indicator, listed
from provstats.reading.units import UNITS, unit_word
from provstats.store.groups import places
from provstats.store.regions import NATION, mainland, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.engines.recognise import Lazy

    Rows = nw.LazyFrame[Lazy]

__all__ = [
    "beside",
    "catalogued",
    "each_once",
    "first_case",
    "located",
    "spanned",
    "unit_as_of_data",
]

_YEAR: Final = 12
_MONTH: Final = "(?:0[1-9]|1[0-2])"
_PARTS: Final = {
    "H1": ("01", "06"), "H2": ("07", "12"),
    "Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12"),
}  # fmt: skip
# So many suffixes follow one another at most.
_DEEPEST: Final = 4


def first_case(cases: Iterable[tuple[nw.Expr, nw.Expr]]) -> nw.Expr:
    """Return the value of the first case that holds, missing where none does.

    Parameters
    ----------
    cases : iterable of pairs of Expr
        When it holds, and what to return then.
    """
    return nw.coalesce(*(nw.when(holds).then(value) for holds, value in cases))


def unit_as_of_data(unit: nw.Expr) -> nw.Expr:
    """Return the word of the data for a unit as printed, and any other text as it is.

    Parameters
    ----------
    unit : Expr
        Units, as `provstats.reading.units.unit_word` takes them.
    """
    words = {text: unit_word(text) for text in UNITS if unit_word(text) != text}
    return unit.replace_strict(words, default=unit)


def each_once(rows: Rows, *columns: str) -> Rows:
    """Return the texts of columns, each once: by grouping, where engines need not keep a row.

    Parameters
    ----------
    rows : LazyFrame
        The rows.
    *columns : str
        Their columns of texts.
    """
    return rows.group_by(*columns).agg(times=nw.len()).drop("times")


def beside(rows: Rows, texts: Rows, *columns: str) -> Rows:
    """Join what texts mean to the rows, which need not move for it.

    Parameters
    ----------
    rows, texts : LazyFrame
        The rows, and the texts of some of their columns, each once.
    *columns : str
        These columns.
    """
    if texts.implementation.is_pyspark():  # it cannot know beforehand that texts are few
        texts = nw.from_native(texts.to_native().hint("broadcast"))
    return rows.join(texts, on=[*columns], how="left")


def spanned(frame: Rows) -> Rows:
    """Set the first and the last month of its period beside each row; a date stands for its month.

    Parameters
    ----------
    frame : LazyFrame
        ``label``, of labels as `provstats.Period` writes them, years, dates or datetimes; ``start``
        and ``end`` (months since the year 0) and ``months`` are added, missing where it is no
        label.
    """
    if not is_date(frame.collect_schema()["label"]):
        labels = _in_steps(each_once(frame, "label"), _of_labels())
        return beside(frame, labels, "label")
    year, month = nw.col("label").dt.year(), nw.col("label").dt.month()
    at = year.cast(nw.Int64) * _YEAR + month.cast(nw.Int64)
    return frame.with_columns(start=at, end=at, months=nw.lit(1))


def _of_labels() -> Iterator[dict[str, nw.Expr]]:
    label = nw.col("label")
    year = label.str.slice(0, 4)
    forms = {
        "Y": (year, "-01/", year, "-12"),
        "Y/Y": (year, "-01/", label.str.slice(5, 4), "-12"),
        "Y-M": (label, "/", label),
        "Y-M/Y-M": (label,),
        **{f"Y-{part}": (year, f"-{first}/", year, f"-{last}")
           for part, (first, last) in _PARTS.items()},
    }  # fmt: skip
    yield {"months": first_case((_is_of(form), _text(*parts)) for form, parts in forms.items())}
    yield {"start": _month(0), "end": _month(8)}
    yield {"start": nw.when(nw.col("start") <= nw.col("end")).then("start")}
    yield {"months": nw.col("end") - nw.col("start") + 1}


def _is_of(form: str) -> nw.Expr:
    pattern = form.replace("M", _MONTH).replace("Y", "[0-9]{4}")
    return nw.col("label").str.contains(f"^{pattern}$")


def _text(*parts: nw.Expr | str) -> nw.Expr:
    return nw.concat_str(*(nw.lit(part) if isinstance(part, str) else part for part in parts))


def _month(at: int) -> nw.Expr:
    year, month = (nw.col("months").str.slice(at + skip, size) for skip, size in ((0, 4), (5, 2)))
    return year.cast(nw.Int64) * _YEAR + month.cast(nw.Int64)


def _in_steps(texts: Rows, steps: Iterable[dict[str, nw.Expr]]) -> Rows:
    """Add columns, each step with those of the steps before."""
    for step in steps:
        texts = texts.with_columns(**step)
    return texts


def located(texts: Rows) -> Rows:
    """Keep the codes of the registry, and number them.

    Parameters
    ----------
    texts : LazyFrame
        ``region``, each once; ``area``, ``is_nation``, ``is_province`` and ``is_mainland`` are
        added.
    """
    code = nw.col("region")
    return texts.filter(code.is_in(list(places()))).with_columns(
        area=code.rank("dense").cast(nw.Int64),
        is_nation=code == NATION,
        is_province=code.is_in(sorted(provinces())),
        is_mainland=code.is_in(sorted(mainland())),
    )


def catalogued(texts: Rows, suffixes: Iterable[str]) -> Rows:
    """Give each id a number, and set beside each what the catalogue says of it.

    Parameters
    ----------
    texts : LazyFrame
        ``indicator`` and, if units are stated, ``stated``; each pair once.
    suffixes : iterable of str
        Of what else the numbers are needed: ``series_gap`` is that of ``<indicator>_gap``.

    Returns
    -------
    LazyFrame
        ``series`` (a number), ``unit`` (as stated, else of the catalogue), ``unit_code``,
        ``is_flow``, ``is_ascending``, ``is_growth``, and the numbers of others, missing where the
        rows have none, are added.
    """
    known = _in_steps(texts, _of_catalogue())
    stated = nw.col("stated") if "stated" in texts.columns else nw.col("usual_unit")
    told = known.with_columns(
        unit=nw.when(stated != "").then(unit_as_of_data(stated)).otherwise("usual_unit"),
        series=nw.col("indicator").rank("dense").cast(nw.Int64),
    ).with_columns(unit_code=nw.col("unit").rank("dense").cast(nw.Int64))
    ids = each_once(told, "indicator", "series")
    for suffix in suffixes:
        others = ids.select(other="indicator", **{f"series_{suffix}": "series"})
        told = told.with_columns(other=nw.concat_str("indicator", nw.lit(f"_{suffix}")))
        told = told.join(others, on="other", how="left").drop("other")
    return told


def _of_catalogue() -> Iterator[dict[str, nw.Expr]]:
    """Tell ids, and those that follow from them by rule."""
    id_, patterns = nw.col("indicator"), _patterns()
    units = [
        (id_.str.contains(pattern), nw.lit(told.removeprefix("unit ")))
        for told, pattern in patterns.items()
        if told.startswith("unit ")
    ]
    yield {
        "usual_unit": nw.coalesce(first_case(units), nw.lit("")),
        "is_flow": id_.str.contains(patterns["flow"]),
        "is_ascending": id_.str.contains(patterns["lower"]),
        "is_growth": id_.str.ends_with("_growth"),
    }


@cache
def _patterns() -> dict[str, str]:
    """Return the ids of which something is told, as patterns; those told the same are together."""
    alike: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for id_ in listed():
        alike[tuple(_told(id_))].append(id_)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for chains, ids in alike.items():
        for told in {told for _, told in chains}:
            ends = "|".join(chain for chain, said in chains if said == told)
            parts[told].append(f"(?:{'|'.join(ids)})(?:{ends})")
    return {told: f"^(?:{'|'.join(some)})$" for told, some in parts.items()}


def _told(id_: str) -> Iterator[tuple[str, str]]:
    """Return what the catalogue tells of an id and of all that follow from it by suffixes."""
    for chain in _chains():
        if (chain and id_ + chain in listed()) or not (of := known_indicator(id_ + chain)):
            continue
        yield chain, f"unit {of.unit}"
        yield chain, of.measure
        yield chain, of.direction


@cache
def _chains() -> list[str]:
    """Return the suffixes that may follow an id, one after the other."""
    words = [*SUFFIXES]
    return [
        "".join(f"_{word}" for word in chain)
        for size in range(_DEEPEST + 1)
        for chain in permutations(words, size)
        if all(one not in NEVER_AFTER.get(two, ()) for one, two in pairwise(chain))
        and all(word in NEVER_AFTER for word in chain)
    ]
