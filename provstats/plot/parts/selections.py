"""Selections: the rows that a chart shows, of one indicator, and the regions set off in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import pandas as pd

from provstats.analysis.parts.inputs import convert_to_pandas
from provstats.analysis.parts.meanings import are_additive
from provstats.compare import gap_to_national
from provstats.engines.memory.checks import refuse_odd_cells
from provstats.engines.memory.inputs import prepare_frame
from provstats.engines.recognise import find_engine
from provstats.errors import IncomparableError, UnknownRegionError
from provstats.indicators import IndicatorSeries
from provstats.reading.periods import parse_period
from provstats.store.groups import convert_names_to_list, find_region_codes
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from provstats.engines.memory.inputs import Comparable

__all__ = [
    "build_national_line", "choose_one_period", "collect_compared_rows", "convert_chart_input",
    "find_national_row", "find_period_gaps", "list_periods_of_one_length",
    "mark_highlighted_regions", "require_one_group", "require_one_indicator", "use_gaps_as_values",
]  # fmt: skip

Given = TypeVar("Given")

# Of more an error names the first.
_NAMED: Final = 8
# By these columns the result of a comparison is known.
_ADDED: Final = {
    "rank": {"rank", "rank_best", "rank_worst"},
    "gap_to_national": {"national", "gap", "gap_lower", "gap_upper"},
    "yoy": {"previous", "yoy", "yoy_lower", "yoy_upper"},
}


def convert_chart_input(x: Given) -> Given:
    """Return a frame of polars or Arrow as one of pandas, and all else as it is."""
    if engine := find_engine(x):
        msg = f"ps.plot takes frames in memory, not a lazy frame; collect that of {engine}"
        raise NotImplementedError(msg)
    return cast("Given", convert_to_pandas(cast("Any", x)))


def collect_compared_rows(
    x: Comparable, compare: Callable[..., pd.DataFrame], **options: object
) -> pd.DataFrame:
    """Return the rows that a comparison keeps or has kept, with every column that a chart needs.

    These are the checked ones, those that the comparison adds, and ``qualifier`` and ``source``,
    where missing ``exact`` and empty.
    """
    if not isinstance(x, pd.DataFrame) or not _ADDED[compare.__name__] <= {*x.columns}:
        # A chart shows a value that has no rival too.
        x = compare(x, **({"min_n": 1} if compare.__name__ == "rank" else options))
    result = x.reset_index(drop=True)
    refuse_odd_cells(result, ("source", "qualifier"))
    checked = prepare_frame(result)
    rest = result[[column for column in result if column not in checked]]
    defaults = {"qualifier": "exact", "source": ""}
    missing = {column: word for column, word in defaults.items() if column not in rest}
    return checked.join(rest).assign(**missing)


# --- one of each ----------------------------------------------------------------------------------


def require_one_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse rows of several indicators; some are named."""
    ids = list(rows["indicator"].unique())
    if len(ids) > 1:
        msg = f"this chart shows one indicator, got {_count_and_name(ids)}; choose one"
        raise IncomparableError(msg)
    return rows


def _count_and_name(given: Sequence[str]) -> str:
    """Name what was given, of more than a few the first, and count all."""
    rest = ", ..." if len(given) > _NAMED else ""
    return f"{len(given)}: {', '.join(given[:_NAMED])}{rest}"


def list_periods_of_one_length(rows: pd.DataFrame) -> list[str]:
    """Return the periods by their end; years and months do not stand side by side."""
    periods = sorted(map(parse_period, rows["period"].unique()), key=lambda span: span.end)
    if len({span.months for span in periods}) > 1:
        msg = (
            f"the periods of a chart must be of one length, got: {', '.join(map(str, periods))}; "
            "choose some, as with ps.series(id, period=[...])"
        )
        raise IncomparableError(msg)
    return list(map(str, periods))


def require_one_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse rows of several indicators or periods; some are named, and how to choose one."""
    groups = rows[["indicator", "period"]].drop_duplicates().to_numpy().tolist()
    if len(groups) > 1:
        id_, period = groups[-1]
        msg = (
            f"this chart shows one indicator in one period, got "
            f"{_count_and_name([' '.join(group) for group in groups])}; choose one, as with "
            f"ps.series({id_!r}, period={period!r}); ps.plot.trend shows several periods"
        )
        raise IncomparableError(msg)
    return rows


def choose_one_period(rows: pd.DataFrame, x: Comparable) -> tuple[pd.DataFrame, int]:
    """Return the rows of one period, and how many there were to choose from.

    Of an indicator or a series it is the latest of those that most provinces report; a frame is the
    caller's own choice, so one of several periods is refused.
    """
    sizes = rows["period"].value_counts()
    if not isinstance(x, str | IndicatorSeries) or len(sizes) == 1:
        return require_one_group(rows), 1
    fullest = sizes.index[sizes == sizes.max()]
    latest = max(fullest, key=lambda label: parse_period(label).end)
    return require_one_group(rows[rows["period"] == latest].reset_index(drop=True)), len(sizes)


def mark_highlighted_regions(highlight: str | Iterable[str], shown: Sequence[str]) -> list[bool]:
    """Tell which of the regions shown are highlighted; all that are must be shown."""
    found = {str(name): find_region_codes([name]) for name in convert_names_to_list(highlight)}
    wanted = {code for codes in found.values() for code in codes}
    if missing := [name for name, codes in found.items() if set(shown).isdisjoint(codes)]:
        msg = (
            f"highlighted regions {missing} have no value in the chart; "
            f"those shown are {list(shown)}"
        )
        raise UnknownRegionError(msg)
    return [code in wanted for code in shown]


# --- the nation -----------------------------------------------------------------------------------


def _compute_gaps(x: Comparable, national: str | None = None) -> pd.DataFrame | None:
    try:
        found = collect_compared_rows(x, gap_to_national, national=national)
    except IncomparableError:  # no benchmark, a sum, or reports that contradict one another
        return None
    return None if are_additive(found).any() else found


def find_period_gaps(x: Comparable, period: str) -> pd.DataFrame | None:
    """Return the gaps to the nation in a period as values, or None where there are none."""
    found = _compute_gaps(x)
    if found is None:
        return None
    known = found[(found["period"] == period) & found["gap"].notna()]
    return None if known.empty else use_gaps_as_values(known)


def use_gaps_as_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their gaps for values; the unit stays that of the values."""
    ends: dict[str, Any] = {"value": "gap", "lower": "gap_lower", "upper": "gap_upper"}
    return rows.assign(**{end: rows[gap] for end, gap in ends.items()})


def find_national_row(x: Comparable, period: str) -> pd.Series | None:
    """Return the nation's value of a period as `gap_to_national` finds it, or None."""
    gaps = find_period_gaps(x, period)
    return None if gaps is None else gaps.iloc[0]


def build_national_line(x: Comparable, rows: pd.DataFrame) -> pd.DataFrame | None:
    """Return the reported national values by period, if they lie among those of the provinces."""
    # A line is of one vintage: the latest, or that of a series.
    is_latest = not isinstance(x, IndicatorSeries) or x.vintage == "latest"
    gaps = _compute_gaps(x, "latest" if is_latest else None)
    if gaps is None:
        return None
    reported = gaps[gaps["national_basis"] == "reported"].drop_duplicates("period")
    told: dict[str, Any] = {
        "value": "national",
        "lower": "national_lower",
        "upper": "national_upper",
        "source": "national_source",
    }
    nation = reported.assign(
        region=NATION, **{own: reported[column] for own, column in told.items()}
    )
    is_among = nation["value"].between(rows["lower"].min(), rows["upper"].max()).all()
    end = nation["period"].map(lambda label: parse_period(label).end)
    return nation.loc[end.sort_values().index] if len(nation) and is_among else None
