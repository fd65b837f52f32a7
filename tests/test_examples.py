"""The examples: they run, their notebooks are theirs, and what they say is what the data say."""

from __future__ import annotations

import builtins
import json
import runpy
from pathlib import Path

import pytest

import provstats as ps

EXAMPLES = Path(__file__).parents[1] / "examples"
# The vintage of what `rd_panel` tells: that of the bulletin on 2023.
SIXTH = "nbs-rd-bulletin-2023"
NOTEBOOKS = EXAMPLES / "notebooks"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
BUILDER = runpy.run_path(str(NOTEBOOKS / "build.py"))
of_each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def _default_language():
    """Undo the choice of language that an example makes."""
    yield
    ps.set_language(None)


def notebook_of(script):
    """Return the committed notebook of a script."""
    return json.loads((NOTEBOOKS / f"{script.stem}.ipynb").read_text(encoding="utf-8"))


def outputs_of(notebook):
    """Return all outputs of a notebook, in order."""
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def prose_of(name):
    """Return the text of an example in one line."""
    cells = BUILDER["read_cells"]((EXAMPLES / f"{name}.py").read_text(encoding="utf-8"))
    return " ".join(" ".join(text for kind, text in cells if kind == "markdown").split())


# --- scripts and their notebooks ----------------------------------------------------------------


def test_cells_of_a_script():
    """Markdown loses its comment signs, code the blank lines around it, and nothing else."""
    script = "# %% [markdown]\n# # A\n#\n# b\n\n# %%\nx = 1\n\n\ny = 2  # %% no\n\n# %%\nx\n"
    assert BUILDER["read_cells"](script) == [
        ("markdown", "# A\n\nb"), ("code", "x = 1\n\n\ny = 2  # %% no"), ("code", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize("script", ["x = 1\n# %%\n", "# %% title\nx = 1\n", "# %% [raw]\n"])
def test_other_cells_are_refused(script):
    """What a notebook would lose stops the build."""
    with pytest.raises(ValueError, match="starts with"):
        BUILDER["read_cells"](script)


def test_every_example_has_a_notebook():
    """There is one notebook for each script, and no other."""
    names = [script.stem for script in SCRIPTS]
    assert names == ["claims", "leaders", "own_table", "promises", "quickstart", "rd_panel"]
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == names


@of_each_script
def test_notebook_has_the_cells_of_its_script(script):
    """The cells of the notebook are those that the script gives; else build it again."""
    found = [(c["cell_type"], "".join(c["source"])) for c in notebook_of(script)["cells"]]
    assert found == BUILDER["read_cells"](script.read_text(encoding="utf-8"))


@of_each_script
def test_notebook_was_run_from_the_top(script):
    """Every code cell was run once, in order, without an error, and no time is told."""
    notebook = notebook_of(script)
    counts = [c["execution_count"] for c in notebook["cells"] if c["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    kinds = {(o["output_type"], o.get("name", "")) for o in outputs_of(notebook)}
    assert kinds <= {("stream", "stdout"), ("display_data", ""), ("execute_result", "")}
    assert all(cell["metadata"] == {} for cell in notebook["cells"])
    assert notebook["metadata"] == BUILDER["METADATA"]


@of_each_script
def test_notebook_shows_tables_and_charts_and_stays_small(script):
    """Tables are HTML, charts pictures; a notebook has less than 200 kB."""
    kinds = {kind for output in outputs_of(notebook_of(script)) for kind in output.get("data", {})}
    assert kinds == {"text/plain", "text/html", "image/png"}
    assert (NOTEBOOKS / f"{script.stem}.ipynb").stat().st_size < 200_000


@of_each_script
def test_example_runs_and_gives_what_its_notebook_shows(script, tmp_path, monkeypatch, capsys):
    """In an empty folder, without a warning or a file left; tables and texts are the notebook's."""
    monkeypatch.chdir(tmp_path)
    tables = []
    monkeypatch.setattr(
        builtins, "display", lambda frame: tables.append(frame._repr_html_()), raising=False
    )
    runpy.run_path(str(script), run_name="__main__")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == ({"ranking.png", "industry.png"} if script.stem == "quickstart" else set())
    outputs = outputs_of(notebook_of(script))
    shown = [o["data"].get("text/html") for o in outputs if o["output_type"] == "display_data"]
    assert tables == ["".join(html) for html in shown if html]
    printed = ["".join(o["text"]) for o in outputs if o["output_type"] == "stream"]
    assert capsys.readouterr().out == "".join(printed)


@of_each_script
def test_example_prints_its_tables_as_a_script(script, tmp_path, monkeypatch, capsys):
    """Where no notebook shows it, each table is printed, whole."""
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script), run_name="__main__")
    out = capsys.readouterr().out
    assert out.count("\n\n") >= 4
    assert "..." not in out


# --- what they say ------------------------------------------------------------------------------


def test_claims_tells_what_the_verdicts_are():
    """No distance from the nation is contradicted, and most that can be checked are distances."""
    claims = ps.check_claims()
    assert "all that can be checked hold" in prose_of("claims")
    gaps = claims["indicator"].str.endswith("_gap")
    assert set(claims.loc[gaps, "verdict"]) == {"consistent", "undecidable"}
    assert gaps[claims["verdict"] == "consistent"].mean() > 0.5


def test_claims_tells_of_chongqing_what_the_data_tell():
    """One of five surely grew faster than Chongqing."""
    grown = ps.series("industrial_value_added_growth", period="2024-01/2024-11").data
    grown = grown.set_index("region")
    own = grown.loc["CN-CQ"]
    assert (grown["lower"] > own["upper"]).sum() == 1
    assert (grown["upper"] < own["lower"]).sum() == 3
    assert "the remaining eleven are among the 26 that are silent" in prose_of("claims")


def test_promises_tells_what_came_of_the_targets():
    """Who met and who missed, as the text says."""
    text = prose_of("promises")
    goals = ps.targets().query("period == '2025' and source.str.startswith('work-report-2025-')")
    rows_by_id = {id_: rows.set_index("region") for id_, rows in goals.groupby("indicator")}
    assert set(rows_by_id["urban_new_jobs"]["reason"]) == {"", "no_outcome"}
    assert set(rows_by_id["urban_new_jobs"]["verdict"]) == {"met", "undecidable"}
    sales = rows_by_id["retail_sales_growth"]["verdict"].value_counts()
    assert (sales["missed"], sales["met"]) == (9, 3)
    assert "nine provinces missed their target, three met it" in text
    prices = rows_by_id["cpi"].query("reason == 'below'")
    assert (len(prices), prices["outcome"].max()) == (4, 0.1)
    growth = rows_by_id["gdp_growth"]
    assert len(growth) == 31
    missed = [ps.region(code).name_en for code in growth.index[growth["verdict"] == "missed"]]
    assert set(missed) == {"Ningxia", "Guizhou", "Qinghai", "Hainan", "Guangdong"}
    assert (growth["reason"] == "interval").sum() == 4
    verdicts = rows_by_id["industrial_value_added_growth"]["verdict"].value_counts()
    assert (verdicts["met"], verdicts["missed"]) == (8, 2)
    wanted = ps.load(nature="target").query("indicator == 'gdp_growth'")
    value = wanted.pivot(index="region", columns="period", values="value")
    assert (value["2026"].notna().sum(), (value["2026"] < value["2025"]).sum()) == (23, 11)
    assert value.index[value["2026"] > value["2025"]].to_list() == ["CN-JX"]


def test_leaders_tells_what_is_certain():
    """Who leads, and which places are open."""
    text = prose_of("leaders")
    growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    ranked = ps.rank(growth, universe="all").set_index("region")
    assert ranked.loc["CN-SD", ["rank_best", "rank_worst", "n"]].to_list() == [1, 27, 5]
    assert "anything from first to 27th of 31: all 26 others may have grown" in text
    intensity = ps.rank(ps.series("rd_intensity", period=2023, vintage=SIXTH)).set_index("region")
    is_open = intensity["rank_best"] < intensity["rank_worst"]
    assert intensity.index[is_open].to_list() == ["CN-YN"]
    certain = intensity[~is_open].nsmallest(6, "rank")
    names = [ps.region(code).name_en for code in certain.index]
    assert f"{', '.join(names[:-1])} and {names[-1]} lead, in this order" in text


def test_leaders_counts_the_rankings_that_are_certain():
    """Six of the eight rankings of 2024 with four provinces or more leave no place open."""
    data = ps.load().query("source == 'cena-2025-ten-provinces'")
    data = data.query("period.str.startswith('2024') and region.str.startswith('CN-')")
    groups = [group for _, group in data.groupby(["indicator", "period"]) if len(group) >= 4]
    ranges = [ps.rank(group)[["rank_best", "rank_worst"]] for group in groups]
    certain = [places["rank_best"].equals(places["rank_worst"]) for places in ranges]
    assert (len(certain), sum(certain)) == (8, 6)
    assert {len(group) for group in groups} == {4, 5, 6}
    assert "In six of eight every place is certain" in prose_of("leaders")


def test_rd_panel_tells_what_the_bulletins_tell():
    """All rose since 2019, two of them most; the spread fell, while the range grew."""
    text = prose_of("rd_panel")
    data = ps.load(vintage=SIXTH).query("indicator == 'rd_intensity' and region != 'CN'")
    data = data.set_index("region")
    first, last = (data[data["period"] == year] for year in ("2019", "2023"))
    assert (last["lower"] > first["upper"]).all()
    rises = (last["value"] - first["value"]).round(2)
    assert rises[rises == rises.max()].to_dict() == {"CN-AH": 0.66, "CN-GD": 0.66}
    assert rises.drop(["CN-AH", "CN-GD"]).max() + 0.01 < 0.66 - 0.01
    assert "Guangdong and Anhui the most, by 0.66 points each" in text
    ends = [frame["value"].max() - frame["value"].min() for frame in (first, last)]
    assert "from the lowest to the highest grew from {:.2f} to {:.2f}".format(*ends) in text
    since_2019 = ps.series("rd_intensity", period=[*range(2019, 2024)], vintage=SIXTH)
    trend = ps.convergence(since_2019).iloc[0]
    fell = f"fell by {-trend['change']:.1f}%, by {-trend['change_upper']:.1f}% at least"
    assert fell in text
    spread = ps.dispersion(since_2019).set_index("period")
    assert spread["sigma_lower"]["2020"] > spread["sigma_upper"].drop("2020").max()
    assert spread["gini_upper"]["2023"] < spread["gini_lower"].drop("2023").min()


def test_rd_panel_tells_where_the_base_changed():
    """By the bulletins Tianjin's product fell by a quarter, and Yunnan's rose by 30%."""
    wide = {id_: ps.series(id_).to_wide() for id_ in ("rd_expenditure", "rd_intensity")}
    product = wide["rd_expenditure"] / wide["rd_intensity"]
    change = (product["2019"] / product["2018"] - 1).drop("CN")
    assert (change.idxmin(), change.idxmax()) == ("CN-TJ", "CN-YN")
    assert change.min() == pytest.approx(-0.25, abs=0.005)
    assert change.max() == pytest.approx(0.3, abs=0.005)
    said = ps.load(vintage=None).query("indicator == 'rd_intensity' and period < '2023'")
    assert said.query("region != 'CN'").groupby(["region", "period"]).size().max() == 1


def test_rd_panel_tells_which_bases_the_bulletins_had():
    """What was first said, less the rise that was said with it, is the year before as restated."""
    text = prose_of("rd_panel")
    bulletins = ps.load(vintage=None)
    bulletins = bulletins[bulletins["source"].str.startswith("nbs-rd-bulletin")]
    said = bulletins.query("indicator == 'rd_intensity' and region == 'CN'")
    first, last = (
        said.sort_values("vintage").groupby("period")["value"].agg(end) for end in ("first", "last")
    )
    rise = ps.load().query("indicator == 'rd_intensity_change' and region == 'CN'")
    assert rise.set_index("period").loc["2022", "value"] == 0.11
    assert [first["2022"], last["2021"], last["2022"]] == [2.54, 2.43, 2.56]
    assert "2.54 less 0.11 is 2.43" in text
    bulletins = bulletins.sort_values("vintage").query("period < '2024'")
    first_said = bulletins.drop_duplicates(["region", "indicator", "period"])
    shares = first_said["indicator"].isin(["rd_intensity", "rd_intensity_change"])
    found = ps.reconcile(first_said[shares].drop(columns="vintage")).query("conflict")
    assert found.set_index("previous")["implied_base"].round(2).to_dict() == {
        2.19: 2.14,
        2.54: 2.56,
    }
    assert [last["2018"], last["2022"]] == [2.14, 2.56]
    assert "the restated one: 2.14% for 2018, 2.56% for 2022" in text


def test_rd_panel_tells_what_the_seventh_bulletin_restated():
    """The shares of 2023 fell with the census, the nation's and Beijing's as the text says."""
    text = prose_of("rd_panel")
    stated = [
        ps.series("rd_intensity", period=2023, vintage=vintage).to_wide()["2023"]
        for vintage in (SIXTH, "nbs-rd-bulletin-2024")
    ]
    assert [values["CN"] for values in stated] == [2.65, 2.58]
    assert [values["CN-BJ"] for values in stated] == [6.73, 6.22]
    assert "the nation's from 2.65% to 2.58%, Beijing's from 6.73% to 6.22%" in text


def test_rd_panel_counts_with_the_bulletins():
    """By what was said first as many are above the nation as the bulletins say, every year."""
    said = ps.series("rd_intensity_above_national_provinces").data.set_index("period")["value"]
    table = ps.load(vintage=None).sort_values("vintage")
    table = table[table["source"].str.startswith("nbs-rd-bulletin")]
    table = table.query("indicator == 'rd_intensity' and period >= '2018'")
    table = table.drop_duplicates(["region", "period"])
    lower, upper = (
        table.pivot(index="region", columns="period", values=end) for end in ("lower", "upper")
    )
    above = lower.gt(upper.loc["CN"])
    assert above.sum().to_dict() == said.to_dict()
    intensity = ps.series("rd_intensity", period=2018)
    latest = ps.gap_to_national(intensity, national="latest").set_index("region")
    newly = latest.index[latest["gap_lower"] > 1e-9].difference(above.index[above["2018"]])
    assert newly.to_list() == ["CN-AH", "CN-SN"]


def test_own_table_has_the_figures_of_the_reports():
    """Every row of the table is a figure of the shipped data, with the same value and interval."""
    tidy = runpy.run_path(str(EXAMPLES / "own_table.py"))["tidy"]
    shipped = ps.load()[list(tidy.columns)]
    assert len(tidy.merge(shipped, on=list(tidy.columns))) == len(tidy)


def test_own_table_tells_who_grew_faster():
    """The intervals of the two provinces do not meet."""
    change = ps.yoy("base_stations_5g").query("method == 'level_minus_new'").set_index("region")
    least, most = change.loc["CN-GS", "yoy_lower"], change.loc["CN-SD", "yoy_upper"]
    assert least > most
    assert f"by {least:.1f}% at least, Shandong by {most:.1f}% at most" in prose_of("own_table")
