"""Pair search: how the search of the site cuts Chinese, on both sides alike.

Chinese has no blanks, and a dictionary cuts one way in a text and another in a query. So a run of
Han characters is all its pairs, and its single characters for a search for 强 or 渝. Latin words
are stemmed as the English search of Sphinx does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["PairSearch", "cut_words"]

_HAN: Final = "\u3400-\u9fff"
_RUNS: Final = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN: Final = re.compile(f"[{_HAN}]")
# A shorter number is no word: tables have thousands of them.
_YEAR: Final = 4

# What the page of the search does with a query.
_SPLITTER: Final = """
function splitQuery(query) {
  const terms = [];
  for (const run of query.match(/[\\u3400-\\u9fff]+|[^\\s\\p{P}\\p{S}\\u3400-\\u9fff]+/gu) || []) {
    if (!/[\\u3400-\\u9fff]/.test(run) || run.length === 1) terms.push(run);
    else for (let at = 0; at < run.length - 1; at++) terms.push(run.slice(at, at + 2));
  }
  return terms;
}
"""


def cut_words(text: str) -> list[str]:
    """Return the words of a text: Latin ones, and of a run of Han its pairs and characters."""
    words: list[str] = []
    for run in _RUNS.findall(text):
        if _IS_HAN.match(run):
            words += (run[place : place + 2] for place in range(len(run) - 1))
            words += run
        else:
            words.append(run)
    return words


class PairSearch(SearchEnglish):
    """The search of the site. It keeps the name English, by which the page finds the stemmer."""

    lang = "pairs"
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:  # noqa: A002 - as Sphinx calls it
        """Cut a text into words."""
        return cut_words(input)

    def stem(self, word: str) -> str:
        """Return the stem of a Latin word; Han has none."""
        return word if _IS_HAN.match(word) else super().stem(word)

    def word_filter(self, word: str) -> bool:
        """Tell whether a word is kept: no short numbers."""
        if word.isdecimal():
            return len(word) >= _YEAR
        return bool(_IS_HAN.match(word)) or super().word_filter(word)


def setup(app: Sphinx) -> dict[str, bool]:
    """Let Sphinx know the search."""
    app.add_search_language(PairSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
