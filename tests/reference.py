"""Rank, gap and change by pandas' own joins and groups: slow, obvious, and apart from the kernel.

It takes sound frames only; what is compared and what has a benchmark is worked out anew.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from provstats import Figure, IncomparableError, parse_period
from provstats.indicators import known_indicator
from provstats.reading.units import unit_word
from provstats.store.regions import mainland, provinces

GROUP = ["indicator", "period"]
OF_NATURE = [*GROUP, "nature"]
NATURES = ["outcome", "forecast", "target"]
DIFFERENCES = {"percent": "percentage_point", "percentage_point": "percentage_point",
               "rank": "rank"}  # fmt: skip
TOUCH = 1e-9


def checked(frame):
    """Return the rows by their position, with all columns and the unit that is meant."""
    rows = pd.DataFrame({
        "region": frame["region"].astype(object).to_numpy(),
        "indicator": frame["indicator"].astype(object).to_numpy(),
        "period": [str(parse_period(str(text))) for text in frame["period"]],
        "nature": frame["nature"].astype(object).to_numpy() if "nature" in frame else "outcome",
        "unit": [unit_word(str(u)) if isinstance(u, str) else "" for u in frame["unit"]]
        if "unit" in frame else "",
        "value": pd.to_numeric(frame["value"]).astype("float64").to_numpy(),
    })  # fmt: skip
    for end in ("lower", "upper"):
        bound = pd.to_numeric(frame[end]).to_numpy("float64") if end in frame else np.nan
        rows[end] = np.where(np.isnan(bound), rows["value"], bound)
    known = rows["indicator"].map(lambda id_: of.unit if (of := known_indicator(id_)) else "")
    return rows.assign(
        unit=rows["unit"].where(rows["unit"] != "", known).astype(object),
        source=frame["source"].to_numpy() if "source" in frame else "",
    )


def of_one_nature(rows, candidates):
    """Tell the rows that have the first nature of their group's candidates."""
    places = rows["nature"].map(NATURES.index)
    first = places.where(candidates).groupby([rows[c] for c in GROUP]).transform("min")
    return places == first


def left_out(rows, kept):
    """Keep rows, each with the number of those of its group that were not kept."""
    count = (~kept).groupby([rows[c] for c in GROUP]).transform("sum").astype("int64")
    return rows.assign(left_out=count)[kept]


def compared(rows, regions=None):
    """Keep the provinces' values of one nature, or those of regions; refuse a mixture of units."""
    is_province = rows["region"].isin(provinces() if regions is None else set(regions) - {"CN"})
    has_value = rows["value"].notna()
    natured = of_one_nature(rows, is_province & has_value)
    concerned = natured & has_value & (is_province | (rows["region"] == "CN"))
    unit = rows["unit"].where(concerned)
    several = unit.groupby([rows[c] for c in GROUP]).transform("nunique") > 1
    kept = natured & is_province & has_value
    if (several & kept).any() or not kept.any():
        raise IncomparableError
    return left_out(rows, kept)


def rank(frame, *, order=None, ties="min", universe="reporting", bounds=True, regions=None):  # noqa: PLR0913 - those of the kernel
    """Rank one group at a time, one row at a time."""
    rows = compared(checked(frame), regions)
    expected = mainland() if regions is None else set(regions) - {"CN"}
    answers = []
    for (id_, _), group in rows.groupby(GROUP, sort=False):
        of = known_indicator(id_)
        down = order == "ascending" if order else of is not None and of.direction == "lower"
        ends = group[["value", "lower", "upper"] if bounds else ["value"] * 3].to_numpy()
        value, low, high = (-ends[:, [0, 2, 1]] if down else ends).T
        silent = len(expected.difference(group["region"])) if universe == "all" else 0
        answers.append(pd.DataFrame({
            "rank": pd.Series(value).rank(method=ties, ascending=False).to_numpy(),
            "rank_best": [1 + (low > top).sum() for top in high],
            "rank_worst": [
                1 + (high > end).sum() - (top > end) + silent
                for end, top in zip(low, high, strict=True)
            ],
            "n": len(group),
        }, index=group.index))  # fmt: skip
    whole = ["rank_best", "rank_worst", "n", *(["rank"] if ties != "average" else [])]
    added = pd.concat(answers).loc[rows.index].astype(dict.fromkeys(whole, "int64"))
    return answer(frame, added.assign(left_out=rows["left_out"]))


def answer(frame, added):
    """Return the caller's rows with the columns added."""
    return frame.iloc[added.index].assign(**{c: added[c].array for c in added})


# --- gap ----------------------------------------------------------------------------------------


def gap_to_national(frame, *, national=None, regions=None):
    """Subtract the nation's value: given, reported, else implied by the gaps that are claimed."""
    base = checked(frame)
    rows = compared(base, regions)
    if national is None:
        marks = known_nation(base.dropna(subset="value"), set(rows["indicator"]))
        marks = marks.reindex(pd.MultiIndex.from_frame(rows[OF_NATURE])).set_axis(rows.index)
    else:
        ends = [national.value, national.lower, national.upper] if isinstance(national, Figure) \
            else [national] * 3  # fmt: skip
        marks = pd.DataFrame([[*map(float, ends), "", "given"]] * len(rows), index=rows.index,
                             columns=MARKS)  # fmt: skip
    if (
        marks["national"].isna().all()
        or (marks["national_lower"] > marks["national_upper"] + TOUCH).any()
    ):
        raise IncomparableError
    return answer(frame, pd.DataFrame({
        **marks[["national", "national_lower", "national_upper", "national_basis"]],
        "gap": rows["value"] - marks["national"],
        "gap_lower": rows["lower"] - marks["national_upper"],
        "gap_upper": rows["upper"] - marks["national_lower"],
        "gap_unit": rows["unit"].replace("percent", "percentage_point"),
        "left_out": rows["left_out"],
        "national_source": marks["national_source"],
    }))  # fmt: skip


MARKS = ["national", "national_lower", "national_upper", "national_source", "national_basis"]


def known_nation(base, ids):
    """Return the nation's values by indicator, period and nature."""
    nation = base[(base["region"] == "CN") & base["indicator"].isin(ids)]
    reported = nation.set_index(OF_NATURE)[["value", "lower", "upper", "source"]]
    reported = reported.assign(basis="reported").set_axis(MARKS, axis="columns")
    own = base[base["region"].isin(provinces())]
    claims = own[own["indicator"].str.endswith("_gap")]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix("_gap"))
    said = own.merge(claims, on=["region", *OF_NATURE], suffixes=("", "_claim"))
    said = said[said["indicator"].isin(ids)]
    distance = said["unit"].replace("percent", "percentage_point")
    said = said[
        (said["unit_claim"] == distance) | (said["unit"] == "") | (said["unit_claim"] == "")
    ]
    implied = said.assign(
        value=(said["value"] - said["value_claim"]).round(9),
        lower=(said["lower"] - said["upper_claim"]).round(9),
        upper=(said["upper"] - said["lower_claim"]).round(9),
    ).groupby(OF_NATURE, sort=False).agg(
        value=("value", "median"), lower=("lower", "max"), upper=("upper", "min"),
        source=("source", lambda texts: " ".join(sorted(set(texts)))),
    )  # fmt: skip
    implied["value"] = implied["value"].clip(implied["lower"], implied["upper"])
    implied = implied.assign(basis="implied").set_axis(MARKS, axis="columns")
    return pd.concat([reported, implied[~implied.index.isin(reported.index)]])


# --- change over a year -------------------------------------------------------------------------


def yoy(frame):
    """Find the change by each method, and take the first."""
    table = checked(frame)
    rows = left_out(table, of_one_nature(table, pd.Series(data=True, index=table.index)))
    base = table.dropna(subset="value")
    changes = {
        "reported": reported(rows, base), "levels": of_levels(rows, base),
        "level_minus_new": less_new(rows, base),
    }  # fmt: skip
    first, *others = (change.assign(method=name) for name, change in changes.items())
    for other in others:
        first = first.where(first["yoy"].notna(), other)
    applies, earlier = first["yoy"].notna(), changes["levels"]["previous"]
    is_growth = rows["indicator"].str.endswith("_growth")
    return answer(frame, pd.DataFrame({
        "previous": earlier.where(earlier.notna(), first["previous"]).where(applies),
        **first[["yoy", "yoy_lower", "yoy_upper"]],
        "yoy_unit": rows["unit"].map(DIFFERENCES).fillna("percent").where(~is_growth, "percent"),
        "method": first["method"].where(applies),
        "months": first["months"].where(applies).astype("Int64"),
        "conflict": conflicts(changes.values()),
        "left_out": rows["left_out"],
    }))  # fmt: skip


def found_at(base, keys):
    """Return the base's values at each row of keys, NaN where the base has none."""
    found = base.set_index(list(keys))[["value", "lower", "upper"]]
    return found.reindex(pd.MultiIndex.from_frame(keys)).set_axis(keys.index)


def months_of(labels):
    """Return how many months each label covers."""
    return labels.map(lambda label: parse_period(label).months).astype(float)


def reported(rows, base):
    """Take growth, or of rates the difference, as it is reported."""
    is_growth, is_rate = rows["indicator"].str.endswith("_growth"), rows["unit"].isin(DIFFERENCES)
    ids = rows["indicator"] + np.where(is_growth, "", np.where(is_rate, "_change", "_growth"))
    growth = found_at(base, rows[["region", "period", "nature"]].assign(indicator=ids))
    is_ratio = ~is_growth & ~is_rate & (growth["value"] > -100)
    return pd.DataFrame({
        "previous": (rows["value"] / (1 + growth["value"] / 100)).where(is_ratio),
        "yoy": growth["value"], "yoy_lower": growth["lower"], "yoy_upper": growth["upper"],
        "months": months_of(rows["period"]).clip(lower=12),
    })  # fmt: skip


def year_before(label):
    """Return the label a year before, of spans of at most a year."""
    span = parse_period(label)
    return str(span.previous_year) if span.months <= 12 else None


def of_levels(rows, base):
    """Divide by the level a year before."""
    keys = rows[["region", "indicator", "unit", "nature"]]
    before = found_at(base, keys.assign(period=rows["period"].map(year_before)))
    before = before.where(~rows["indicator"].str.endswith("_growth"))
    return change(rows, before).assign(months=12.0)


def less_new(rows, base):
    """Divide by the level less what was added in the longest span of at most a year."""
    added = base[base["indicator"].str.endswith("_new") & (months_of(base["period"]) <= 12)]
    added = added.assign(
        indicator=added["indicator"].str.removesuffix("_new"),
        end=added["period"].map(lambda label: parse_period(label).end),
        months=months_of(added["period"]),
    ).sort_values("months")
    keys = rows[["region", "indicator", "unit", "nature"]]
    keys = keys.assign(end=rows["period"].map(lambda label: parse_period(label).end))
    longest = added.drop_duplicates(list(keys), keep="last")
    is_flow = rows["indicator"].map(lambda i: (of := known_indicator(i)) and of.measure == "flow")
    is_stock = ~rows["unit"].isin(DIFFERENCES) & (is_flow != True)  # noqa: E712 - None is False
    new = found_at(longest, keys).where(is_stock)
    before = pd.DataFrame({
        "value": rows["value"] - new["value"], "lower": rows["lower"] - new["upper"],
        "upper": rows["upper"] - new["lower"],
    })  # fmt: skip
    spans = longest.set_index(list(keys))["months"].reindex(pd.MultiIndex.from_frame(keys))
    return change(rows, before).assign(months=spans.to_numpy())


def change(now, before):
    """Return the change from one interval to another."""
    is_ratio = ~now["unit"].isin(DIFFERENCES)
    base = before.where(~is_ratio | (before["value"] > 0))
    least = base["lower"].where(base["lower"] > 0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = [now[end].to_numpy() / by.to_numpy() for end in ("lower", "upper")
                for by in (least, base["upper"])]  # fmt: skip
    ratios = pd.DataFrame({
        "yoy": now["value"] / base["value"], "yoy_lower": np.fmin.reduce(ends),
        "yoy_upper": np.fmax.reduce(ends),
    }, index=now.index)  # fmt: skip
    differences = pd.DataFrame({
        "yoy": now["value"] - base["value"], "yoy_lower": now["lower"] - base["upper"],
        "yoy_upper": now["upper"] - base["lower"],
    })  # fmt: skip
    both = ((ratios - 1) * 100).where(is_ratio, differences)
    return both.where(base["value"].notna()).assign(previous=base["value"])


def conflicts(changes):
    """Tell where two methods over the same span have intervals that do not meet."""
    found = False
    for one, other in combinations(changes, 2):
        apart = (one["yoy_lower"] > other["yoy_upper"] + TOUCH) | (
            other["yoy_lower"] > one["yoy_upper"] + TOUCH
        )
        both = one["yoy"].notna() & other["yoy"].notna() & (one["months"] == other["months"])
        found = found | (both & apart)
    return found
