"""Small frames that several tests share, ways to bend their rows, and what is said of them.

A row is a plain dict until a library function is called; slow second implementations read those.
"""

from __future__ import annotations

import pandas as pd
import pytest

from provstats import parse_period, regions

KINDS = regions().set_index("code")["kind"].to_dict()
MAINLAND = sorted(
    code for code, kind in KINDS.items()
    if kind == "province" and code not in {"CN-HK", "CN-MO", "CN-TW"}
)  # fmt: skip
WEST = [
    f"CN-{code}"
    for code in ["CQ", "GS", "GX", "GZ", "NM", "NX", "QH", "SC", "SN", "XJ", "XZ", "YN"]
]
ENDS = ["value", "lower", "upper"]
SPAN = "2024-01/2024-11"


def frame_of(*rows, columns=("region", "indicator", "period", "value", "lower", "upper")):
    """Return a frame of literal rows; shorter rows lack the last columns."""
    return pd.DataFrame([list(row) for row in rows], columns=list(columns[: len(rows[0])]))


def breaks_of(indicator, *, before, after, region="*"):
    """Return a caller's frame of one break."""
    row = {"indicator": indicator, "region": region, "before": before, "after": after}
    return pd.DataFrame([row])


def frame_from(rows):
    """Return the frame of dict rows, numbers as float64."""
    return pd.DataFrame(rows).astype(dict.fromkeys(ENDS, "float64"))


def row_of(region, id_, value, down=0, up=0, *, period="2024", nature="outcome", **more):  # noqa: PLR0913
    """Return a dict row by its value and how far its interval reaches to both sides."""
    return {
        "region": region, "indicator": id_, "period": period, "nature": nature, "value": value,
        "lower": None if value is None else value - down,
        "upper": None if value is None else value + up, **more,
    }  # fmt: skip


def group_of(row):
    """Return what two rows must share to be compared."""
    return row["indicator"], str(parse_period(str(row["period"])))


def key_of(row):
    """Return what makes a row one row."""
    return row["region"], *group_of(row), row["nature"]


def at(rows, steps):
    """Put each value somewhere into its interval, in quarters from the lower end."""
    return [
        row | {"value": row["lower"] + (row["upper"] - row["lower"]) * step / 4}
        for row, step in zip(rows, steps, strict=True)
    ]


def wider(rows, place, down, up):
    """Widen one interval."""
    changed = rows[place] | {
        "lower": rows[place]["lower"] - down, "upper": rows[place]["upper"] + up,
    }  # fmt: skip
    return [*rows[:place], changed, *rows[place + 1 :]]


def scaled(rows, factor, ids=None):
    """Measure in another unit."""
    return [
        row | {end: row[end] * factor for end in ENDS} if not ids or row["indicator"] in ids
        else row for row in rows
    ]  # fmt: skip


def renamed(rows, names):
    """Swap regions for others."""
    return [row | {"region": names.get(row["region"], row["region"])} for row in rows]


def only(result):
    """Return the cells of a single row."""
    assert len(result) == 1
    return result.iloc[0]


def same(one, other):
    """Return whether two cells agree, missing ones included."""
    if isinstance(one, str | tuple):
        return one == other
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return one == pytest.approx(other)


def assert_same(answers, expected, columns):
    """Compare two lists of records on some columns."""
    assert len(answers) == len(expected)
    for answer, wanted in zip(answers, expected, strict=True):
        for column in columns:
            assert same(answer[column], wanted[column]), (column, answer, wanted)


def lines(frame):
    """Return each row in one line, the value with all its digits."""
    columns = frame[["region", "indicator", "period", "value", "unit"]]
    return [f"{r} {i} {p} {v:.15g} {u}" for r, i, p, v, u in columns.to_numpy().tolist()]
