"""The search cuts Chinese into pairs, and finds parts of words."""

from __future__ import annotations

import pytest

pytest.importorskip("sphinx")


@pytest.fixture(scope="module")
def search():
    """Return the search as Sphinx makes it."""
    from pair_search import PairSearch

    return PairSearch({})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("研发强度", ["研发", "发强", "强度", "研", "发", "强", "度"]),
        ("强", ["强"]),
        ("R&D经费", ["R", "D", "经费", "经", "费"]),
        ("“小巨人”企业5G", ["小巨", "巨人", "小", "巨", "人", "企业", "企", "业", "5G"]),
        ("rd_intensity, little giants", ["rd", "intensity", "little", "giants"]),
        ("", []),
    ],
)
def test_cut(text, words):
    """Han is cut into pairs and characters, all else into words."""
    from pair_search import cut_words

    assert cut_words(text) == words


def test_a_query_is_within_the_text():
    """Whatever part of a run is asked for, its words are among those of the run."""
    from pair_search import cut_words

    run = "规模以上工业增加值同比增速"
    known = set(cut_words(run))
    parts = [run[a:b] for a in range(len(run)) for b in range(a + 1, len(run) + 1)]
    assert all(set(cut_words(part)) <= known for part in parts)


@pytest.mark.parametrize(
    ("word", "is_kept"),
    [("2024", True), ("31", False), ("强", True), ("the", False), ("gdp", True)],
)
def test_kept(search, word, is_kept):
    """Years and characters are words; small numbers and stop words are none."""
    assert search.word_filter(word) is is_kept


def test_stems(search):
    """English words are stemmed, Han is not."""
    assert [search.stem(word) for word in ("giants", "giant", "强度")] == ["giant", "giant", "强度"]
