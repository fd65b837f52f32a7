"""One table in many dresses gives the same rows; a long one is read to its end."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps

NAMES = ps.regions().query("kind == 'province'").set_index("code")["name_zh"]
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(sorted(NAMES.index)), st.integers(1990, 2024)),
    st.decimals(-(10**7), 10**7, places=2).map(str),
    min_size=2,
    max_size=12,
)


def bounds(printed):
    """Return value and bounds by decimal arithmetic: the independent oracle."""
    number, half = Decimal(printed), Decimal("0.005")
    return tuple(float(end.scaleb(8)) for end in (number, number - half, number + half))


def rows(frame):
    """Return the rows of a tidy frame by their keys."""
    keys = zip(frame["region"], frame["period"].astype(int), strict=True)
    return dict(
        zip(
            keys, frame[["value", "lower", "upper"]].itertuples(index=False, name=None), strict=True
        )
    )


@settings(max_examples=30)
@given(CELLS)
def test_the_dress_does_not_matter(cells):
    """Long, wide, and turned around, a table has the same rows."""
    expected = {key: bounds(printed) for key, printed in cells.items()}
    long = pd.DataFrame(
        [[NAMES[code], year, printed] for (code, year), printed in cells.items()],
        columns=["地区", "年份", "数值"],
    )
    wide = long.set_index(["地区", "年份"])["数值"].unstack().fillna("--")  # noqa: PD010
    for table in (long, wide.reset_index(), wide, wide.T, wide.rename(columns="{}年".format)):
        assert rows(ps.tidy(table, indicator="gdp", unit="亿元")) == expected


def test_a_long_text_is_read_to_its_end(tmp_path):
    """Twenty thousand rows of a text come in their order, each with its own figure."""
    count = 20_000
    numbers = np.random.default_rng(5).integers(0, 10**7, count) / 10
    index = pd.MultiIndex.from_product(
        [NAMES[:31], range(1990, 2022), [f"指标{k}" for k in range(21)]],
        names=["地区", "年份", "指标"],
    )[:count]
    path = tmp_path / "long.csv"
    pd.DataFrame({"数值": numbers.astype(str)}, index=index).to_csv(path)
    got = ps.tidy(path, unit="亿元")
    np.testing.assert_array_equal(got["value"], np.round(numbers * 10) * 1e7)
    codes = NAMES.index[:31]
    assert got["region"].tolist() == [codes[place // (32 * 21)] for place in range(count)]
    assert got["indicator"].tolist() == index.get_level_values("指标").tolist()
