"""Lazy frames: one answer, whatever engine plans it, and no engine run on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import provstats as ps
from provstats.engines.recognise import find_engine
from provstats.indicators import look_up_indicator

pytest.importorskip("narwhals")
# Where pandas is newer than what PySpark promises to support, what is used of it here works.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")

ROOT = Path(ps.__file__).parents[1]
KEY = ["region", "indicator", "period", "nature"]
KINDS = {"value": "double", "lower": "double", "upper": "double", "rank": "double"}
ZONE = "Asia/Shanghai"
SUFFIXES = ("", "_growth", "_new", "_change", "_rank", "_gap")


# --- engines --------------------------------------------------------------------------------------


def columns_of(frame):
    """Return columns as lists; every other missing number is null, the rest is NaN."""
    return {
        column: [
            None if pd.isna(value) and (row % 2 or column not in KINDS) else value
            for row, value in enumerate(frame[column].tolist())
        ]
        for column in frame
    }


class Polars:
    """Frames that polars plans; the package is imported when first asked for."""

    columns = "polars"

    def __init__(self):
        self.module = pytest.importorskip("polars")

    def lazy(self, frame):
        """Return a lazy frame of the rows."""
        kinds = {c: self.module.Float64 if c in KINDS else self.module.String for c in frame}
        return self.module.LazyFrame(columns_of(frame), schema=kinds, strict=False)

    def run(self, lazy):
        """Return the rows of a lazy frame."""
        return pd.DataFrame(lazy.collect().to_dict(as_series=False))

    def dated(self, frame, kind):
        """Return a lazy frame whose periods, as 2024-01-31 23:30, are dates or datetimes."""
        kinds = {"date": self.module.Date, "datetime": self.module.Datetime("ms"),
                 "zoned": self.module.Datetime("ns", ZONE)}  # fmt: skip
        time = self.module.col("period").str.to_datetime("%Y-%m-%d %H:%M", time_zone=(
            ZONE if kind == "zoned" else None))  # fmt: skip
        return self.lazy(frame).with_columns(time.cast(kinds[kind]))

    def unrunnable(self, frame):
        """Return a lazy frame that fails when it runs."""
        lazy = self.lazy(frame)
        return lazy.map_batches(fail, schema=lazy.collect_schema())


class DuckDB(Polars):
    """Relations of one connection to DuckDB."""

    columns = "DuckDB"

    def __init__(self):
        self.module = pytest.importorskip("duckdb")
        self.connection = self.module.connect()

    def lazy(self, frame):
        """Return a relation over a table: NaN stays NaN there."""
        import pyarrow as pa

        kinds = {c: pa.float64() if c in KINDS else pa.string() for c in frame}
        columns = columns_of(frame)
        arrays = {c: pa.array(columns[c], kinds[c], from_pandas=False) for c in frame}
        return self.connection.from_arrow(pa.table(arrays))

    def run(self, lazy):
        """Return the rows of a relation."""
        return pd.DataFrame(lazy.to_arrow_table().to_pylist(), columns=lazy.columns)

    def dated(self, frame, kind):
        """Return a relation of dates; those with a zone are shown in that of the connection."""
        self.connection.execute(f"set TimeZone = '{ZONE}'")
        kinds = {"date": "date", "datetime": "timestamp_s", "zoned": "timestamptz"}
        time = f"cast(cast(period as timestamp) as {kinds[kind]}) as period"
        return self.lazy(frame).select(self.module.SQLExpression(f"* replace ({time})"))

    def unrunnable(self, frame):
        """Return a relation that fails when it runs."""
        return self.lazy(frame).filter("error('it ran')")


class Dask(Polars):
    """Frames of Dask in several partitions, computed in this thread or by the client in use."""

    columns = "Dask"

    def __init__(self, scheduler="synchronous"):
        self.scheduler = scheduler
        self.module = pytest.importorskip("dask.dataframe")

    def lazy(self, frame):
        """Return a frame of three partitions."""
        return self.module.from_pandas(frame, npartitions=3)

    def run(self, lazy):
        """Compute, and check that the answer has the promised types."""
        answer = lazy.compute(scheduler=self.scheduler)
        assert answer.dtypes.to_dict() == lazy.dtypes.to_dict()
        return answer

    def dated(self, frame, kind):
        """Return a frame of dates of Arrow, or of datetimes of pandas."""
        kinds = {"date": "date32[pyarrow]", "datetime": "M8[ms]", "zoned": f"M8[ns, {ZONE}]"}
        times = pd.to_datetime(frame["period"])
        times = times.dt.tz_localize(ZONE) if kind == "zoned" else times
        return self.lazy(frame.assign(period=times.astype(kinds[kind])))

    def unrunnable(self, frame):
        """Return a frame that fails when it runs."""
        return self.module.from_map(fail, [frame], meta=frame.head(0))


class Spark(Polars):
    """Frames of one Spark session in a thread of this machine, or in two worker processes."""

    columns = "PySpark"

    def __init__(self, master):
        pytest.importorskip("pyspark")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers run provstats too
        from pyspark.sql import SparkSession

        # Small rows in many plans: interpreting one is faster than compiling it.
        settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
                    "spark.driver.host": "127.0.0.1",
                    "spark.sql.shuffle.partitions": "2", "spark.sql.adaptive.enabled": "false",
                    "spark.sql.codegen.wholeStage": "false",
                    "spark.sql.codegen.factoryMode": "NO_CODEGEN"}  # fmt: skip
        self.session = SparkSession.builder.master(master).config(map=settings).getOrCreate()

    def lazy(self, frame):
        """Return a frame of the session."""
        schema = ", ".join(f"`{c}` {KINDS.get(c, 'string')}" for c in frame)
        rows = list(zip(*columns_of(frame).values(), strict=True))
        return self.session.createDataFrame(rows, schema=schema)

    def run(self, lazy):
        """Return the rows of a frame."""
        return pd.DataFrame(lazy.collect(), columns=lazy.columns)

    def dated(self, frame, kind):
        """Return a frame of dates; those with a zone are shown in that of the session."""
        from pyspark.sql import functions as f

        kinds = {"date": "date", "datetime": "timestamp_ntz", "zoned": "timestamp"}
        return self.lazy(frame).withColumn("period", f.col("period").cast(kinds[kind]))

    def unrunnable(self, frame):
        """Return a frame that fails when it runs."""
        from pyspark.sql import functions as f

        return self.lazy(frame).filter(f.raise_error(f.lit("it ran")).isNotNull())


def fail(*_):
    """Fail, as reading the rows does here."""
    msg = "it ran"
    raise RuntimeError(msg)


LIGHT = {"polars": Polars, "duckdb": DuckDB, "dask": Dask}


@pytest.fixture(scope="module", params=[*LIGHT, pytest.param("spark", marks=pytest.mark.spark)])
def engine(request):
    """Return an engine, or skip where it is not installed."""
    if request.param in LIGHT:
        yield LIGHT[request.param]()
    else:
        spark = Spark("local[2]")
        yield spark
        spark.session.stop()


# --- data -----------------------------------------------------------------------------------------

REGIONS = ["CN", "CN-BJ", "CN-SH", "CN-ZJ", "CN-SD", "CN-HK", "xiongan"]
PERIODS = ["2022/2024", "2023", "2024", "2023-H1", "2024-H1", "2024-Q2", "2023-11", "2024-11",
           "2023-01/2023-11", "2024-01/2024-11"]  # fmt: skip


def panel(seed=0):
    """Return a shuffled panel with gaps, ties, missing values, intervals and all natures."""
    random = np.random.default_rng(seed)
    concepts = ["jobs", "energy_intensity", "industrial_profit", "base_stations_5g", "rd_intensity"]
    ids = [concept + suffix for concept in concepts for suffix in SUFFIXES]
    rows = pd.MultiIndex.from_product([REGIONS, ids, PERIODS], names=KEY[:3]).to_frame(index=False)
    rows = rows.sample(frac=0.6, random_state=seed).reset_index(drop=True)
    count = len(rows)
    scale = np.where(rows["indicator"].isin(concepts), 10.0, 1.0)
    rows["value"] = random.integers(-2, 9, count) * scale
    rows["lower"] = rows["value"] - random.integers(0, 3, count)
    rows["upper"] = rows["value"] + random.integers(0, 3, count)
    rows.loc[random.random(count) < 0.3, ["lower", "upper"]] = np.nan
    rows.loc[random.random(count) < 0.1, ["value", "lower", "upper"]] = np.nan
    rows["nature"] = random.choice(["outcome", "outcome", "forecast", "target"], count)
    rows["unit"] = [unit_of(id_) if stated else "" for id_, stated in
                    zip(rows["indicator"], random.random(count) < 0.5, strict=True)]  # fmt: skip
    rows["source"] = random.choice(["first", "second", "third"], count)
    rows["rank"] = 7.5
    is_span = (rows["period"] == "2024") & (random.random(count) < 0.5)
    return claimed(rows.assign(period=rows["period"].mask(is_span, "2024-01/2024-12")), random)


def unit_of(id_):
    """Return the unit of the catalogue, sometimes as printed."""
    known = look_up_indicator(id_)
    return (
        {"percent": "%", "percentage_point": "个百分点"}.get(known.unit, known.unit)
        if known
        else ""
    )


def claimed(rows, random):
    """Let some provinces claim a distance from the nation, so that all claims agree."""
    plain = rows[~rows["indicator"].str.endswith("_gap")]
    said = plain[plain["value"].notna() & (random.random(len(plain)) < 0.2)].copy()
    said = said[said["region"] != "CN"]
    said["indicator"] += "_gap"
    said["unit"] = ""
    said[["value", "lower", "upper"]] = said[["value"]].to_numpy() - [[40.0, 43.0, 38.0]]
    return pd.concat([plain, said]).sample(frac=1, random_state=1).reset_index(drop=True)


def table(*rows, columns=("region", "value")):
    """Return literal rows of the unknown indicator jobs in 2024."""
    frame = pd.DataFrame(rows, columns=list(columns))
    given = {"indicator": "jobs", "period": "2024", "nature": "outcome", "unit": ""}
    return frame.assign(**{name: text for name, text in given.items() if name not in frame})


def assert_same(answer, expected):
    """Assert that two answers agree, whatever the order of rows and the mark of what is missing."""
    assert list(answer) == list(expected)
    both = [frame.sort_values(KEY).reset_index(drop=True) for frame in (answer, expected)]
    assert len(answer) == len(expected)
    for column in expected:
        if expected[column].dtype.kind in "if":
            numbers = [pd.to_numeric(frame[column]).astype("Float64") for frame in both]
            plain = [column.to_numpy(float, na_value=np.nan) for column in numbers]
            np.testing.assert_allclose(*plain, rtol=1e-9, atol=1e-9, err_msg=column)
        else:
            texts = [frame[column].astype(object).where(frame[column].notna(), None)
                     for frame in both]  # fmt: skip
            assert texts[0].tolist() == texts[1].tolist(), column


# --- the same answer ------------------------------------------------------------------------------

FIGURE = ps.parse_figure("约5%")
CASES = [
    (ps.rank, {}),
    (ps.rank, {"ties": "max", "universe": "all"}),
    (ps.rank, {"ties": "average", "order": "ascending"}),
    (ps.rank, {"ties": "dense", "order": "descending", "universe": "all"}),
    (ps.rank, {"bounds": False}),
    (ps.rank, {"bounds": False, "universe": "all", "order": "ascending", "ties": "max"}),
    (ps.gap_to_national, {}),
    (ps.gap_to_national, {"national": 3}),
    (ps.gap_to_national, {"national": pd.DataFrame({"period": ["2024"], "value": [3.0]})}),
    (ps.share_of_national, {}),
    (ps.yoy, {}),
    (ps.yoy, {"across_breaks": True}),
]


def name_of(case):
    """Return a readable name of a comparison with its options."""
    return "-".join([case[0].__name__, *(str(option)[:9] for option in case[1].values())])


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_engine_answers_as_memory(engine, case):
    """Every function and option gives on every engine what it gives in memory."""
    compare, options = case
    rows = panel()
    assert_same(engine.run(compare(engine.lazy(rows), **options)), compare(rows, **options))


@pytest.mark.parametrize("vintage", ["latest", "first", "nbs-rd-bulletin-2023"])
def test_known_breaks_part_as_in_memory(engine, vintage):
    """What a document printed before a break is of the old measure, on every engine."""
    data = ps.load(vintage=vintage)
    rows = data[data["indicator"].eq("rd_intensity") & data["region"].isin(["CN", "CN-TJ"])]
    rows = rows.drop(columns=["qualifier", "printed", "paragraph", "note"]).reset_index(drop=True)
    expected = ps.yoy(rows)
    assert {"", "break"} <= set(expected["reason"])
    assert_same(engine.run(ps.yoy(engine.lazy(rows))), expected)


def test_panel_has_every_case():
    """The panel reaches every method, basis and conflict, so that the comparison says something."""
    rows = panel()
    changes, gaps = ps.yoy(rows), ps.gap_to_national(rows)
    assert set(changes["method"].dropna()) == {"reported", "levels", "level_minus_new"}
    assert set(gaps["national_basis"].dropna()) == {"reported", "implied"}
    assert gaps["national_source"].str.contains("first second").any()
    assert changes["conflict"].any()
    assert not changes["conflict"].all()
    assert np.isinf(changes["yoy_upper"]).any()
    assert set(changes["months"].dropna()) == {1, 6, 11, 12, 36}


def test_figure_as_benchmark(engine):
    """A printed figure is the benchmark of the rows in its unit, with its interval."""
    rows = panel()
    rates = rows[rows["indicator"] == "rd_intensity"]
    answer = engine.run(ps.gap_to_national(engine.lazy(rates), national=FIGURE))
    assert_same(answer, ps.gap_to_national(rates, national=FIGURE))


def test_a_claim_counts_in_the_unit_of_the_distance(engine):
    """What is per ton is measured in its unit or in none; points are of another measure."""
    said = {"2022": (3.0, "percentage_point"), "2023": (2.0, "kWh/t"), "2024": (1.0, "")}
    rows = table(
        *(("CN-BJ", 9.0, "jobs", "kWh/t", year) for year in said),
        *(("CN-BJ", distance, "jobs_gap", unit, year) for year, (distance, unit) in said.items()),
        columns=("region", "value", "indicator", "unit", "period"),
    )
    answer = engine.run(ps.gap_to_national(engine.lazy(rows)))
    assert_same(answer, ps.gap_to_national(rows))
    known = answer[answer["national"].notna()]
    assert dict(zip(known["period"], known["national"], strict=True)) == {"2023": 7, "2024": 8}


@pytest.mark.parametrize("compare", [ps.rank, ps.gap_to_national, ps.yoy])
def test_four_columns_are_enough(engine, compare):
    """Bounds, unit, nature and source are optional, as in memory."""
    rows = panel()
    rows = rows[(rows["nature"] == "outcome") & ~rows["indicator"].str.endswith("_gap")]
    four = rows[["region", "indicator", "period", "value"]]
    answer, expected = engine.run(compare(engine.lazy(four))), compare(four)
    assert_same(*(frame.assign(nature="outcome") for frame in (answer, expected)))


def monthly():
    """Return the panel with a month in place of each period, and months of the two years before."""
    rows = panel(seed=1)
    names = {label: f"2024-{month:02d}" for month, label in enumerate(rows["period"].unique(), 1)}
    spans = rows.assign(period=rows["period"].map(names))
    return pd.concat([spans.assign(period=spans["period"].str.replace("2024", year))
                      for year in ("2022", "2023", "2024")], ignore_index=True)  # fmt: skip


def assert_dates_are_months(engine, compare, kind):
    """Assert that the last half hour of each month, as a date, answers as the month in memory."""
    rows = monthly()
    last_day = pd.to_datetime(rows["period"]) + pd.offsets.MonthEnd(0)
    dates = rows.assign(period=last_day.dt.strftime("%Y-%m-%d 23:30"))
    answer = engine.run(compare(engine.dated(dates, kind)))
    shown = pd.to_datetime(answer["period"]).dt.strftime("%Y-%m")
    assert_same(answer.assign(period=shown), compare(rows))


@pytest.mark.parametrize("kind", ["date", "datetime", "zoned"])
@pytest.mark.parametrize("compare", [ps.rank, ps.gap_to_national, ps.yoy])
def test_a_date_stands_for_its_month(engine, compare, kind):
    """Dates and datetimes, with or without a zone, are the months in which they are shown."""
    assert_dates_are_months(engine, compare, kind)


RATE_IDS = ["jobs", "jobs_growth", "rd_intensity", "rd_intensity_change"]
rows_drawn = st.lists(
    st.fixed_dictionaries({
        "region": st.sampled_from(REGIONS),
        "indicator": st.sampled_from([*RATE_IDS, "jobs_new", "industrial_energy_intensity"]),
        "period": st.sampled_from(PERIODS),
        "nature": st.sampled_from(ps.load(nature=None)["nature"].unique().tolist()),
        "value": st.integers(-3, 9).map(float) | st.just(np.nan),
        "width": st.sampled_from([0.0, 0.5, 2.0]),
    }),
    min_size=1, max_size=25, unique_by=lambda row: tuple(row[column] for column in KEY),
)  # fmt: skip


@settings(max_examples=10, phases=[Phase.generate])  # to shrink would take minutes
@given(rows=rows_drawn)
def test_engine_answers_as_memory_on_any_panel(rows):
    """On small panels of any kind, the queries' ranks and changes are those in memory."""
    engine, frame = DuckDB(), pd.DataFrame(rows)
    frame["lower"], frame["upper"] = (frame["value"] + sign * frame["width"] for sign in (-1, 1))
    frame = frame.drop(columns="width")
    assert_same(engine.run(ps.yoy(engine.lazy(frame))), ps.yoy(frame))
    try:
        expected = ps.rank(frame)
    except ps.IncomparableError:
        assert engine.run(ps.rank(engine.lazy(frame))).empty
    else:
        assert_same(engine.run(ps.rank(engine.lazy(frame))), expected)


# --- lazy -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_nothing_runs(engine, case):
    """A comparison of a lazy frame is a lazy frame of its type; nothing runs until it is run."""
    compare, options = case
    lazy = engine.unrunnable(panel())
    answer = compare(lazy, **options)
    assert type(answer) is type(lazy)
    with pytest.raises(Exception, match="it ran"):
        engine.run(answer)


def test_no_engine_is_loaded_for_a_frame_in_memory():
    """Comparing pandas frames imports no engine."""
    code = (
        "import sys, provstats as ps; ps.rank('little_giants'); ps.yoy('base_stations_5g');"
        "engines = {'polars', 'duckdb', 'dask', 'pyspark', 'provstats.engines.lazy'};"
        "print(sorted(engines & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


def test_engine_is_known_by_its_type(engine):
    """A lazy frame is known by the name of its type, a frame in memory is none."""
    assert find_engine(engine.lazy(panel())) == type(engine).__name__.lower()
    assert find_engine(panel()) == ""


def test_other_comparisons_refuse(engine):
    """What has no plan says so, and what to do."""
    with pytest.raises(NotImplementedError, match="share_of_national and yoy alone"):
        ps.reconcile(engine.lazy(panel()))


# --- what is refused, when ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"region": ["CN-BJ"], "indicator": ["jobs"], "period": ["2024"]}, "'value'.* are missing"),
        ({"regions": ["CN-BJ"], "indicator": ["jobs"], "period": ["2024"], "value": [1.0]},
         "did you mean 'regions'"),
        ({"region": [11], "indicator": ["jobs"], "period": ["2024"], "value": [1.0]},
         "'region' must hold texts"),
        ({"region": ["CN-BJ"], "indicator": ["jobs"], "period": [True], "value": [1.0]},
         "'period' must hold labels, years or dates"),
        ({"region": ["CN-BJ"], "indicator": ["jobs"], "period": ["2024"], "value": ["much"]},
         "'value' must hold numbers"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("light", ["polars", "duckdb", "dask"])
def test_columns_are_checked_at_once(light, columns, message):
    """A column that is missing or of another type is refused before anything runs."""
    pa, module = pytest.importorskip("pyarrow"), pytest.importorskip(light)
    lazy = {
        "polars": lambda: module.LazyFrame(columns),
        "duckdb": lambda: module.connect().from_arrow(pa.table(columns)),
        "dask": lambda: Dask().lazy(pd.DataFrame(columns)),
    }[light]()
    with pytest.raises(ps.SchemaError, match=message):
        ps.rank(lazy)


@pytest.mark.parametrize(
    ("option", "word"), [("order", "up"), ("ties", "first"), ("universe", "x")]
)
def test_options_are_checked_at_once(engine, option, word):
    """An option that does not exist is refused as in memory."""
    with pytest.raises(ps.SchemaError, match=f"{option} must be one of"):
        ps.rank(engine.lazy(panel()), **{option: word})


GOOD = table(("CN-BJ", 3.0), ("CN-SH", 2.0), ("CN-ZJ", 1.0))
BAD = {
    "a key that stands twice": table(("CN-SD", 4.0), ("CN-SD", 4.0)),
    "bounds that do not hold the value": table(
        ("CN-SD", 4.0, 5.0, 6.0), columns=("region", "value", "lower", "upper")
    ),
    "an infinite value": table(("CN-SD", np.inf)),
    "a region that is not in the registry": table(("Atlantis", 4.0)),
    "a period that is no label": table(
        ("CN-SD", 4.0, "soon"), columns=("region", "value", "period")
    ),
    "a nature that is none of the three": table(
        ("CN-SD", 4.0, "hope"), columns=("region", "value", "nature")
    ),
    "a direction that is none of the three": table(
        ("CN-SD", 4.0, "up"), columns=("region", "value", "direction")
    ),
    "units that differ within a period": table(
        ("CN-SD", 4.0, "CNY", "2023"), ("CN-GS", 4.0, "USD", "2023"),
        columns=("region", "value", "unit", "period"),
    ),
    "claims that contradict one another": table(
        ("CN-BJ", 0.5, "jobs_gap"), ("CN-SH", 0.5, "jobs_gap"),
        columns=("region", "value", "indicator"),
    ),
    "nothing to compare": table(("CN", 1.0)),
    "fewer values than `min_n` everywhere": table(("CN-BJ", 1.0)),
    "no national value at all": GOOD,
}  # fmt: skip


def documented():
    """Return what the documentation says of bad rows, by their name and by engine."""
    text = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    start = next(at for at, line in enumerate(lines) if line[0].startswith("rows in memory"))
    header = [name.partition(",")[0] for name in lines[start]]
    return {line[0]: dict(zip(header, line, strict=True)) for line in lines[start + 2 :]}


def test_every_documented_row_is_tried():
    """The table of the documentation has the rows that are tested, and no other."""
    assert list(documented()) == list(BAD)


@pytest.mark.parametrize("name", BAD)
def test_bad_rows(engine, name):
    """What a plan cannot refuse comes out as documented."""
    says = documented()[name][engine.columns].strip("`")
    alone = name.startswith(("no", "fewer"))  # nothing, no national value
    rows = BAD[name] if alone else pd.concat([GOOD, BAD[name]], ignore_index=True)
    rows = rows.fillna({"direction": ""}) if "direction" in rows else rows
    compare = ps.gap_to_national if "national" in name or "claims" in name else ps.rank
    lazy = compare(engine.lazy(rows))
    if says.endswith("Error"):
        # Spark has an error of its own, whose text has that of its worker.
        error = Exception if engine.columns == "PySpark" else getattr(ps, says)
        with pytest.raises(error) as raised:
            engine.run(lazy)
        assert says in str(raised.value) or type(raised.value) is getattr(ps, says)
    else:
        OUTCOMES[says](engine.run(lazy), (BAD[name]["period"] == "2024").sum())


def assert_left_out(answer, bad):
    """Assert that the good rows alone are ranked, and the bad ones of their period counted."""
    assert sorted(answer["region"]) == ["CN-BJ", "CN-SH", "CN-ZJ"]
    assert set(answer["left_out"]) == {bad}


def assert_no_gap(answer, _):
    """Assert that nothing is measured, and no basis named."""
    assert len(answer) == 3
    assert answer[["gap", "national_basis"]].isna().all(axis=None)


def assert_contradicted(answer, _):
    """Assert that the contradiction is named, and no value taken."""
    jobs = answer[answer["indicator"] == "jobs"]
    assert set(jobs["national_basis"]) == {"contradicted"}
    assert jobs["national"].isna().all()


def assert_no_rows(answer, _):
    """Assert that the answer is empty, and has its columns."""
    assert answer.empty
    assert list(answer)[-5:] == ["rank", "rank_best", "rank_worst", "n", "left_out"]


OUTCOMES = {"left out": assert_left_out, "no gap": assert_no_gap,
            "contradicted": assert_contradicted, "no rows": assert_no_rows}  # fmt: skip


def test_a_base_that_stands_twice_serves_nobody():
    """Of two levels for one year DuckDB takes none, and no row is doubled."""
    rows = table(("CN-BJ", 3.0, "2024"), ("CN-BJ", 2.0, "2023"), ("CN-BJ", 1.0, "2023"),
                 columns=("region", "value", "period"))  # fmt: skip
    engine = DuckDB()
    answer = engine.run(ps.yoy(engine.lazy(rows)))
    assert answer["period"].tolist() == ["2024"]
    assert answer["method"].isna().all()


def test_a_key_that_stands_three_times_takes_its_group_along():
    """DuckDB leaves out all rows of the indicator and period, and no other."""
    rows = pd.concat([GOOD, table(*[("CN-SD", 4.0)] * 3), GOOD.assign(period="2023")])
    engine = DuckDB()
    answer = engine.run(ps.rank(engine.lazy(rows.reset_index(drop=True))))
    assert answer["period"].tolist() == ["2023"] * 3


def test_plans_of_one_connection_do_not_meet():
    """Two plans of DuckDB that are run later answer each for its own rows."""
    engine = DuckDB()
    one, other = (ps.rank(engine.lazy(GOOD.assign(value=GOOD["value"] * by))) for by in (1, -1))
    ranks = [engine.run(plan).set_index("region")["rank"].to_dict() for plan in (one, other)]
    assert ranks == [{"CN-BJ": 1, "CN-SH": 2, "CN-ZJ": 3}, {"CN-BJ": 3, "CN-SH": 2, "CN-ZJ": 1}]


@pytest.mark.parametrize("name", ["spare", "example", "x" * 99])
def test_no_row_is_invented(engine, name):
    """Whatever an indicator is called, only its own rows are compared."""
    rows = table(("CN-TJ", -1.0, name), ("CN-SH", -2.0, name),
                 columns=("region", "value", "indicator"))  # fmt: skip
    answer = engine.run(ps.rank(engine.lazy(rows)))
    assert answer[["rank", "n"]].sort_values("rank").to_numpy().tolist() == [[1, 2], [2, 2]]
    gaps = ps.gap_to_national(engine.lazy(rows))
    if engine.columns == "polars":
        with pytest.raises(ps.IncomparableError):
            engine.run(gaps)
    else:
        assert engine.run(gaps)["gap"].isna().all()


def test_growth_that_loses_all_leaves_a_level_before(engine):
    """After a growth of -100% the level before is what is left without the additions."""
    rows = table(*zip(["CN-BJ"] * 3, [5.0, -100.0, 3.0], ["x", "x_growth", "x_new"], strict=True),
                 columns=("region", "value", "indicator"))  # fmt: skip
    answer = engine.run(ps.yoy(engine.lazy(rows)))
    assert_same(answer, ps.yoy(rows))


def test_typed_columns_of_polars():
    """Categories, enumerations, whole numbers and decimals are taken as they are, and kept."""
    pl = pytest.importorskip("polars")
    rows = pl.DataFrame({
        "region": pl.Series(["CN-BJ", "CN-SH"], dtype=pl.Enum(["CN-BJ", "CN-SH"])),
        "indicator": pl.Series(["jobs", "jobs"], dtype=pl.Categorical),
        "period": [2024, 2024],
        "value": pl.Series([1, 2]).cast(pl.Decimal(10, 2)),
    })  # fmt: skip
    answer = ps.rank(rows.lazy()).sort("rank").collect()
    assert answer["region"].to_list() == ["CN-SH", "CN-BJ"]
    assert {name: answer.schema[name] for name in rows.columns} == dict(rows.schema)
    added = {name: kind for name, kind in answer.schema.items() if name not in rows.columns}
    assert set(added.values()) == {pl.Int64, pl.Int32}


# --- several processes ----------------------------------------------------------------------------


def test_dask_in_two_processes():
    """Two worker processes of Dask answer as memory does."""
    pytest.importorskip("dask.dataframe")
    distributed = pytest.importorskip("distributed")
    rows = panel()
    with (
        distributed.LocalCluster(
            n_workers=2, processes=True, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        processes = Dask(scheduler=None)
        for compare, options in CASES[:1] + CASES[-3:]:
            answer = processes.run(compare(processes.lazy(rows), **options))
            assert_same(answer, compare(rows, **options))
        assert_dates_are_months(processes, ps.yoy, "datetime")


@pytest.mark.spark
def test_spark_in_two_processes(engine):
    """Two worker processes of Spark answer as memory does."""
    if engine.columns != "PySpark":
        pytest.skip("the processes are those of Spark")
    engine.session.stop()
    cluster, rows = Spark("local-cluster[2,1,1024]"), panel()
    try:
        for compare, options in CASES[:1] + CASES[-3:]:
            answer = cluster.run(compare(cluster.lazy(rows), **options))
            assert_same(answer, compare(rows, **options))
        assert_dates_are_months(cluster, ps.yoy, "zoned")
    finally:
        cluster.session.stop()
