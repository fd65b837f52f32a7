"""The shipped observations, the file they stand in, and frames that callers bring."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from contextlib import suppress
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps
from provstats import (
    PeriodError,
    ProvstatsError,
    SchemaError,
    UnknownRegionError,
    indicator,
    load,
    parse_figure,
    parse_period,
    regions,
    sources,
)
from provstats.building.tables import read_tables
from provstats.engines.memory.inputs import prepare_frame
from provstats.store.files import find_data_folder
from provstats.store.observations import DATA_VERSION, read_observations
from provstats.store.parquet import write_parquet
from provstats.store.sources import find_last_day

#: Column and type, in order, as the documented table has them.
TYPES = {
    "region": "string", "indicator": "string", "period": "string", "value": "float64",
    "lower": "float64", "upper": "float64", "unit": "string", "qualifier": "string",
    "nature": "string", "basis": "string", "source": "string", "paragraph": "int32",
    "printed": "string", "note": "string", "among": "string",
}  # fmt: skip
QUALIFIERS = {"exact", "about", "over", "nearly", "under", "range"}
NATURES = ["outcome", "forecast", "target"]
UNITS = {
    "percent", "percentage_point", "count", "CNY", "USD", "rank", "index", "year", "month", "day",
    "km", "km2", "m", "mu", "ha", "t", "tce", "m3", "kW", "MW", "GW", "kWh", "PFLOPS", "EFLOPS",
    "GB", "person_year", "上年=100",
}  # fmt: skip


@pytest.fixture(scope="module")
def everything():
    """Return all shipped observations."""
    return load(nature=None)


@pytest.fixture(scope="module")
def shipped_file():
    """Return the path of the shipped Parquet file."""
    return find_data_folder() / "provinces.parquet"


# --- load ---------------------------------------------------------------------------------------


def test_columns_stand_in_the_order_as_documented(everything):
    """The frame has exactly the columns that is documented, in its order."""
    assert list(everything.columns) == list(TYPES)


@pytest.mark.parametrize(("column", "kind"), TYPES.items())
def test_dtypes_are_those_as_documented(everything, column, kind):
    """Texts are texts and numbers have the width that the documentation gives them."""
    if kind == "string":
        assert pd.api.types.is_string_dtype(everything[column])
        assert all(type(cell) is str for cell in everything[column])
    else:
        assert everything[column].dtype == kind


def test_nothing_is_missing(everything):
    """No cell of the shipped data is missing; only a note, or among whom, may be blank."""
    assert not everything.isna().any(axis=None)
    filled = [c for c, kind in TYPES.items() if kind == "string" and c not in ("note", "among")]
    texts = everything[filled]
    assert not (texts == "").any(axis=None)


def test_outcomes_are_the_default(everything):
    """Without a word load gives the outcomes only, numbered from zero."""
    outcomes = everything[everything["nature"] == "outcome"].reset_index(drop=True)
    pd.testing.assert_frame_equal(load(), outcomes)


@pytest.mark.parametrize("nature", NATURES)
def test_each_nature_is_found(everything, nature):
    """Each nature has rows, and together they are all rows."""
    own = load(nature=nature)
    assert len(own) == (everything["nature"] == nature).sum() > 0
    assert set(own["nature"]) == {nature}


def test_natures_add_up(everything):
    """No row is of a fourth nature."""
    assert sum(len(load(nature=nature)) for nature in NATURES) == len(everything)


@pytest.mark.parametrize("nature", ["outcomes", "Outcome", "", "plan", 0, ["outcome"]])
def test_unknown_nature_is_refused(nature):
    """A nature that does not exist is refused with those that do."""
    with pytest.raises(SchemaError, match="forecast") as raised:
        load(nature=nature)
    assert repr(nature) in str(raised.value)


def test_nearly_right_nature_is_corrected():
    """A misspelt nature is answered with the right one."""
    with pytest.raises(SchemaError, match="did you mean 'forecast'"):
        load(nature="forcast")


@pytest.mark.parametrize("nature", ["outcome", None])
def test_load_returns_a_copy(nature):
    """Whatever a caller does to the frame, the next caller gets the shipped data."""
    before = load(nature=nature).copy(deep=True)
    mine = load(nature=nature)
    mine.loc[:, "value"] = -1.0
    mine.loc[:, "region"] = "nowhere"
    mine["more"] = 1
    del mine["note"]
    mine.attrs["mine"] = True
    pd.testing.assert_frame_equal(load(nature=nature), before)
    assert load(nature=nature).attrs == {}


def test_writing_into_the_arrays_changes_nothing():
    """Not even the arrays below the frame and its labels are shared between callers."""
    before = load().copy(deep=True)
    expected = load()["value"].tolist()
    for nature in ("outcome", None):
        mine = load(nature=nature)
        for column in ("value", "paragraph", "region", "note"):
            with suppress(ValueError):  # some are read-only
                mine[column].array[0] = mine[column].array[-1]
        with suppress(ValueError):
            mine["value"].to_numpy()[:] = 0
        with suppress(ValueError):
            mine.columns.array[0] = "mine"
    assert load()["value"].tolist() == expected
    pd.testing.assert_frame_equal(load(), before)


def test_frames_are_plain():
    """The frame is pandas' own class and hides nothing."""
    assert type(load()) is pd.DataFrame
    assert load().attrs == {}


@pytest.mark.parametrize("vintage", ["first", "latest", "2021-01-01", "nbs-rd-bulletin-2020"])
def test_a_vintage_is_what_was_known(vintage):
    """Of the rows of all vintages, each fact has the one that was stated first, or last by then."""
    key = ["region", "indicator", "period", "nature", "among"]
    said = load(nature=None, vintage=None)
    said["vintage"] = said["vintage"].map(find_last_day)
    said = said.sort_values("vintage", kind="stable")
    by = {"latest": "9", "nbs-rd-bulletin-2020": "2021-09-22"}.get(vintage, vintage)
    known = said[said["vintage"] <= by] if vintage != "first" else said
    kept = known.drop_duplicates(key, keep="first" if vintage == "first" else "last").sort_index()
    got = load(nature=None, vintage=vintage)
    pd.testing.assert_frame_equal(got, kept.drop(columns="vintage").reset_index(drop=True))


def test_a_day_before_all_documents_has_no_vintage():
    """Nothing asked for comes back silently empty."""
    with pytest.raises(ps.IncomparableError, match="nothing had been stated by 1990-01-01"):
        ps.load(vintage="1990-01-01")


def test_a_vintage_may_be_a_date():
    """A date, a time and their text are one."""
    for day in (date(2021, 1, 1), pd.Timestamp("2021-01-01 12:00")):
        pd.testing.assert_frame_equal(load(vintage=day), load(vintage="2021-01-01"))


@pytest.mark.parametrize(
    "vintage", ["last", "2024-13", "", "2021-01-01 or so", ["first"], 2021, pd.NaT]
)
def test_unknown_vintage_is_refused(vintage):
    """What names no vintage is refused with those that do."""
    with pytest.raises(SchemaError, match="vintage must be 'latest', 'first', a document id"):
        load(vintage=vintage)


def test_data_version_is_that_of_the_file(shipped_file):
    """The version is a text, read from the file that is installed."""
    stated = pq.read_schema(shipped_file).metadata[b"provstats.version"].decode()
    assert type(ps.data_version) is str
    assert ps.data_version == stated == DATA_VERSION


# --- sweeps over all shipped rows ---------------------------------------------------------------


def test_key_is_unique(everything):
    """A fact stands once for each document that states it."""
    key = ["region", "indicator", "period", "nature", "among", "source"]
    assert not everything.duplicated(key).any()


def test_intervals_hold_their_values(everything):
    """Every interval holds its value."""
    assert (everything["lower"] <= everything["value"]).all()
    assert (everything["value"] <= everything["upper"]).all()


def test_words_are_of_their_vocabularies(everything):
    """Units, qualifiers, natures and bases are the documented words."""
    assert set(everything["unit"]) <= UNITS
    assert set(everything["qualifier"]) <= QUALIFIERS
    assert set(everything["nature"]) == set(NATURES)
    assert set(everything["basis"]) == {"reported"}


def test_regions_are_known(everything):
    """Every region is in the registry."""
    assert set(everything["region"]) <= set(regions()["code"])


def test_periods_are_canonical_labels(everything):
    """Every period is a label in the one form that its span has."""
    labels = everything["period"].unique()
    assert [str(parse_period(label)) for label in labels] == list(labels)


def test_sources_are_known(everything):
    """Every row was printed in a document of the list, and every document has rows."""
    assert set(everything["source"]) == set(sources()["id"])


def test_ranks_say_among_whom(everything):
    """Every claimed rank says among whom it is, and nothing else does."""
    ranks = everything["indicator"].map(lambda id_: indicator(id_).measure == "rank")
    assert (ranks == (everything["among"] != "")).all()
    assert not everything["note"].str.contains("among provinces").any()


def test_paragraphs_are_lines(everything):
    """Paragraphs count from one."""
    assert (everything["paragraph"] >= 1).all()


def test_units_are_those_of_the_indicators(everything):
    """Each row has the unit of its indicator."""
    wrong = [
        (row.indicator, row.unit)
        for row in everything.itertuples()
        if row.unit != indicator(row.indicator).unit
    ]
    assert wrong == []


def test_numbers_come_from_what_was_printed(everything):
    """Value, interval, unit and qualifier are what the printed figure reads as."""
    heading = {"CNY": {"亿元"}, "percent": {"%"}}  # of the bulletins' tables
    tables = defaultdict(set)
    for table in read_tables(find_data_folder()):
        tables[table.source, table.indicator].add(table.heading)
    for row in everything.itertuples():
        is_cell = re.fullmatch(r"-?[0-9.]+", row.printed)
        is_other = row.printed.endswith("持平") or row.unit == "PFLOPS"
        units = {row.unit} if is_other else {None}
        if is_cell:
            units = tables.get((row.source, row.indicator)) or heading[row.unit]
        figures = [parse_figure(row.printed, unit=unit) for unit in units]
        figure = min(figures, key=lambda figure: abs(figure.value - row.value))
        read = (figure.value, figure.lower, figure.upper, figure.unit, figure.qualifier)
        assert read == (row.value, row.lower, row.upper, row.unit, row.qualifier), row.printed


def test_printed_is_a_figure_and_no_sentence(everything):
    """What is quoted is short and has no end of sentence."""
    assert everything["printed"].str.len().max() <= 40
    assert not everything["printed"].str.contains("[。；;]").any()


def test_bounded_kinds_keep_their_bounds(everything):
    """Counts and ranks are never negative, ranks start at one; places gained are negative.

    Only what is rounded to nothing (0.00万户) has a bound below it.
    """
    counts = everything[everything["unit"] == "count"]
    assert (counts["value"] >= 0).all()
    assert (counts.loc[counts["value"] > 0, "lower"] >= 0).all()
    moved = everything["indicator"].str.endswith("_rank_change")
    assert set(everything.loc[moved, "value"]) == {-16, -9, 0}
    ranks = everything[(everything["unit"] == "rank") & ~moved]
    assert (ranks["value"] >= 1).all()
    exact = ranks[ranks["qualifier"] == "exact"]
    assert (exact["lower"] == exact["upper"]).all()
    assert (ranks["lower"] >= 1).all()


def test_the_nation_and_areas_are_there(everything):
    """The data hold the nation, provinces and other areas."""
    kinds = regions().set_index("code")["kind"]
    assert set(everything["region"].map(kinds)) == {"nation", "province", "area"}


# --- the Parquet file ---------------------------------------------------------------------------


def test_file_types_are_those_as_documented(shipped_file):
    """The Arrow schema has the documented columns and types, in its order."""
    schema = pq.read_schema(shipped_file)
    assert {field.name: str(field.type).removeprefix("large_") for field in schema} == {
        column: {"float64": "double"}.get(kind, kind) for column, kind in TYPES.items()
    }


def test_reading_the_file_gives_the_shipped_data(shipped_file):
    """What read_observations reads is what load returns with all vintages."""
    loaded = load(nature=None, vintage=None).drop(columns="vintage")
    pd.testing.assert_frame_equal(read_observations(shipped_file), loaded)


def test_missing_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(SchemaError, match=re.escape("gone.parquet")):
        read_observations(tmp_path / "gone.parquet")


def test_folder_is_no_file(tmp_path):
    """A folder is no data file."""
    with pytest.raises(SchemaError, match=re.escape(str(tmp_path))):
        read_observations(tmp_path)


@pytest.mark.parametrize(
    "alter",
    [
        lambda data: data.drop(columns="note"),
        lambda data: data.rename(columns={"value": "valeu"}),
        lambda data: data.assign(more=1),
        lambda data: data[data.columns[::-1]],
        lambda data: data[[]],
        lambda data: data.assign(value=data["value"].astype(str)),
        lambda data: data.assign(upper=data["upper"].astype("int64")),
        lambda data: data.assign(paragraph=data["paragraph"].astype(str)),
        lambda data: data.assign(region=range(len(data))),
    ],
    ids=["one less", "renamed", "one more", "reversed", "none", "text value", "whole upper",
         "text paragraph", "number region"],
)  # fmt: skip
def test_other_schema(tmp_path, everything, alter):
    """A Parquet file of other columns or types is refused, not read as if it fitted."""
    path = tmp_path / "other.parquet"
    write_parquet(pa.Table.from_pandas(alter(everything), preserve_index=False), path)
    with pytest.raises(SchemaError, match=re.escape("other.parquet has another schema")):
        read_observations(path)


def test_other_schema_says_what_is_needed(tmp_path):
    """The message tells what columns are needed and what the file has."""
    path = tmp_path / "other.parquet"
    write_parquet(pa.table({"province": ["CN-BJ"]}), path)
    with pytest.raises(SchemaError, match="paragraph") as raised:
        read_observations(path)
    assert "province" in str(raised.value)


@pytest.mark.parametrize("column", ["value", "region", "source"])
def test_missing_cells_are_refused(tmp_path, shipped_file, column):
    """A file with an empty cell is named with the column, whoever wrote it."""
    table, path = pq.read_table(shipped_file), tmp_path / "gaps.parquet"
    cells = [None, *table[column].to_pylist()[1:]]
    kind = table.schema.field(column).type
    changed = table.set_column(table.column_names.index(column), column, pa.array(cells, kind))
    write_parquet(changed, path)
    with pytest.raises(SchemaError, match=rf"gaps.parquet misses cells in \['{column}'\]"):
        read_observations(path)


def test_rows_of_an_unknown_document_are_refused(tmp_path, shipped_file):
    """A row whose document is not listed has neither date nor citation."""
    table, path = pq.read_table(shipped_file), tmp_path / "strange.parquet"
    names = ["hearsay", *table["source"].to_pylist()[1:]]
    at = table.column_names.index("source")
    write_parquet(table.set_column(at, "source", pa.array(names)), path)
    with pytest.raises(SchemaError, match=r"does not list: .'hearsay'."):
        read_observations(path)


# --- frames that callers bring ------------------------------------------------------------------


def callers(**columns):
    """Return a caller's frame of two rows."""
    return pd.DataFrame({
        "region": ["CN-BJ", "CN-SH"], "indicator": "jobs", "period": ["2024", "2023"],
        "value": [3, 4],
    }).assign(**columns)  # fmt: skip


CHECKED = ["region", "indicator", "period", "nature", "unit", "value", "lower", "upper"]


def test_checked_frame_is_complete():
    """What a frame leaves out is filled with what it means."""
    got = prepare_frame(callers())
    assert list(got.columns) == CHECKED
    assert got.to_numpy().tolist() == [
        ["CN-BJ", "jobs", "2024", "outcome", "", 3.0, 3.0, 3.0],
        ["CN-SH", "jobs", "2023", "outcome", "", 4.0, 4.0, 4.0],
    ]


@pytest.mark.parametrize(
    ("printed", "label"),
    [("2024-01/2024-12", "2024"), ("2024年上半年", "2024-H1"), ("2024-Q3", "2024-Q3"),
     ("2024年1—11月", "2024-01/2024-11"), ("2021—2024年", "2021/2024")],
)  # fmt: skip
def test_periods_become_labels(printed, label):
    """However a caller writes a span, it gets its one label."""
    assert prepare_frame(callers(period=printed))["period"].tolist() == [label] * 2


def test_caller_keeps_the_frame():
    """Checking changes neither frame, index nor dtypes."""
    frame = callers(lower=[2.5, None], memo="mine").set_axis([9, 9])
    before = frame.copy(deep=True)
    got = prepare_frame(frame)
    got.loc[:, "value"] = 0.0
    pd.testing.assert_frame_equal(frame, before)
    assert got.index.tolist() == [9, 9]


@pytest.mark.parametrize("value", [[1, 2], [1.5, None], pd.array([1, None], dtype="Int64"),
                                   pd.array([1.5, None], dtype="Float64")])  # fmt: skip
def test_values_become_floats(value):
    """Every dtype of numbers is read, missing ones stay missing."""
    got = prepare_frame(callers(value=value))
    assert got["value"].dtype == "float64"
    assert got["value"].isna().tolist() == [False, pd.isna(value[1])]


@pytest.mark.parametrize(
    ("frame", "error", "words"),
    [
        (callers().drop(columns="indicator"), SchemaError, ["'indicator'"]),
        (callers(value=["3", "超8万个"]), SchemaError, ["'value'", "超8万个"]),
        (callers(upper=["5", "many"]), SchemaError, ["'upper'", "CN-SH"]),
        (callers(upper=[1.0, 5.0]), SchemaError, ["'upper'", "CN-BJ"]),
        (callers(lower=[3.5, 1.0], upper=9.0), SchemaError, ["'lower'", "CN-BJ"]),
        (callers(region="Atlantis"), UnknownRegionError, ["'region'", "Atlantis"]),
        (callers(region="CN-B"), UnknownRegionError, ["'region'", "CN-BJ"]),
        (callers(region="CN-BJ", period="2024"), SchemaError, ["region", "twice"]),
        (callers(region="CN-BJ", period=["2024", "2024-01/2024-12"]), SchemaError, ["twice"]),
        (callers(period="2024-13"), PeriodError, ["'period'", "2024-13", "CN-BJ"]),
        (callers(nature="wish"), SchemaError, ["'nature'", "wish", "target"]),
        (callers().iloc[:0], SchemaError, ["no rows"]),
        ("little_giants", SchemaError, ["str"]),
        (None, SchemaError, ["NoneType"]),
        (callers()["value"], SchemaError, ["Series"]),
    ],
    ids=["no indicator", "text", "text bound", "upper", "lower", "region", "near region", "twice",
         "twice by label", "period", "nature", "empty", "text for a frame", "None", "column"],
)  # fmt: skip
def test_refused_frames(frame, error, words):
    """What cannot be compared is refused with its column and its rows."""
    with pytest.raises(error) as raised:
        prepare_frame(frame)
    assert isinstance(raised.value, ProvstatsError)
    for word in words:
        assert word in str(raised.value)


def test_same_region_of_another_nature_is_no_duplicate():
    """An outcome and a forecast of one thing stand beside one another."""
    frame = callers(region="CN-BJ", period="2024", nature=["outcome", "forecast"])
    assert prepare_frame(frame)["nature"].tolist() == ["outcome", "forecast"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CN-BJ", "CN-SH", "CN", "ningbo"]),
            st.sampled_from(["2024", "2024-H1", "2023"]),
            st.floats(-1e12, 1e12),
            st.floats(0, 1e6),
            st.floats(0, 1e6),
        ),
        min_size=1, unique_by=lambda row: row[:2],
    )
)  # fmt: skip
def test_numbers_pass_unchanged(rows):
    """Checking alters no value and no bound."""
    frame = pd.DataFrame({
        "region": [r[0] for r in rows], "indicator": "jobs", "period": [r[1] for r in rows],
        "value": [r[2] for r in rows], "lower": [r[2] - r[3] for r in rows],
        "upper": [r[2] + r[4] for r in rows],
    })  # fmt: skip
    columns = ["region", "indicator", "period", "value", "lower", "upper"]
    pd.testing.assert_frame_equal(prepare_frame(frame)[columns], frame, check_exact=True)


def test_data_survive_a_round_trip_through_csv(everything):
    """What a colleague saved as CSV and read again is checked and compared like the original."""
    text = io.StringIO(everything.to_csv(index=False))
    again = pd.read_csv(text, keep_default_na=False)
    pd.testing.assert_frame_equal(prepare_frame(again), prepare_frame(everything))


@pytest.mark.parametrize(("unit", "gap_unit"), [("%", "percentage_point"), ("天", "day")])
def test_units_as_printed_are_understood(unit, gap_unit):
    """A unit may be written as the data write it or as reports print it."""
    import provstats as ps

    frame = pd.DataFrame(
        {"region": ["CN", "CN-BJ"], "indicator": "jobs", "period": "2024", "value": [80.0, 88.0]}
    ).assign(unit=unit, additive=False)
    gap = ps.gap_to_national(frame).iloc[0]
    assert (gap["gap_unit"], gap["unit"]) == (gap_unit, unit)


def test_names_in_region_are_helped_to_codes():
    """Names are no codes; the message says how to get there."""
    frame = pd.DataFrame(
        {"region": ["北京"], "indicator": ["jobs"], "period": ["2024"], "value": [1.0]}
    )
    with pytest.raises(UnknownRegionError, match=r"ps\.region\(name\)\.code finds a code"):
        prepare_frame(frame)


@pytest.mark.parametrize(
    "value", [True, float("inf"), 1j, "7", pd.Timestamp("2024-01-01")],
    ids=["truth", "infinity", "complex", "text", "date"],
)  # fmt: skip
def test_what_is_no_finite_number(value):
    """A column of values holds finite numbers or nothing."""
    frame = pd.DataFrame(
        {"region": ["CN-BJ"], "indicator": ["jobs"], "period": ["2024"], "value": [value]}
    )
    with pytest.raises(SchemaError, match="'value' holds what is no finite number"):
        prepare_frame(frame)
