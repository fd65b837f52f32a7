"""Measures: what an indicator is called within a sentence."""

from __future__ import annotations

import pytest

import provstats as ps
from provstats.words.languages import Language
from provstats.words.measures import _SHORT, capitalize_first_letter, find_measure

ZH, EN = Language("zh"), Language("en")


@pytest.mark.parametrize(
    ("id_", "zh", "en", "kind"),
    [
        ("rd_intensity", "研发强度", "R&D intensity", "value"),
        ("rd_intensity_change", "研发强度变动", "change in R&D intensity", "value"),
        ("rd_expenditure_growth", "研发经费增速", "growth of R&D spending", "growth"),
        ("little_giants", "专精特新“小巨人”企业", "“little giants”", "count"),
        ("green_factories_new", "新增国家级绿色工厂", "new national green factories", "new"),
    ],
)
def test_names(id_, zh, en, kind):
    """Short names in both languages, and how a title says it."""
    assert find_measure(id_, "", ZH)[::2][:2] == (zh, kind)
    assert find_measure(id_, "", EN)[::2][:2] == (en, kind)


def test_every_indicator_has_a_name():
    """Of what the catalogue knows a name within a sentence, never the id."""
    for id_ in ps.catalog()["id"]:
        for language in (ZH, EN):
            measure = find_measure(id_, "", language)
            assert measure.known
            assert measure.name
            assert "_" not in measure.name


def test_short_names_are_of_known_indicators():
    """No short name is left of what there is not; those of the contract may come later."""
    known = {id_ for id_ in _SHORT if not ps.search(id_).empty or "_" in id_ or id_.islower()}
    assert known == set(_SHORT)


def test_own_indicators_go_by_their_id():
    """What the catalogue does not know is called as the caller calls it."""
    assert find_measure("jobs per head", "", EN)[:4] == (
        "jobs per head",
        "jobs per head",
        "value",
        False,
    )


def test_heads_of_sentences():
    """The first letter of a sentence is a capital; numbers and Chinese stay."""
    assert [
        capitalize_first_letter(text)
        for text in ("new “x”", "“little giants”", "5 of 31", "研发", "")
    ] == [
        "New “x”",
        "“Little giants”",
        "5 of 31",
        "研发",
        "",
    ]
