"""Public files in many shapes, where they are at hand, against cells that people have read."""

from __future__ import annotations

import csv
import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

import provstats as ps

FOUND = Path(__file__).parents[3] / "shared" / "findings"
FOLDERS = sorted(path for path in (FOUND / "tables").glob("*") if path.is_dir())
SAID = {
    "03": {"unit": "亿元", "cumulative": False}, "04": {"unit": "‰"}, "07": {"region": "上海"},
    "08": {"unit": "亿元"},
}  # fmt: skip
#: Of these the expected cells name what the file does not: the indicator in other words.
RENAMED = {
    "08": lambda _: "Chinas GDP",
    "10": lambda name: name.removesuffix(" price").replace(" ", "."),
}
#: The expected values leave an amount of money unscaled, and count a thousandth as 0.001.
SCALES = {"03": 1e8, "08": 1e8, "04": 100.0}
pytestmark = pytest.mark.skipif(not FOLDERS, reason="the public files are not at hand")


def expectation(folder):
    """Return what a person read in the file, and how many rows a right reading has."""
    lines = (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()
    count = next(line for line in lines if "tidy_rows_nonmissing" in line)
    cells = csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t")
    return [*cells], int(count.split("\t")[1])


def scale(number, cell):
    """Return by how much the base unit of a cell differs from that of the expectation."""
    rate = cell["unit"] == "1" and number in {"04", "09"}
    return 100.0 if rate else SCALES.get(number, 1.0)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_public_files(folder):
    """Each file gives as many rows as a person counts, and the cells that a person has read."""
    cells, count = expectation(folder)
    number = folder.name[:2]
    path = next(path for path in folder.iterdir() if path.name != "expected.tsv")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* not published", category=UserWarning)
        got = ps.tidy(path, **SAID.get(number, {}))
    assert len(got) == count
    found = got.set_index(["region", "indicator", "period"])
    for cell in cells:
        region = cell["region_code"] or re.sub(r"\s", "", cell["region_as_written"])
        name = RENAMED.get(number, lambda name: name)(cell["indicator"])
        key = (region, name, cell["period"])
        if not cell["value"]:
            assert key not in found.index
            continue
        assert found.loc[key, "value"] == pytest.approx(float(cell["value"]) * scale(number, cell))
        if cell["low"] and found.loc[key, "unit"] != "count":
            bounds = [float(cell[end]) * scale(number, cell) for end in ("low", "high")]
            assert found.loc[key, ["lower", "upper"]].tolist() == pytest.approx(bounds)


def case(name, **arguments):
    """Read a file of the cases."""
    return ps.tidy(FOUND / "cases" / name, **arguments)


def changes(frame, period):
    """Return the changes on the year before of one period, by region."""
    rows = ps.yoy(frame)
    rows = rows[rows["period"] == period]
    return rows.set_index("region")["yoy"].round(4).to_dict()


def test_wide_export_in_gbk():
    """Guangdong leads; Beijing grows by 4.8919 % and Shanxi falls by 2.6767 %."""
    grp = case("01/grp_2006_2024_gbk.csv")
    ranked = ps.rank(grp).query("period == '2024'").sort_values("rank")
    assert ranked[["region", "value"]].iloc[0].tolist() == ["CN-GD", 141488.9e8]
    change = changes(grp, "2024")
    assert (change["CN-BJ"], change["CN-SX"]) == (4.8919, -2.6767)


def test_an_index_is_a_growth():
    """The index of February 2020 is 105.2, in the unit that says its base."""
    nation = case("05/cpi_nat.csv", region="全国").query("period == '2020-02'").iloc[0]
    assert nation[["value", "lower", "unit"]].tolist() == [105.2, 105.15, "上年同月=100"]
    assert len(case("05/cpi_prov.csv")) == 62


def test_the_distance_of_two_indices():
    """Beijing's index of 103.6 is 1.6 below the nation's 105.2; the distance has no percentage."""
    name = "居民消费价格指数(上年同月=100)"
    nation = case("05/cpi_nat.csv", region="全国").query(f"indicator == '{name}'")
    gaps = ps.gap_to_national(pd.concat([case("05/cpi_prov.csv"), nation]))
    gaps = gaps.query("period == '2020-02'").set_index("region")["gap"]
    assert gaps["CN-BJ"] == pytest.approx(-1.6)


BREAK = pd.DataFrame(
    [["地区生产总值", "*", "2017", "2018", "第四次全国经济普查", ""]],
    columns=["indicator", "region", "before", "after", "reason", "source"],
)


def test_years_before_a_census_are_no_base():
    """Of an export that revised only its last years there is no change where they meet."""
    old = case("03/di_fsnd.xls")
    assert ps.yoy(old).query("period == '2018' and region == 'CN-TJ'")["yoy"].item() < -27
    broken = ps.yoy(old, breaks=BREAK).query("period == '2018'")
    assert broken["yoy"].isna().all()
    assert set(broken["reason"]) == {"break"}
    revised = changes(case("03/grp_2005_2023.xls", indicator="地区生产总值", unit="亿元"), "2018")
    assert revised["CN-TJ"] == pytest.approx(7.33, abs=0.01)
    assert revised["CN-SD"] == pytest.approx(5.77, abs=0.01)


def test_two_exports_stacked():
    """The year of a later export is not set against those of an earlier one."""
    old = case("03/grp_2005_2023.xls", indicator="地区生产总值", unit="亿元")
    new = case("03/grp_2006_2024_gbk.csv")
    stacked = pd.concat([old, new.query("period == '2024'")], ignore_index=True)
    assert changes(stacked, "2024")["CN-BJ"] == pytest.approx(13.5, abs=0.01)  # two vintages
    told = ps.yoy(stacked, breaks=BREAK.assign(before="2023", after="2024"))
    assert set(told.query("period == '2024'")["reason"]) == {"break"}
    assert changes(new, "2024")["CN-BJ"] == pytest.approx(4.89, abs=0.01)


def test_names_as_people_write_them():
    """广西省, 西藏省 and 新疆省 are no other regions than the autonomous ones."""
    got = case("07/vasant.csv", indicator="gdp", unit="亿元")
    assert got["region"].nunique() == 31
    assert {"CN-GX", "CN-XZ", "CN-XJ", "CN-NM"} <= set(got["region"])


def test_quarters_since_january():
    """Four quarters that count from January give the year and the second quarter alone."""
    got = case("14/gdp_ytd.csv", region="全国", indicator="gdp", unit="亿元", cumulative=True)
    assert got["period"].tolist() == ["2019-Q1", "2019-H1", "2019-01/2019-09", "2019"]
    single = ps.to_periods(got).set_index("period")["value"]
    assert single["2019-Q2"] == pytest.approx(242573.9e8)
    with pytest.raises(ps.PeriodError, match="two ways"):
        case("14/gdp_ytd.csv", region="全国", indicator="gdp", unit="亿元")


def test_two_heading_rows():
    """Jiangsu's 48.41 of 30 provinces in 1952; Hainan grows by 6.40 % in 1979."""
    got = case("17/sky_prov_1.xlsx").query("indicator == 'GDP'")
    first = got.query("period == '1952'").set_index("region")["value"]
    assert (first["CN-JS"], len(first)) == (pytest.approx(48.41e8), 30)
    assert changes(got, "1979")["CN-HI"] == pytest.approx(6.40, abs=0.01)


def test_indicators_down_the_rows():
    """The expenditure of the only region grows by 5.33 %."""
    got = case("20/tecexp.csv", region="北京")
    assert changes(got, "2024")["CN-BJ"] == pytest.approx(5.33, abs=0.01)


def test_quarters_that_fall_each_january():
    """A level that falls as each year begins counts from January, though its labels do not say."""
    path = next((FOUND / "tables" / "03-nbs-quarter-zeros").glob("*.xls"))
    with pytest.warns(UserWarning, match="31 values that are 0"):
        got = ps.tidy(path, unit="亿元")
    beijing = got.query("region == 'CN-BJ'").set_index("period")["value"]
    assert beijing["2021-H1"] == 19228.03e8
    assert beijing["2020"] == 36102.55e8
