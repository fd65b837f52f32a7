"""Measures: what a figure is of its subject, by its unit and the words that link the two.

The rules of agreement live here: a unit that the subject cannot have, or words that do not say what
a percentage means, give no statement at all; what may be two things gives one with a doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.indicators import GROWTHS
from provstats.reports.times import Time

if TYPE_CHECKING:
    from provstats.reading.figures import Figure
    from provstats.reports.lexicon import Subject
    from provstats.reports.statement import Heard, Statement

__all__ = ["Meaning", "interpret_figure"]

#: Amounts of a year that reports also sum over the years of a plan.
_SUMMED: Final = (
    "exports", "fiscal_expenditure", "fiscal_revenue", "fixed_investment", "industrial_investment",
    "industrial_profit", "manufacturing_investment", "rd_expenditure", "retail_sales",
    "software_revenue", "technical_upgrade_investment", "technology_contract_turnover", "trade",
)  # fmt: skip
_OVER_YEARS: Final = "an average over years"
_SINCE: Final = "since when it is counted"


class Meaning(NamedTuple):
    """The measure as the suffix of an id, the time, and doubts."""

    measure: str
    time: Time
    doubts: tuple[str, ...] = ()


def interpret_figure(subject: Subject, figure: Figure, heard: Heard) -> Meaning | None:
    """Return what a figure measures of its subject; None where the words do not say."""
    if figure.unit.startswith("percent") and _is_within_year(heard):
        return None
    if figure.unit == "percentage_point":
        found = _interpret_points(subject, heard)
    elif figure.unit == "percent":
        found = _interpret_percent(subject, figure, heard)
    else:
        found = _interpret_level(subject, figure, heard) if figure.unit in subject.units else None
    if found and heard.has("from"):
        return found._replace(time=_infer_start_time(heard))
    return found


def _infer_start_time(heard: Heard) -> Time:
    """Return the time of the first figure of ``from ... to``."""
    year = heard.roles.get("year")
    if year and year.text.startswith("上年"):
        return Time(
            str(heard.clock.year - 1), "outcome", "the year at which it starts is not named"
        )
    if year and year.start > heard.roles["from"].start:
        return heard.clock.infer_level_time()
    before = str(heard.clock.find_start_year())
    return Time(before, "outcome", "the year at which it starts is not named")


def _is_within_year(heard: Heard) -> bool:
    """Tell whether a change is on a part of the same year: 环比, 比上半年, 较1-8月."""
    base = heard.find_text("base")
    return bool(base) and not re.search("[去上前]年|[0-9]年|同期|五末", base)


def _infer_change_time(heard: Heard) -> Time:
    """Return the time of a change, which may begin at a year that is named.

    A year named for a figure before may hold for this one too, or not.
    """
    clock = heard.clock
    if not clock.base:
        return clock.infer_growth_time()
    time = clock.infer_time_since(clock.base)
    return time if heard.has("base") or time.doubt else time._replace(doubt=_SINCE)


# --- percentage points --------------------------------------------------------------------------


def _interpret_points(subject: Subject, heard: Heard) -> Meaning | None:
    if heard.has("gap"):
        return _interpret_gap(subject, heard)
    if not heard.has("change", "fall", "growth"):
        return None
    if subject.kind == "rate":
        return _build_change("change", heard)
    if heard.has("share"):
        return _build_change("share_change", heard, "the change of a share")
    said = heard.chain[-1] if heard.chain else None
    if said and said.measure == "share":
        is_clear = said.time.label == _infer_change_time(heard).label
        return _build_change("share_change", heard, "" if is_clear else "the change of a share")
    return None


def _build_change(measure: str, heard: Heard, doubt: str = "") -> Meaning:
    """Return a change in points, as a whole or of a year on the average."""
    if heard.has("average"):
        return Meaning(measure, heard.clock.infer_average_time(), (_OVER_YEARS,))
    return Meaning(measure, _infer_change_time(heard), (doubt,))


def _interpret_gap(subject: Subject, heard: Heard) -> Meaning | None:
    if heard.find_text("fall") == "降幅":
        # 降幅比全国低1.5个百分点: a smaller fall is the higher growth.
        return None
    said = heard.chain[-1] if heard.chain else None
    if said and said.measure in (*GROWTHS, "share"):
        return Meaning(f"{said.measure}_gap", said.time)
    if said and said.measure.endswith("_gap"):
        return None
    faster = re.match("增速|增幅", heard.find_text("gap")) or heard.has("growth")
    if subject.kind == "index" or (subject.kind == "rate" and not faster):
        return Meaning("gap", said.time if said else heard.clock.infer_level_time())
    doubts = () if faster else ("the gap of a level or of its growth",)
    if heard.has("average"):
        return Meaning("average_growth_gap", heard.clock.infer_average_time(), doubts)
    return Meaning("growth_gap", said.time if said else heard.clock.infer_growth_time(), doubts)


# --- percentages --------------------------------------------------------------------------------


def _interpret_percent(subject: Subject, figure: Figure, heard: Heard) -> Meaning | None:
    if figure.printed.endswith("持平") and (subject.kind != "index" or heard.chain):
        return None
    if subject.kind in ("rate", "index"):
        return _interpret_rate(subject, heard)
    if heard.has("share") and heard.verb == "new":
        return None
    if heard.has("share"):
        nation = ("a share of the nation",) if "全国" in heard.find_text("share") else ()
        return Meaning("share", heard.clock.infer_level_time(), nation)
    if not (heard.has("growth", "fall", "compound") or re.match("翻|增长", figure.printed)):
        return None
    return _interpret_growth(subject, heard)


def _interpret_growth(subject: Subject, heard: Heard) -> Meaning:
    moved = ("a level or its change",) if heard.has("speed") else ()
    if heard.has("average"):
        return Meaning("average_growth", heard.clock.infer_average_time(), moved)
    time = _infer_change_time(heard)
    if subject.kind == "flow":
        time = heard.clock.add_flow_doubt(time)
    if not time.is_long:
        since = ("since the end of a year",) if re.search("[末底]", heard.find_text("base")) else ()
        return Meaning("growth", time, (*moved, *since))
    time = time._replace(doubt="") if heard.has("compound") else time
    return Meaning("total_growth", time, moved)


def _interpret_rate(subject: Subject, heard: Heard) -> Meaning | None:
    if heard.has("share"):
        return None
    if heard.has("average"):
        return Meaning("average_growth", heard.clock.infer_average_time(), (_OVER_YEARS,))
    moved = subject.kind == "rate" and heard.has("change", "growth", "fall")
    doubts = ["a level or its change"] if moved else []
    return Meaning("", heard.clock.infer_level_time(), (*doubts, *_explain_level_doubt(heard)))


def _explain_level_doubt(heard: Heard) -> tuple[str, ...]:
    """Return the doubt about a level that several years are said to have kept: 稳定在, 控制在."""
    scope, is_held = heard.clock.scope, heard.find_text("level")[:1] in tuple("控稳保维")
    held = is_held and scope.is_long and scope.nature == "outcome"
    return ("held over the years, or reached at their end",) if held else ()


# --- levels and additions -----------------------------------------------------------------------


def _is_linked_level(subject: Subject, figure: Figure, heard: Heard) -> bool:
    """Tell whether words link another level to its subject, as a bare 、3个 does not."""
    passed = subject.kind == "flow" and figure.printed.startswith("超过")
    return bool(heard.roles.keys() - {"and"}) or passed or _is_reached(figure)


def _is_reached(figure: Figure) -> bool:
    """Tell whether a figure says itself that it is a level: 增长6%、突破2.6万亿元."""
    return bool(re.match("突破|首次突破|首破|[迈跨站跃登]", figure.printed))


def _interpret_level(subject: Subject, figure: Figure, heard: Heard) -> Meaning | None:
    if heard.clock.every == "head":
        return None
    if heard.has("growth", "fall") or (
        heard.chain and not _is_linked_level(subject, figure, heard)
    ):
        return None
    if subject.kind == "stock":
        return _interpret_stock(subject, heard)
    if heard.has("new", "change"):
        return None
    return _interpret_flow(subject, figure, heard)


def _interpret_flow(subject: Subject, figure: Figure, heard: Heard) -> Meaning:
    if heard.has("average") or heard.clock.every:
        return Meaning("", heard.clock.infer_growth_time(), (_OVER_YEARS,))
    if subject.concept == "urban_new_jobs" or heard.has("sum"):
        return Meaning("", heard.clock.infer_sum_time())
    ends = subject.concept not in _SUMMED or heard.has("level") or _is_reached(figure)
    is_step = re.match("[迈跨站跃登]", figure.printed) or heard.find_text("level")[:1] in tuple(
        "迈跨站跃"
    )
    step = ("a step, not a level",) if is_step else ()
    time = heard.clock.add_flow_doubt(heard.clock.infer_level_time(ends=ends))
    return Meaning("", time, (*step, *_explain_level_doubt(heard)))


def _interpret_stock(subject: Subject, heard: Heard) -> Meaning | None:
    if heard.verb == "summed":
        return _interpret_sum(heard)
    reached = heard.has("level", "sum") or heard.find_text("mute").startswith("总")
    if subject.concept == "population" and heard.has("new"):
        return None
    if heard.has("new") or (heard.verb == "new" and not reached):
        return _interpret_addition(heard)
    if heard.verb in ("act", "foster", "award") and not reached:
        return _interpret_act(heard)
    return Meaning("", heard.clock.infer_count_time())


def _interpret_addition(heard: Heard) -> Meaning:
    """Return what was added, in the period or on the average of its years."""
    if heard.has("average"):
        return Meaning("new", heard.clock.infer_average_time(), (_OVER_YEARS,))
    return Meaning(
        "new", _infer_change_time(heard) if heard.clock.base else heard.clock.infer_sum_time()
    )


def _interpret_sum(heard: Heard) -> Meaning:
    """Return what a count after 累计新增 means: all that was added, since a time that is named."""
    time = heard.clock.infer_sum_time()
    return Meaning("new", time, () if time.is_long else (_SINCE,))


def _interpret_act(heard: Heard) -> Meaning:
    """Return what a count after 培育 or 认定 means: it may be what was added, or all there is."""
    scope, doubts = heard.clock.scope, ("added in the period or in all",)
    fostered = heard.verb == "foster" and not scope.is_long
    if scope.nature == "target" or heard.verb == "award" or fostered:
        return Meaning("new", heard.clock.infer_sum_time(), doubts)
    return Meaning("", heard.clock.infer_count_time(), doubts)


def find_growth_measure(said: list[Statement]) -> str:
    """Return the measure of the growth among statements, or an empty text."""
    measures = {statement.measure for statement in said}
    return next((growth for growth in GROWTHS if growth in measures), "")
