"""Rank, gap, share and change by pandas' own joins: slow, obvious, apart from the kernel.

It takes sound frames only; what is compared and what has a benchmark is worked out anew.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, product

import numpy as np
import pandas as pd

import provstats
from provstats import Figure, IncomparableError
from provstats.indicators import can_add_up, find_prices, look_up_indicator, split_id
from provstats.reading.index_units import classify_index_base
from provstats.reading.units import normalize_unit
from provstats.store.regions import list_mainland_codes, list_province_codes

GROUP = ["indicator", "period", "among"]
OF_NATURE = [*GROUP, "nature"]
NATURES = ["outcome", "forecast", "target"]
DIFFERENCES = {"percent": "percentage_point", "percentage_point": "percentage_point",
               "rank": "rank"}  # fmt: skip
TOUCH = 1e-9
parse_period = cache(provstats.parse_period)


def after(end):
    """Return what an end must be above to do more than touch."""
    return end + TOUCH * np.maximum(1, abs(end))


def texts_of(frame, column):
    """Return a column of texts, empty where there is none."""
    if column not in frame:
        return ""
    return [text if isinstance(text, str) else "" for text in frame[column]]


def checked(frame):
    """Return the rows by their position, with all columns and the unit that is meant."""
    rows = pd.DataFrame({
        "region": frame["region"].astype(object).to_numpy(),
        "indicator": frame["indicator"].astype(object).to_numpy(),
        "period": [str(parse_period(str(text))) for text in frame["period"]],
        "nature": frame["nature"].astype(object).to_numpy() if "nature" in frame else "outcome",
        "among": texts_of(frame, "among"),
        "unit": [*map(normalize_unit, texts_of(frame, "unit"))] if "unit" in frame else "",
        "value": pd.to_numeric(frame["value"]).astype("float64").to_numpy(),
        **{column: texts_of(frame, column) for column in ("source", "printed", "direction")},
        "additive": [str(told).lower() for told in frame["additive"]] if "additive" in frame
        else "",
    })  # fmt: skip
    for end in ("lower", "upper"):
        bound = pd.to_numeric(frame[end]).to_numpy("float64") if end in frame else np.nan
        bound = np.where(np.isnan(bound), rows["value"], bound)
        rows[end] = np.where(rows["value"].isna(), np.nan, bound)
    known = rows["indicator"].map(
        lambda id_: entry.unit if (entry := look_up_indicator(id_)) else ""
    )
    return rows.assign(unit=rows["unit"].where(rows["unit"] != "", known).astype(object))


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
    is_province = rows["region"].isin(
        list_province_codes() if regions is None else set(regions) - {"CN"}
    )
    has_value = rows["value"].notna()
    natured = of_one_nature(rows, is_province & has_value)
    concerned = natured & has_value & (is_province | (rows["region"] == "CN"))
    unit = rows["unit"].where(concerned)
    several = unit.groupby([rows[c] for c in GROUP]).transform("nunique") > 1
    kept = natured & is_province & has_value
    if (several & kept).any() or not kept.any():
        raise IncomparableError
    return left_out(rows, kept)


def rank(  # noqa: PLR0913 - those of the kernel
    frame, *, order=None, ties="min", universe="reporting", bounds=True, min_n=2, regions=None
):
    """Rank one group at a time, one row at a time."""
    rows = compared(checked(frame), regions)
    rows = rows[rows.groupby(GROUP)["region"].transform("size") >= min_n]
    if rows.empty:
        raise IncomparableError
    expected = list_mainland_codes() if regions is None else set(regions) - {"CN"}
    answers = []
    for (id_, *_), group in rows.groupby(GROUP, sort=False):
        ends = group[["value", "lower", "upper"] if bounds else ["value"] * 3].to_numpy()
        value, low, high = (-ends[:, [0, 2, 1]] if is_down(id_, group, order) else ends).T
        silent = len(expected.difference(group["region"])) if universe == "all" else 0
        answers.append(pd.DataFrame({
            "rank": pd.Series(value).rank(method=ties, ascending=False).to_numpy(),
            "rank_best": [1 + (low > after(top)).sum() for top in high],
            "rank_worst": [
                1 + (high > after(end)).sum() - (top > after(end)) + silent
                for end, top in zip(low, high, strict=True)
            ],
            "n": len(group),
        }, index=group.index))  # fmt: skip
    whole = ["rank_best", "rank_worst", "n", *(["rank"] if ties != "average" else [])]
    added = pd.concat(answers).loc[rows.index].astype(dict.fromkeys(whole, "int64"))
    return answer(frame, added.assign(left_out=rows["left_out"]))


def is_down(id_, group, order):
    """Tell whether the least value is first."""
    told = [word for word in group["direction"] if word]
    entry = look_up_indicator(id_)
    if order:
        return order == "ascending"
    return told[0] == "lower" if told else entry is not None and entry.direction == "lower"


def answer(frame, added):
    """Return the caller's rows with the columns added."""
    return frame.iloc[added.index].assign(**{c: added[c].array for c in added})


# --- gap and share ------------------------------------------------------------------------------


def gap_to_national(frame, *, national=None, regions=None):
    """Subtract the nation's value."""
    rows, marks = measured(frame, national, regions, "_gap", additive=False)
    return answer(frame, pd.DataFrame({
        **marks,
        "gap": rows["value"] - marks["national"],
        "gap_lower": rows["lower"] - marks["national_upper"],
        "gap_upper": rows["upper"] - marks["national_lower"],
        "gap_unit": rows["unit"].replace("percent", "percentage_point"),
        "left_out": rows["left_out"],
    }))  # fmt: skip


def share_of_national(frame, *, national=None, regions=None):
    """Divide by the nation's value, where it is more than nothing."""
    rows, marks = measured(frame, national, regions, "_share", additive=True)
    nation = marks[MARKS[:3]].set_axis(["value", "lower", "upper"], axis="columns")
    nation = nation.where(nation["value"] > 0)
    return answer(frame, pd.DataFrame({
        **marks,
        **dict(zip(["share", "share_lower", "share_upper"], quotients(rows, nation), strict=True)),
        "left_out": rows["left_out"],
    }))  # fmt: skip


def quotients(rows, base):
    """Return the quotients in percent, and their extremes."""
    least = base["lower"].where(~(base["lower"] <= 0), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        corners = [rows[end].to_numpy() / by.to_numpy() * 100
                   for end in ("lower", "upper") for by in (least, base["upper"])]  # fmt: skip
        value = rows["value"] / base["value"] * 100
    ends = [
        np.where(value.isna(), np.nan, extreme.reduce(corners)) for extreme in (np.fmin, np.fmax)
    ]
    return value, *ends


def measured(frame, national, regions, claims, *, additive):
    """Return the rows that are measured, and what is known of the nation."""
    base = checked(frame)
    rows = compared(base, regions)
    adds = [is_additive(row) for row in rows.itertuples()]
    rows = rows[np.array(adds) == additive]
    if rows.empty:
        raise IncomparableError
    if isinstance(national, pd.DataFrame):
        marks = given_by_period(rows, national)
    elif national is None or (isinstance(national, str) and national == "latest"):
        marks = known_nation(base.dropna(subset="value"), claims)
        marks = marks.reindex(pd.MultiIndex.from_frame(rows[OF_NATURE])).set_axis(rows.index)
    else:
        ends = [national.value, national.lower, national.upper] if isinstance(national, Figure) \
            else [national] * 3  # fmt: skip
        marks = pd.DataFrame([[*map(float, ends), "given", ""]] * len(rows), index=rows.index,
                             columns=MARKS)  # fmt: skip
    if (
        marks["national"].isna().all()
        or (marks["national_lower"] > marks["national_upper"] + TOUCH).any()
    ):
        raise IncomparableError
    return rows, marks


MARKS = ["national", "national_lower", "national_upper", "national_basis", "national_source"]


def is_additive(row):
    """Tell whether provinces add up to the nation."""
    if look_up_indicator(row.indicator) is None and row.additive in {"true", "false"}:
        return row.additive == "true"
    return can_add_up(row.indicator, row.unit)


def given_by_period(rows, national):
    """Find the caller's own value for each period."""
    given = checked(national.assign(region="CN", indicator="x")).set_index("period")
    marks = given[["value", "lower", "upper"]].reindex(rows["period"]).set_axis(rows.index)
    marks = marks.set_axis(MARKS[:3], axis="columns")
    source = given["source"].reindex(rows["period"]).to_numpy()
    return marks.assign(
        national_basis=np.where(marks["national"].isna(), None, "given"), national_source=source
    ).replace({None: np.nan})


def known_nation(base, claims):
    """Return the nation's values by indicator, period, among and nature: reported, else implied."""
    nation = base[base["region"] == "CN"].assign(basis="reported")
    columns = ["value", "lower", "upper", "basis", "source"]
    reported = nation.set_index(OF_NATURE)[columns].set_axis(MARKS, axis="columns")
    implied = said(base, claims).groupby(OF_NATURE, sort=False).agg(
        value=("value", "median"), lower=("lower", "max"), upper=("upper", "min"),
        source=("source", lambda texts: " ".join(sorted(set(texts)))),
    )  # fmt: skip
    implied["value"] = implied["value"].clip(implied["lower"], implied["upper"])
    implied = implied.assign(basis="implied")[columns].set_axis(MARKS, axis="columns")
    return pd.concat([reported, implied[~implied.index.isin(reported.index)]])


def said(base, suffix):
    """Return what each province implies of the nation by a claim."""
    own = base[base["region"].isin(list_province_codes())]
    claims = own[own["indicator"].str.endswith(suffix)]
    if suffix == "_share":
        is_of_nation = [(entry := look_up_indicator(id_)) is not None and entry.of_nation
                        for id_ in claims["indicator"]]  # fmt: skip
        claims = claims[np.array(is_of_nation, bool) & ~claims["printed"].str.contains("每")]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix(suffix))
    said = own.merge(claims, on=["region", *OF_NATURE], suffixes=("", "_claim"))
    if suffix == "_share":
        said = said[(said["lower"] >= 0) & (said["lower_claim"] > 0)]
        return said.assign(
            value=said["value"] / said["value_claim"] * 100,
            lower=said["lower"] / said["upper_claim"] * 100,
            upper=said["upper"] / said["lower_claim"] * 100,
        )
    distance = said["unit"].replace("percent", "percentage_point")
    said = said[
        (said["unit_claim"] == distance) | (said["unit"] == "") | (said["unit_claim"] == "")
    ]
    return said.assign(
        value=(said["value"] - said["value_claim"]).round(9),
        lower=(said["lower"] - said["upper_claim"]).round(9),
        upper=(said["upper"] - said["lower_claim"]).round(9),
    )


# --- change over a year -------------------------------------------------------------------------

YOY = ["yoy", "yoy_lower", "yoy_upper"]
PREVIOUS = ["previous", "previous_lower", "previous_upper"]


def yoy(frame, *, breaks=None, across_breaks=False):
    """Find the change by each method, and take the first."""
    table = checked(frame)
    rows = left_out(table, of_one_nature(table, pd.Series(data=True, index=table.index)))
    rows = rows.assign(kind=[kind_of(row) for row in rows.itertuples()])
    base = table.dropna(subset="value")
    broken = np.array([
        breaks is not None and not across_breaks and is_across(row, breaks)
        for row in rows.itertuples()
    ])  # fmt: skip
    added, most = less_new(rows, base)
    changes = {
        "reported": reported(rows, base), "levels": of_levels(rows, base, broken),
        "level_minus_new": added, "index": of_index(rows),
    }  # fmt: skip
    first, *others = (change.assign(method=name) for name, change in changes.items())
    for other in others:
        first = first.where(first["yoy"].notna(), other)
    applies, earlier = first["yoy"].notna(), changes["levels"][PREVIOUS]
    previous = earlier.where(earlier["previous"].notna(), first[PREVIOUS]).where(applies)
    return answer(frame, pd.DataFrame({
        **previous,
        **first[YOY].assign(yoy_upper=first["yoy_upper"].where(applies, most)),
        "yoy_unit": [unit_of_change(row) for row in rows.itertuples()],
        "method": first["method"].where(applies),
        "months": first["months"].where(applies).astype("Int64"),
        "reason": reasons(rows, base, broken, most).where(~applies, ""),
        "conflict": conflicts(changes, rows),
        "prices": prices_of_changes(rows, first["method"].where(applies)),
        "left_out": rows["left_out"],
    }))  # fmt: skip


def is_growth(id_):
    """Tell the growth over a year from growth over several, and from all else."""
    return split_id(id_)[1] == "growth"


def kind_of(row):
    """Tell how the change of a row is told."""
    base = classify_index_base(row.unit)
    if "pmi" in row.indicator.lower().split("_") and (not row.unit or base == "unknown"):
        return "difference"
    if row.unit in DIFFERENCES:
        return "difference"
    return {"year_before": "index", "unknown": "vague"}.get(base, "ratio")


def unit_of_change(row):
    """Return the unit of a row's change."""
    if is_growth(row.indicator):
        return "percent"
    is_diffusion = row.kind == "difference" and row.unit not in DIFFERENCES
    return "point" if is_diffusion else DIFFERENCES.get(row.unit, "percent")


def is_across(row, breaks):
    """Tell whether the base of a row lies across a break."""
    span = parse_period(row.period)
    if span.months > 12:
        return False
    return any(
        row.indicator == one.indicator and one.region in {"*", row.region}
        and span.previous_year.end <= parse_period(str(one.before)).end
        and parse_period(str(one.after)).start <= span.end
        for one in breaks.itertuples()
    )  # fmt: skip


def found_at(base, keys):
    """Return the base's values at each row of keys, NaN where the base has none."""
    found = base.set_index(list(keys))[["value", "lower", "upper"]]
    return found.reindex(pd.MultiIndex.from_frame(keys)).set_axis(keys.index)


def months_of(labels):
    """Return how many months each label covers."""
    return labels.map(lambda label: parse_period(label).months).astype(float)


def reported(rows, base):
    """Take growth, or of rates the difference, as it is reported."""
    growing, is_rate = rows["indicator"].map(is_growth), rows["kind"] == "difference"
    ids = rows["indicator"] + np.where(growing, "", np.where(is_rate, "_change", "_growth"))
    keys = rows[["region", "period", "nature", "among"]].assign(indicator=ids)
    growth = found_at(base, keys)
    # The difference of ranks that names nobody is that of the only claim.
    named = base[base["among"] != ""].groupby(["region", "indicator", "period", "nature"]).size()
    claims = pd.MultiIndex.from_frame(rows[["region", "indicator", "period", "nature"]])
    is_only = pd.Series(named.reindex(claims).to_numpy() == 1, rows.index)
    is_unsaid = growth["value"].isna() & is_rate & ~growing & is_only
    growth = growth.where(~is_unsaid, found_at(base, keys.assign(among="")))
    is_ratio = ~growing & (rows["kind"] == "ratio") & (growth["value"] > -100)
    is_ratio &= ~rows["indicator"].map(is_apart)
    factor = (100 + growth).where(is_ratio)
    previous = dict(zip(PREVIOUS, quotients(rows, factor), strict=True))
    before = pd.DataFrame(previous)
    less = pd.DataFrame(
        {
            "previous": rows["value"] - growth["value"],
            "previous_lower": rows["lower"] - growth["upper"],
            "previous_upper": rows["upper"] - growth["lower"],
        }
    )
    return pd.DataFrame({
        **before.where(~(is_rate & ~growing), less),
        "yoy": growth["value"], "yoy_lower": growth["lower"], "yoy_upper": growth["upper"],
        "months": months_of(rows["period"]).clip(lower=12),
    })  # fmt: skip


def year_before(label):
    """Return the label a year before, of spans of at most a year."""
    span = parse_period(label)
    return str(span.previous_year) if span.months <= 12 else None


def level_before(rows, base, *keys):
    """Return the level a year before."""
    rest = rows[["region", "indicator", "nature", "among", *keys]]
    return found_at(base, rest.assign(period=rows["period"].map(year_before)))


def of_levels(rows, base, broken):
    """Divide by the level a year before."""
    before = level_before(rows, base, "unit").where(~rows["indicator"].map(is_growth) & ~broken)
    before = before.where(rows["kind"].isin(["ratio", "difference"]))
    return change(rows, before).assign(months=12.0)


def longest_new(rows, base, *more):
    """Return what was added in the longest span of at most a year that ends with each row."""
    added = base[base["indicator"].str.endswith("_new") & (months_of(base["period"]) <= 12)]
    added = added.assign(
        indicator=added["indicator"].str.removesuffix("_new"),
        end=added["period"].map(lambda label: parse_period(label).end),
        months=months_of(added["period"]),
    ).sort_values("months")
    keys = rows[["region", "indicator", "nature", "among", *more]]
    keys = keys.assign(end=rows["period"].map(lambda label: parse_period(label).end))
    longest = added.drop_duplicates(list(keys), keep="last")
    is_flow = rows["indicator"].map(
        lambda i: (entry := look_up_indicator(i)) and entry.measure == "flow"
    )
    is_stock = (rows["kind"] == "ratio") & (is_flow != True)  # noqa: E712 - None is False
    months = longest.set_index(list(keys))["months"].reindex(pd.MultiIndex.from_frame(keys))
    return found_at(longest, keys).where(is_stock), months.to_numpy()


def less_new(rows, base):
    """Divide by the level less what was added; of titles that lapse return what it is at most."""
    new, months = longest_new(rows, base, "unit")
    before = pd.DataFrame({
        "value": rows["value"] - new["value"], "lower": rows["lower"] - new["upper"],
        "upper": rows["upper"] - new["lower"],
    })  # fmt: skip
    found = change(rows, before)
    with np.errstate(divide="ignore", invalid="ignore"):
        corners = [
            np.where(level > more, 100 * more / (level - more), np.inf)
            for level, more in product(
                (rows["lower"].to_numpy(), rows["upper"].to_numpy()),
                (new["lower"].to_numpy(), new["upper"].to_numpy()),
            )
        ]
    for end, extreme in (("yoy_lower", np.fmin), ("yoy_upper", np.fmax)):
        found[end] = extreme(extreme.reduce(corners), found["yoy"]).where(found["yoy"].notna())
    lapses = rows["indicator"].map(
        lambda i: (entry := look_up_indicator(i)) is not None and entry.lapses
    )
    return found.mask(lapses.astype(bool)).assign(months=months), found["yoy_upper"].where(lapses)


def of_index(rows):
    """Take an index of the year before as the growth that it is."""
    ends = rows[["value", "lower", "upper"]].where(rows["kind"] == "index") - 100
    return ends.set_axis(YOY, axis="columns").assign(
        **dict.fromkeys(PREVIOUS, np.nan), months=months_of(rows["period"]).clip(lower=12)
    )


def change(now, before):
    """Return the change from one interval to another."""
    is_ratio = now["kind"] != "difference"
    base = before.where(~is_ratio | (before["value"] > 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = quotients(now, base)
    ratios = pd.DataFrame(dict(zip(YOY, percent, strict=True)), index=now.index) - 100
    differences = pd.DataFrame({
        "yoy": now["value"] - base["value"], "yoy_lower": now["lower"] - base["upper"],
        "yoy_upper": now["upper"] - base["lower"],
    })  # fmt: skip
    both = ratios.where(is_ratio, differences)
    return both.where(both["yoy"].notna()).assign(
        **dict(zip(PREVIOUS, (base["value"], base["lower"], base["upper"]), strict=True))
    )


def reasons(rows, base, broken, most):
    """Say why there is no change: what stands further down goes before what stands above."""
    why = pd.Series("no_base", rows.index)
    new, _ = longest_new(rows, base, "unit")
    other, _ = longest_new(rows, base)
    why[other["value"].notna() & new["value"].isna()] = "unit"
    why[rows["value"] <= new["value"]] = "base_not_positive"
    why[most.notna()] = "lapses"
    before = level_before(rows, base)
    unit = base.assign(value=base["unit"].factorize()[0].astype(float))
    other = level_before(rows, unit)["value"].notna()
    same = level_before(rows, base, "unit")["value"].notna()
    is_level = before["value"].notna() & ~rows["indicator"].map(is_growth)
    why[is_level & (rows["kind"] == "ratio") & (before["value"] <= 0)] = "base_not_positive"
    why[is_level & broken] = "break"
    why[is_level & other & ~same] = "unit"
    why[rows["kind"] == "vague"] = "unit"
    why[rows["value"].isna()] = "missing"
    return why


def prices_of_own_and_growth(id_):
    """Return the prices of an indicator's values, and of its growth."""
    grown = id_ if is_growth(id_) else f"{id_}_growth"
    return find_prices(id_), find_prices(grown)


def is_apart(id_):
    """Tell an indicator whose growth is at other prices than its levels."""
    own, grown = prices_of_own_and_growth(id_)
    return grown != own


def prices_of_changes(rows, method):
    """Return the prices at which changes are, of a reported one those of the growth."""
    pairs = zip(rows["indicator"], method, strict=True)
    return [
        "" if pd.isna(how) else prices_of_own_and_growth(id_)[how == "reported"]
        for id_, how in pairs
    ]


def conflicts(changes, rows):
    """Tell where two methods over the same span have intervals that do not meet."""
    found, real = False, rows["indicator"].map(is_apart)
    for (name, one), (_, other) in combinations(changes.items(), 2):
        apart = (one["yoy_lower"] > after(other["yoy_upper"])) | (
            other["yoy_lower"] > after(one["yoy_upper"])
        )
        both = one["yoy"].notna() & other["yoy"].notna() & (one["months"] == other["months"])
        found = found | (both & apart & ~(real & (name == "reported")))
    return found
