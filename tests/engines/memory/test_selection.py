"""Which rows are compared and why not: the table of cases, by reasons and by what is ranked."""

from __future__ import annotations

import tracemalloc

import pandas as pd
import pytest
from cases_compared import CASES, frame_of_case

import provstats as ps
from provstats.analysis.comparable import REASONS, _find_reasons
from provstats.store.keys import FACT

GROUP = ["indicator", "period", "among"]


@pytest.mark.parametrize("name", CASES)
def test_reasons(name):
    """Each row is compared or says why not, in any order of the rows."""
    frame, why = frame_of_case(name)
    assert _find_reasons(frame).tolist() == why
    assert set(why) <= {"", *REASONS}
    assert _find_reasons(frame[::-1]).tolist() == why[::-1]


@pytest.mark.parametrize("name", CASES)
def test_what_is_ranked(name):
    """Rank keeps what is compared, counts the rest of its group, and refuses several units."""
    frame, why = frame_of_case(name)
    if "other_unit" in why:
        with pytest.raises(ps.IncomparableError, match="different units"):
            ps.rank(frame, min_n=1)
        return
    ranked = ps.rank(frame, min_n=1)
    is_compared = pd.Series(why) == ""
    assert ranked.index.tolist() == frame.index[is_compared].tolist()
    labels = frame.assign(period=frame["period"].replace("2024-01/2024-12", "2024"))
    counts = (~is_compared).groupby([labels[c] for c in GROUP]).transform("sum")
    assert ranked["left_out"].tolist() == counts[is_compared].tolist()


def test_a_key_has_among():
    """Two claims of one province among different ones are two rows, among the same they are one."""
    frame, _ = frame_of_case("claims among different ones are apart")
    both = pd.concat([frame, frame.iloc[[0]].assign(among="cities")])
    assert len(ps.Panel(both)) == len(frame) + 1
    with pytest.raises(ps.SchemaError, match=r"among.*stand twice"):
        ps.Panel(pd.concat([frame, frame.iloc[[0]]]))
    with pytest.raises(ps.SchemaError, match="nature'] must identify"):
        ps.Panel(both.drop(columns="among"))
    assert FACT[-1] == "among"


def test_claims_among_different_ones_are_never_ranked_together():
    """First in the west is not level with first in the nation."""
    frame, _ = frame_of_case("claims among different ones are apart")
    ranked = ps.rank(frame, min_n=1, order="ascending")
    assert ranked[["among", "rank", "n"]].to_numpy().tolist() == [
        ["provinces", 1, 2], ["provinces", 2, 2], ["western provinces", 1, 1], ["cities", 1, 1],
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["among", "unit", "direction"])
@pytest.mark.parametrize("cell", [7, ["provinces"], 2.5])
def test_texts_are_texts(column, cell):
    """Another thing in a column of texts is refused, with its row."""
    frame, _ = frame_of_case("Hong Kong is a province")
    frame[column] = pd.Series(["", cell], dtype=object)
    with pytest.raises(ps.SchemaError, match=f"column '{column}'") as raised:
        ps.rank(frame)
    assert "CN-BJ" in str(raised.value)
    assert str(cell) in str(raised.value)


def test_many_indicators_of_many_units():
    """Units are kept by row: indicators by units would be a table of nine million cells."""
    count = 3000
    frame = pd.DataFrame({
        "region": ["CN-BJ", "CN-SH"] * count, "period": "2024", "value": 1.0,
        "indicator": [f"i{k}" for k in range(count) for _ in range(2)],
        "unit": [f"u{k}" for k in range(count) for _ in range(2)],
    })  # fmt: skip
    tracemalloc.start()
    ranked = ps.rank(frame)
    assert tracemalloc.get_traced_memory()[1] < 9e6
    tracemalloc.stop()
    assert ranked["n"].eq(2).all()
