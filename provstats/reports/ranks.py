"""Ranks: the rank that a report claims, of which measure and among whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.reports.measures import Meaning, find_growth_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.reading.figures import Figure
    from provstats.reports.statement import Heard, Statement
    from provstats.reports.words import Word

__all__ = ["find_rank_group", "interpret_rank", "read_rank"]

_AMONG: Final = {
    "直辖市": "municipalities", "城市": "cities", "中西部": "central and western provinces",
    "西北": "northwestern provinces", "西南": "southwestern provinces",
    "东北": "northeastern provinces",
    "西部": "western provinces", "中部": "central provinces", "东部": "eastern provinces",
    "长三角": "provinces of the Yangtze River Delta", "全球": "world", "世界": "world",
    "长江经济带": "provinces of the Yangtze River Economic Belt", "北方": "northern provinces",
    "南方": "southern provinces", "沿海": "coastal provinces", "内陆": "inland provinces",
    "沿黄": "provinces along the Yellow River", "民族": "autonomous regions",
    "自治区": "autonomous regions", "工业大省": "major industrial provinces",
    "经济大省": "major economic provinces",
    "全国": "provinces", "国内": "provinces", "省": "provinces",
}  # fmt: skip
# A claim may begin with one of these: what stands before leads from a figure to it.
_BEGINS: Final = "居列位第首榜前全西中东北南升到至排为在国长沿内民自直城各"
_SIZE: Final = "总量|规模|数量|总额|水平|总数|总值|产量"


def find_rank_group(text: str) -> str:
    """Return the group in which a rank is claimed, or an empty text where none is named."""
    return next((name for sign, name in _AMONG.items() if sign in text), "")


def read_rank(word: Word) -> tuple[Figure, int] | None:
    """Read a claimed rank; the number is how many leading characters are no part of it."""
    for start, character in enumerate(word.text):
        if character in _BEGINS and (figure := _parse_rank(word.text[start:])):
            return figure, start
    return None


def _parse_rank(text: str) -> Figure | None:
    try:
        figure = parse_figure(text)
    except FigureError:
        return None
    return figure if figure.unit == "rank" else None


def interpret_rank(said: list[Statement], heard: Heard, word: Word) -> Iterator[Meaning]:
    """Yield what is ranked: the growth, the level, or both."""
    if "均" in word.text and len({one.measure for one in said} & {"", "new"}) > 1:
        yield from (Meaning(f"{one.measure}_rank".lstrip("_"), one.time) for one in said)
        return
    is_speed = heard.has("growth") or re.search("增速|增幅", word.text)
    is_size = re.search(_SIZE, heard.find_text("mute"))
    if is_speed:
        if is_size:
            yield Meaning("rank", heard.clock.infer_level_time())
        yield _interpret_growth_rank(said, heard)
    elif is_size or not said:
        doubts = () if is_size else ("of what the rank is",)
        yield Meaning("rank", heard.clock.infer_level_time(), doubts)
    else:
        yield _interpret_rank_of_last(said)


def _interpret_growth_rank(said: list[Statement], heard: Heard) -> Meaning:
    growth = find_growth_measure(said) or "growth"
    time = next((s.time for s in said if s.measure == growth), None)
    return Meaning(f"{growth}_rank", time or heard.clock.infer_growth_time())


def _interpret_rank_of_last(said: list[Statement]) -> Meaning:
    last = said[-1]
    measure = last.measure.removesuffix("gap").removesuffix("_")
    unclear = last.measure == "gap" or (measure and any(not s.measure for s in said))
    doubts = ("of the level or of the growth",) if unclear else ()
    if measure == "new" and last.time.is_long:
        doubts = ("of what the rank is",)
    return Meaning(f"{measure}_rank" if measure else "rank", last.time, doubts)
