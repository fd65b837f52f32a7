"""Generated pages say what the public API gives, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("sphinx")


def test_every_code_has_a_meaning():
    """Every code of the package is told in both languages."""
    from meanings import CODES, explain_code

    for name, codes in CODES.items():
        for code in codes:
            assert all(explain_code(name, code, lang) for lang in ("zh", "en"))


def test_every_code_that_is_answered_is_listed():
    """No verdict, reason or standing of the shipped data lacks a meaning."""
    from meanings import CODES

    import provstats as ps

    goals, claims, card = ps.targets(), ps.check_claims(), ps.scorecard(["重庆", "山东"])
    assert set(goals["verdict"]) <= set(CODES["target"])
    assert set(goals["reason"]) - {""} == set(CODES["target_reason"])
    assert set(claims["verdict"]) <= set(CODES["verdict"])
    assert set(claims["reason"]) - {""} <= set(CODES["claim_reason"])
    assert set(card["standing"].dropna()) <= set(CODES["standing"])
    assert set(ps.sources()["encoded"]) <= set(CODES["encoded"])


def test_every_notebook_has_a_page():
    """The site shows all examples."""
    from staging import _NOTEBOOKS

    folder = Path(__file__).parents[2] / "examples" / "notebooks"
    assert {path.stem for path in folder.glob("*.ipynb")} == set(_NOTEBOOKS)


def test_every_phrase_is_said():
    """A phrase that no page says is deleted."""
    import words

    folder = Path(words.__file__).parent
    texts = (path.read_text("utf-8") for path in folder.rglob("*.py") if path.stem != "words")
    said = {*re.findall(r"[\"'](\w+)[\"']", "".join(texts))}
    by_rule = ("list_", "room_")  # put together with the name of a list or a room
    assert {key for key in words._PHRASES if not key.startswith(by_rule)} <= said


def test_an_unknown_code_is_refused():
    """A code without a meaning cannot go by."""
    from meanings import explain_code

    with pytest.raises(KeyError):
        explain_code("nature", "rumour", "en")


def test_there_are_31_provinces():
    """The provinces are those of the mainland."""
    from shipped import list_provinces

    assert len(list_provinces()) == 31
    assert list_provinces()[0] == "CN-BJ"
    assert not {"CN", "CN-TW", "CN-HK", "CN-MO"} & set(list_provinces())


def test_which_indicators_have_a_page():
    """Those that two or more provinces report."""
    from shipped import list_paged_indicators, load_catalog

    assert {"rd_intensity", "little_giants"} <= set(list_paged_indicators())
    assert load_catalog().loc[[*list_paged_indicators()], "regions"].min() == 2


def test_the_fullest_period_is_the_latest_of_them():
    """Neither the nation nor Hong Kong counts."""
    import pandas as pd
    from shipped import choose_fullest_period

    pairs = [("CN-BJ", "2022"), ("CN-SH", "2022"), ("CN-BJ", "2023"), ("CN-SH", "2023"),
             ("CN-BJ", "2024"), ("CN", "2024"), ("CN-HK", "2024")]  # fmt: skip
    rows = pd.DataFrame(pairs, columns=["region", "period"])
    assert choose_fullest_period(rows, ["2022", "2023", "2024"]) == "2023"


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "zh",
            ["# 国家级专精特新“小巨人”企业", "2024年：10个省份", "[山东](../provinces/cn-sd.md)",
             "哪些省份没有报告", 'ps.series("little_giants"'],
        ),
        (
            "en",
            ["# National-level “little giant” enterprises", "[Shandong](../provinces/cn-sd.md)",
             "Who is silent", 'ps.series("little_giants"'],
        ),
    ],
)  # fmt: skip
def test_page_of_an_indicator(lang, texts, tmp_path):
    """It has its names, its figures with links, a chart and its rows."""
    from pages.indicators import make_page

    page = make_page("little_giants", lang, tmp_path)
    for text in texts:
        assert text in page.as_markdown()
    assert (tmp_path / "pictures" / "little_giants-narrow.svg").stat().st_size > 10_000
    head = (
        (tmp_path / "indicators" / "little_giants.csv").read_text(encoding="utf-8").split("\n")[0]
    )
    assert head.startswith("region,indicator,period,value,lower,upper,unit")


def test_page_of_a_document():
    """What was left out stands there with its reason."""
    from pages.documents import make_page

    text = make_page("work-report-2025-anhui", "en").as_markdown()
    assert "| 14 | 20.4% |" in text
    assert "is another indicator" in text


def test_every_public_name_has_a_page():
    """The list of the API leads to all names."""
    from pages.api import list_public_names, make_index_page, make_page

    import provstats as ps

    assert len(list_public_names()) == len(ps.__all__) - 1 + len(ps.plot.__all__)
    listed = make_index_page("en").as_markdown()
    assert all(f"({name}.md)" in listed for name in list_public_names())
    assert ".. autofunction:: rank" in make_page("provstats.rank", "zh").as_source()
    assert ".. autoexception:: FigureError" in make_page("provstats.FigureError", "en").as_source()
