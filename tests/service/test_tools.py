"""The tools by themselves: what each row tells, and what a caller is told who asks in vain."""

from __future__ import annotations

import json
import re

import pytest

import provstats as ps
from provstats.service import tools
from provstats.service.advice import explain_error

VINTAGE = "nbs-rd-bulletin-2023"


def test_every_number_is_founded():
    """Each row has its interval, what was printed, its paragraph, and the whole citation."""
    answer = tools.get_observations("rd_intensity", period="2023", vintage=VINTAGE)
    assert (answer["indicator"], len(answer["rows"])) == ("rd_intensity", 32)
    for row in answer["rows"]:
        assert row["lower"] <= row["value"] <= row["upper"]
        assert row["printed"]
        assert row["paragraph"] > 0
        assert row["citation"] == ps.cite(row["source"])


@pytest.mark.parametrize("how", ["rank", "gap", "change"])
def test_comparisons_are_founded(how):
    """So have the rows of comparisons."""
    answer = tools.compare("rd_intensity", how=how, period="2023", vintage=VINTAGE)
    assert answer["compared"] == {"2023": "31 of 31 report"}
    wanted = {"value", "lower", "upper", "printed", "paragraph", "citation"}
    assert [row for row in answer["rows"] if not wanted <= set(row)] == []


def test_national_value_is_cited():
    """The nation's value has the documents that it rests on."""
    answer = tools.compare(
        "rd_intensity", how="gap", period="2023", regions=["渝"], vintage=VINTAGE
    )
    assert answer["rows"][0]["national_citation"] == ps.cite(VINTAGE)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: tools.search_indicators("5G"),
        lambda: tools.get_observations("rd_intensity", nature="all"),
        lambda: tools.compare("rd_expenditure", how="share", period="2023"),
        lambda: tools.compare("single_champions", how="change"),
        lambda: tools.cite("rd_intensity"),
    ],
)
def test_plain_data(answer):
    """An answer is plain data without NaN, whatever is asked."""
    told = answer()
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_coverage():
    """A search says how many of 31 report, and which periods there are."""
    found = tools.search_indicators("小巨人", limit=3)
    assert found["found"] >= 3
    first = found["indicators"][0]
    assert first["id"] == "little_giants"
    assert all(
        re.fullmatch(r"\d+ of 31 report", entry["coverage"]) for entry in found["indicators"]
    )
    assert re.search(r"2024: \d+ regions", first["periods"])


def test_limit():
    """What is left off is counted, and how to ask for less is said."""
    answer = tools.get_observations("rd_intensity", period="2023", vintage=VINTAGE, limit=5)
    assert len(answer["rows"]) == 5
    assert answer["more"].startswith("27 more rows; name a period or regions")
    for limit in (0, 201, -3):
        with pytest.raises(ps.SchemaError, match="limit must be from 1 to 200"):
            tools.get_observations("rd_intensity", limit=limit)
        with pytest.raises(ps.SchemaError, match="limit must be from 1 to 200"):
            tools.search_indicators("5G", limit=limit)


def test_shown_and_among():
    """``regions`` shows some of those that are compared, ``among`` compares some."""
    options = {"period": "2023", "vintage": VINTAGE}
    shown = tools.compare("rd_intensity", regions=["沪"], **options)["rows"]
    alone = tools.compare("rd_intensity", regions=["沪"], among=["长三角"], **options)["rows"]
    assert [(row["n"], row["rank"]) for row in (*shown, *alone)] == [(31, 2), (4, 1)]
    with pytest.raises(ps.UnknownRegionError, match="is among those compared: CN-BJ"):
        tools.compare("rd_intensity", regions=["港"], **options)


def test_names_in_a_text():
    """Regions may come as a list or in a text; of nothing, all are meant."""
    options = {"period": "2023", "vintage": VINTAGE}
    asked = [["京", "沪"], "京,沪", "北京、 上海", None, [], ""]
    counts = [
        len(tools.get_observations("rd_intensity", regions=r, **options)["rows"]) for r in asked
    ]
    assert counts == [2, 2, 2, 32, 32, 32]


def test_cite():
    """A document, or the documents of an indicator in a period."""
    assert tools.cite(VINTAGE, style="apa")["references"] == [ps.cite(VINTAGE, "apa")]
    several = tools.cite("rd_intensity", period="2022, 2023")["references"]
    assert ps.cite(VINTAGE) in several
    assert len(set(several)) == len(several)


@pytest.mark.parametrize("error", ps.ProvstatsError.__subclasses__())
def test_advice(error):
    """Every named error tells what to ask instead."""
    said = explain_error(error("this is wrong."))
    assert said.startswith(f"{error.__name__}: this is wrong. ")
    assert len(said) > len(f"{error.__name__}: this is wrong. ") + 20


# --- tiers and texts ------------------------------------------------------------------------------


def test_tiers():
    """Groups that the intervals tell apart, as the library has them."""
    rows = tools.compare("rd_intensity", how="tiers", period="2023", vintage=VINTAGE)["rows"]
    expected = ps.tiers(ps.series("rd_intensity", period="2023", vintage=VINTAGE))
    assert [row["tier"] for row in rows] == sorted(expected["tier"])[: len(rows)]
    assert rows[0]["region"] == "CN-BJ"
    with pytest.raises(ps.SchemaError, match="how must be one of"):
        tools.compare("rd_intensity", how="tears")


def test_texts():
    """A verdict comes with the rows that it rests on, each with its figure and its document."""
    said = tools.check_text("2022年，北京研发强度为6.83%；上海为5.34%。")["figures"]
    assert [figure["verdict"] for figure in said] == ["supported", "contradicted"]
    (row,) = [row for row in said[0]["rows"] if row["source"] == "nbs-rd-bulletin-2022"]
    told = {name: row[name] for name in ("indicator", "region", "value", "printed", "paragraph")}
    assert told == {
        "indicator": "rd_intensity", "region": "CN-BJ", "value": 6.83, "printed": "6.83",
        "paragraph": told["paragraph"],
    }  # fmt: skip
    assert row["citation"] == ps.cite("nbs-rd-bulletin-2022")
    (unknown,) = tools.check_text("2022年，北京的天气增长6.8%。")["figures"]
    assert (unknown["verdict"], unknown["rows"]) == ("unknown", [])
