"""Columns: the keys that a caller's frame must hold, each label judged once instead of each row."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from provstats.engines.memory.codes import (
    Codes,
    codes_in,
    codes_of,
    codes_of_periods,
    period_text,
    used,
)
from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.threads import each_block
from provstats.engines.recognise import engine_of
from provstats.errors import PeriodError, SchemaError, UnknownRegionError, first_rows, nearest
from provstats.reading.periods import parse_period
from provstats.reading.units import unit_word
from provstats.store.keys import NATURES
from provstats.store.regions import NATION, registry

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

__all__ = [
    "known_natures",
    "labels_of",
    "natures_of",
    "own_regions",
    "refuse_columns",
    "refuse_no_frame",
    "refuse_unknown_regions",
    "texts_of",
    "units_of",
]  # fmt: skip


def refuse_no_frame(x: object) -> None:
    """Refuse what is no frame in memory of pandas, polars or Arrow.

    Parameters
    ----------
    x : object
        What a caller gave.

    Raises
    ------
    NotImplementedError
        If it is a lazy frame.
    SchemaError
        What it is instead.
    """
    if engine := engine_of(x):
        msg = f"a panel is of rows in memory; collect those of {engine}, or compare the lazy frame"
        raise NotImplementedError(msg)
    if not is_foreign(x):
        msg = f"an IndicatorSeries, an indicator id or a DataFrame is needed, got {type(x)}"
        raise SchemaError(msg)


def refuse_columns(names: Sequence[object], length: int) -> None:
    """Refuse a frame that lacks a column, has one twice, or has no rows.

    Parameters
    ----------
    names : sequence
        The frame's columns.
    length : int
        How many rows it has.

    Raises
    ------
    SchemaError
        What is wrong with it.
    """
    missing = [c for c in ("region", "indicator", "period", "value") if c not in names]
    if missing:
        hints = "".join(nearest(c, [str(name) for name in names]) for c in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(names)}{hints}"
        raise SchemaError(msg)
    if not length:
        msg = "the frame has no rows; nothing can be compared"
        raise SchemaError(msg)
    if len(set(names)) < len(names):
        msg = f"each column may stand once; the frame has {list(names)}"
        raise SchemaError(msg)


def _wrong(of: Codes, is_right: Iterable[bool]) -> Bools | None:
    """Return the rows whose label is not right, or that have none; None if there are none."""
    wrong = np.array([*(not right for right in is_right), True])
    if not wrong[:-1].any() and of.codes.min() >= 0:
        return None
    rows = np.concatenate(each_block(lambda block: wrong[of.codes[block]], len(of.codes)))
    return rows if rows.any() else None


def texts_of(frame: pd.DataFrame, column: str) -> Codes:
    """Return the codes of a column of texts.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    column : str
        Which column.

    Raises
    ------
    SchemaError, UnknownRegionError
        If a row has no text.
    """
    found = codes_of(frame[column])
    is_right = [isinstance(label, str) for label in found.labels]
    if (wrong := _wrong(found, is_right)) is None:
        return found if all(is_right) else used(found)
    rows = frame[wrong]
    msg = f"column {column!r} must hold texts, got {rows[column].iloc[0]!r}:{first_rows(rows)}"
    raise (UnknownRegionError if column == "region" else SchemaError)(msg)


def labels_of(frame: pd.DataFrame) -> Codes:
    """Return the codes of periods and their labels: what is written in two ways is one period.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.

    Raises
    ------
    PeriodError
        If a row has no period that can be read.
    """
    found = codes_of_periods(frame["period"])
    labels = [_label(str(text)) for text in found.labels]
    if (wrong := _wrong(found, (label is not None for label in labels))) is not None:
        first = int(wrong.argmax())
        rows = frame[found.codes == found.codes[first]]
        try:
            parse_period(period_text(frame["period"].iloc[first]))
        except PeriodError as error:
            msg = f"column 'period': {error}{first_rows(rows)}"
            raise PeriodError(msg) from None
    if None in labels:  # of a label that no row has
        found = used(found)
        labels = [_label(str(text)) for text in found.labels]
    return _merged(found, [label for label in labels if label])


def _label(text: str) -> str | None:
    try:
        return str(parse_period(text))
    except PeriodError:
        return None


def _merged(of: Codes, labels: Sequence[str]) -> Codes:
    """Give codes the labels, those that are alike one code."""
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    renamed = of._replace(labels=list(numbers))
    if len(numbers) == len(labels):
        return renamed
    return renamed.translated([numbers[label] for label in labels])


def _everywhere(label: str, length: int) -> Codes:
    return Codes(np.broadcast_to(np.int8(0), length), [label])


def natures_of(frame: pd.DataFrame) -> Codes:
    """Return the codes of natures; by default all are outcomes.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    """
    return codes_of(frame["nature"]) if "nature" in frame else _everywhere("outcome", len(frame))


def known_natures(frame: pd.DataFrame, found: Codes) -> Codes:
    """Return the natures in use, the one that is compared first at the head.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    found : Codes
        Their natures.

    Raises
    ------
    SchemaError
        If a row has another word.
    """
    if "nature" not in frame:
        return found
    if (wrong := _wrong(found, (label in NATURES for label in found.labels))) is not None:
        msg = f"column 'nature' must be of {list(NATURES)}:{first_rows(frame[wrong])}"
        raise SchemaError(msg)
    found = used(found)
    if len(found.labels) == 1:
        return found
    order = sorted(found.labels, key=NATURES.index)
    return found._replace(labels=order).translated(codes_in(found.labels, order))


def units_of(frame: pd.DataFrame) -> Codes:
    """Return the codes of units as the data write them; a missing one is an empty text.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    """
    if "unit" not in frame:
        return _everywhere("", len(frame))
    found = codes_of(frame["unit"])
    if found.codes.min() < 0:
        found = Codes(
            np.where(found.codes < 0, len(found.labels), found.codes), [*found.labels, ""]
        )
    return used(_merged(found, [unit_word(str(label)) for label in found.labels]))


def own_regions(codes: Collection[str]) -> frozenset[str]:
    """Return the codes of the regions that a caller compares; the nation is none of them.

    Parameters
    ----------
    codes : collection of str
        What a caller gave.

    Raises
    ------
    SchemaError
        If they are no texts, or there is none.
    """
    is_collection = isinstance(codes, Collection) and not isinstance(codes, str)
    are_codes = is_collection and all(isinstance(code, str) for code in codes)
    own = frozenset(codes if are_codes else ()) - {NATION}
    if not own:
        msg = f"regions must be a collection of the codes of some regions, got {codes!r:.60}"
        raise SchemaError(msg)
    return own


def refuse_unknown_regions(frame: pd.DataFrame, found: Codes, own: Container[str]) -> None:
    """Refuse codes that neither the registry knows nor the caller.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    found : Codes
        Their regions.
    own : container of str
        The caller's own codes.

    Raises
    ------
    UnknownRegionError
        With the nearest code.
    """
    is_known = (label in registry() or label in own for label in found.labels)
    if (wrong := _wrong(found, is_known)) is None:
        return
    rows = frame[wrong]
    hint = nearest(str(rows["region"].iloc[0]), list(registry()))
    hint = hint or "; ps.region(name).code finds a code, ps.Panel(frame, regions=codes) takes yours"
    msg = f"column 'region' holds unknown codes{hint}:{first_rows(rows)}"
    raise UnknownRegionError(msg)
