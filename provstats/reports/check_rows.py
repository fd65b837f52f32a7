"""Check rows, anyone's, against the text they come from: is each one grounded, and why not.

A row is compared with the print (does the whole figure stand there, and is the value the same), and
with the sentence, as far as the reader understands it: the period and nature that its words allow,
and the names of the indicator.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import FigureError, ProvstatsError, SchemaError, format_first_rows
from provstats.indicators import look_up_indicator
from provstats.reading.figures import convert_to_unit, parse_figure
from provstats.reading.periods import parse_period
from provstats.reading.units import UNITS
from provstats.reports.names import explain_indicator_doubt
from provstats.reports.passages import list_own_region_names
from provstats.reports.read import read_statements
from provstats.reports.reviewed import find_reviewed_claims
from provstats.reports.scopes import find_year_in_heading
from provstats.reports.texts import normalize_paragraph, read_report_text
from provstats.reports.words import split_into_words
from provstats.store.regions import region as find_region

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from provstats.reading.figures import Figure
    from provstats.reports.passages import Passage
    from provstats.reports.reviewed import Claim
    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line
    from provstats.reports.times import Clock

__all__ = ["check_rows"]

_NEEDED: Final = ("paragraph", "region", "indicator", "period", "nature", "printed")
_DIGITS: Final = "0-9０-９"
_BEFORE: Final = re.compile(
    "(?:超过|超|突破|逾|近|接近|将近|约|不足|不到|不低于|不少于|不超过|至少|最多|首破)$"
)
_FALLS: Final = re.compile("(?:下降|减少|降低|回落|下滑|负增长|收窄|低于全国)$")
_AFTER: Final = re.compile("[余多]?(?:以上|以下|以内|左右|上下)")
_CELL: Final = re.compile(r"-?[0-9][0-9.,]*")
_PROMISED: Final = re.compile("力争|年内计划|目标[是为]|将达到|预计|有望|预期")
_AHEAD: Final = re.compile("力争|计划|目标|将|确保|争取|预计|有望|预期|到20[0-9]{2}年")
# What such a text says of figures it means to reach.
_PLAN: Final = re.compile("行动方案|规划|行动计划|实施意见|指导意见|工作要点|稳增长")
_TITLE: Final = 300
_FIRST_LINES: Final = 8
# A printed table names its units in a heading not far above its rows.
_HEADING: Final = 60


@dataclass(slots=True)
class _Text:
    """A text with what the reader makes of it."""

    lines: list[Line]
    year: int
    reviewed: dict[tuple[int, str], set[Claim]]
    passages: dict[int, list[Passage]] = field(default_factory=dict)
    said: dict[tuple[int, int], list[Statement]] = field(default_factory=dict)

    @property
    def is_plan(self) -> bool:
        """Whether the text, by its beginning, is a plan: it promises without further words."""
        opening = "".join(line.text for line in self.lines[:_FIRST_LINES])[:_TITLE]
        return bool(_PLAN.search(opening))


def check_rows(frame: Any, text_or_path: str | Path) -> pd.DataFrame:  # noqa: ANN401 - any library
    """Hold rows against the text that they are said to come from.

    Parameters
    ----------
    frame : DataFrame
        Rows with ``paragraph``, ``region``, ``indicator``, ``period``, ``nature`` and ``printed``,
        of pandas, polars or Arrow; ``value``, ``lower``, ``upper``, ``unit`` and ``qualifier`` are
        checked where they are there. It is not changed.
    text_or_path : str or Path
        The text itself, or the Path of a file; a paragraph a line.

    Returns
    -------
    DataFrame
        The rows in their order, with ``verdict`` (``grounded``, ``contradicted``, ``undecided``)
        and ``reason``, empty where the row is grounded.

    Raises
    ------
    SchemaError
        If a column is missing, a paragraph is no whole number, or there is no text.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [{"paragraph": 1, "region": "CN-SC", "indicator": "gdp_growth", "period": "2024"}]
    >>> rows = pd.DataFrame(rows).assign(nature="outcome", printed=["5.8%"])
    >>> check_rows(rows, "2024年地区生产总值增长5.7%。")["reason"].item()
    "'5.8%' does not stand in paragraph 1"
    """
    rows = _convert_to_report_rows(frame)
    text = _analyze_text(read_report_text(text_or_path), rows)
    again = rows.duplicated(list(_NEEDED))
    verdicts = [
        ("undecided", "the row stands twice") if twice else _judge_row(row, text)
        for row, twice in zip(rows.to_dict("records"), again, strict=True)
    ]
    return rows.assign(
        verdict=[verdict for verdict, _ in verdicts], reason=[reason for _, reason in verdicts]
    )


def _convert_to_report_rows(frame: Any) -> pd.DataFrame:  # noqa: ANN401 - any library
    import narwhals as nw

    try:
        rows: pd.DataFrame = nw.from_native(frame, eager_only=True).to_pandas()
    except TypeError as error:
        library = type(frame).__module__.partition(".")[0]
        msg = (
            "rows come as a table of pandas, polars or Arrow, a lazy one collected; "
            f"got {type(frame).__name__} of {library}"
        )
        raise SchemaError(msg) from error
    if missing := [column for column in _NEEDED if column not in rows]:
        msg = f"rows need the columns {list(_NEEDED)}; missing: {missing}"
        raise SchemaError(msg)
    whole = rows["paragraph"].map(lambda p: str(p).isdigit() and int(p) > 0)
    if not whole.all():
        shown = format_first_rows(rows[~whole.astype(bool)])
        msg = f"paragraph must be a whole number from 1: {shown}"
        raise SchemaError(msg)
    return rows


def _infer_year(rows: pd.DataFrame) -> int:
    """Return the year that the text reviews: the one that most outcomes end in."""
    outcomes = rows.loc[rows["nature"] == "outcome", "period"]
    ends = (
        (outcomes if len(outcomes) else rows["period"]).astype(str).str.findall("[0-9]{4}").str[-1]
    )
    if ends.isna().all():
        msg = f"period must name a year, such as 2024: {format_first_rows(rows)}"
        raise SchemaError(msg)
    return int(ends.mode().iloc[-1])


def _analyze_text(printed: str, rows: pd.DataFrame) -> _Text:
    lines = [
        normalize_paragraph(number, line) for number, line in enumerate(printed.split("\n"), 1)
    ]
    year = next(
        filter(None, (find_year_in_heading(line.text) for line in lines)), _infer_year(rows)
    )
    text = _Text(lines, year, find_reviewed_claims(lines))
    own = tuple(
        name for region in rows["region"].unique() for name in _list_names_if_known(str(region))
    )
    for passage, statements in read_statements(lines, text.year, own):
        text.passages.setdefault(passage.line.number, []).append(passage)
        for said in statements:
            text.said.setdefault((passage.line.number, said.end), []).append(said)
    return text


def _list_names_if_known(region: str) -> tuple[str, ...]:
    try:
        return list_own_region_names(find_region(region))
    except ProvstatsError:
        return ()


Verdict = tuple[str, str]


def _judge_row(row: Mapping[Hashable, Any], text: _Text) -> Verdict:
    number, printed = int(row["paragraph"]), str(row["printed"])
    if number > len(text.lines):
        return "contradicted", f"the text has {len(text.lines)} paragraphs, not {number}"
    if not re.search("[0-9]{4}", str(row["period"])):
        return "contradicted", f"period {row['period']!r} names no year"
    line = text.lines[number - 1]
    places = list(_find_places(line.printed, printed))
    if problem := _check_printed_figure(row, text, places):
        return "contradicted", problem
    if claims := text.reviewed.get((number, printed)):
        return _compare_with_review(row, claims)
    said = [s for place in places for s in _find_statements_at(place, line, text)]
    named = [statement for statement in said if statement.indicator == row["indicator"]]
    if verdict := _compare_with_statements(row, named):
        # Of several places alike, that of the indicator decides.
        return verdict
    verdicts = [_judge_at_place(row, text, line, place) for place in places]
    return min(verdicts, key=lambda verdict: _ORDER.index(verdict[0]))


def _check_printed_figure(
    row: Mapping[Hashable, Any], text: _Text, places: list[tuple[int, int]]
) -> str:
    """Return why the printed figure does not support the row, or an empty text."""
    number, printed = int(row["paragraph"]), str(row["printed"])
    if not places:
        return f"{printed!r} does not stand in paragraph {number}"
    cuts = [
        _check_omitted_words(text.lines[number - 1].printed, *place, printed) for place in places
    ]
    if all(cuts):
        return cuts[0]
    figure = _read_printed_figure(row, text)
    if isinstance(figure, str):
        return figure
    told = figure.nature not in ("outcome", row["nature"])
    return f"{printed!r} is a {figure.nature}" if told else ""


def _compare_with_review(row: Mapping[Hashable, Any], claims: set[Claim]) -> Verdict:
    """Compare a row with the reviewed rows of its place in a document of the data."""
    given = (
        str(row["region"]),
        str(row["indicator"]),
        _normalize_period(row["period"]),
        str(row["nature"]),
    )
    if given in claims:
        return "grounded", ""
    told = "; ".join(" ".join(claim) for claim in sorted(claims))
    return "contradicted", f"the reviewed data have it as {told}"


_ORDER: Final = ("grounded", "undecided", "contradicted")


# --- the print ----------------------------------------------------------------------------------


def _find_places(text: str, printed: str) -> Iterator[tuple[int, int]]:
    """Yield where a whole figure stands; its parts around ``…`` stand in one sentence."""
    parts = [
        (rf"(?<![{_DIGITS}.．])" if re.match(f"[{_DIGITS}]", part) else "") + re.escape(part)
        for part in printed.split("…")
        if part
    ]
    last = rf"(?![{_DIGITS}])(?![.．][{_DIGITS}])" if printed[-1:].isdigit() else ""
    points = "(?!百?分点)" if printed.endswith("个") else ""
    if not parts:
        return
    for found in re.finditer("[^。]*?".join(parts) + last + points, text):
        yield found.span()


def _check_omitted_words(text: str, start: int, end: int, printed: str) -> str:
    """Return a problem if the row leaves out a word that stands right beside its figure."""
    if "…" in printed or printed.endswith(("年", "项")):
        # 突破 of technologies, and 近 of years, are no qualifiers.
        return ""
    before, after = _BEFORE.search(text[:start]), _AFTER.match(text[end:])
    falls = _FALLS.search(text[:start])
    left_out = next((found[0] for found in (before, after, falls) if found), "")
    return f"the text says {left_out!r} beside {printed!r}" if left_out else ""


def _read_printed_figure(row: Mapping[Hashable, Any], text: _Text) -> Figure | str:
    """Read the printed figure, or return why it does not fit the row."""
    printed, entry = str(row["printed"]), look_up_indicator(str(row["indicator"]))
    figures = [
        convert_to_unit(figure, entry.unit) if entry else figure
        for figure in _read_possible_figures(printed, int(row["paragraph"]), text)
    ]
    if not figures:
        return f"{printed!r} cannot be read as a figure"
    units = {str(unit) for unit in (row.get("unit"), entry and entry.unit) if unit}
    fitting = [figure for figure in figures if units <= {figure.unit}]
    if not fitting:
        told = " and ".join(sorted(units))
        return f"{printed!r} is in {figures[0].unit}, {row['indicator']} in {told}"
    return _find_value_difference(row, fitting[0]) or fitting[0]


def _read_possible_figures(printed: str, paragraph: int, text: _Text) -> Iterator[Figure]:
    if not _CELL.fullmatch(printed):
        yield from _try_parse_figure(printed)
        return
    above = text.lines[max(0, paragraph - _HEADING) : paragraph]
    heads = "".join(line.printed for line in above)
    for unit in UNITS:
        for scaled in (unit, f"万{unit}", f"亿{unit}"):
            if re.search(rf"[（(：:\s]{re.escape(scaled)}[)）,，、\s]", f"{heads} "):
                yield from _try_parse_figure(printed + scaled)


def _try_parse_figure(printed: str) -> Iterator[Figure]:
    try:
        yield parse_figure(printed)
    except FigureError:
        return


def _find_value_difference(row: Mapping[Hashable, Any], figure: Figure) -> str:
    for column in ("value", "lower", "upper"):
        given = row.get(column)
        read = getattr(figure, column)
        if given is not None and abs(float(given) - read) > 1e-9 * max(1.0, abs(read)):
            return f"{column} {given} does not follow from {row['printed']!r}, which is {read}"
    given = row.get("qualifier")
    if given and given != figure.qualifier:
        return f"qualifier {given!r} does not follow from {row['printed']!r}: {figure.qualifier}"
    return ""


# --- the sentence -------------------------------------------------------------------------------


def _judge_at_place(
    row: Mapping[Hashable, Any], text: _Text, line: Line, place: tuple[int, int]
) -> Verdict:
    start = _find_normalized_place(place[0], line)
    if verdict := _compare_with_statements(row, _find_statements_at(place, line, text)):
        return verdict
    if stated := _find_stated_figure(row, text, line):
        return "contradicted", f"the paragraph states it as {stated!r}"
    if doubt := explain_indicator_doubt(str(row["indicator"]), line, place, text.lines):
        return doubt
    passage = next(
        (p for p in text.passages.get(line.number, []) if p.start <= start < p.end), None
    )
    if passage is None:
        return _compare_with_table(row, line, text)
    return _compare_with_sentence(row, passage, start, text)


def _find_statements_at(place: tuple[int, int], line: Line, text: _Text) -> list[Statement]:
    return text.said.get((line.number, _find_normalized_place(place[1], line)), [])


def _find_normalized_place(place: int, line: Line) -> int:
    """Return where a place of the print is in the normalized text."""
    return bisect_left(line.places, place)


def _compare_with_statements(row: Mapping[Hashable, Any], said: list[Statement]) -> Verdict | None:
    """Compare a row with the sure statements at its place; None where there are none."""
    same = [s for s in said if s.indicator == row["indicator"]]
    time = _normalize_period(row["period"]), row["nature"]
    if any(time == (s.time.label, s.nature) for s in same):
        return "grounded", ""
    sure = [s for s in same or said if not s.doubts]
    if not sure:
        return None
    if not same:
        return "contradicted", f"the sentence speaks of {sure[0].indicator}"
    return "contradicted", f"the sentence says {sure[0].time.label}, {sure[0].nature}"


def _find_stated_figure(row: Mapping[Hashable, Any], text: _Text, line: Line) -> str:
    """Return the figure that a sure statement of the paragraph has for the same fact, if any."""
    fact = row["indicator"], _normalize_period(row["period"]), row["nature"]
    return next(
        (
            line.text[said.start : said.end]
            for (number, _), all_said in text.said.items()
            if number == line.number
            for said in all_said
            if not said.doubts and fact == (said.indicator, said.time.label, said.nature)
        ),
        "",
    )


def _normalize_period(period: object) -> str:
    try:
        return str(parse_period(str(period)))
    except ProvstatsError:
        return str(period)


def _compare_with_sentence(
    row: Mapping[Hashable, Any], passage: Passage, start: int, text: _Text
) -> Verdict:
    """Compare period and nature with the years of the sentence, or else of its scope."""
    clock, nature = passage.clock, str(row["nature"])
    given = {int(year) for year in re.findall("[0-9]{4}", str(row["period"]))}
    stated, hinted = _find_stated_years(passage)
    years = stated or _list_implied_years(clock, ahead=nature != "outcome") | hinted
    if not given <= years:
        told = ", ".join(map(str, sorted(years)))
        return "contradicted", f"the sentence is of {told}, not of {row['period']}"
    to_come = max(given) > clock.year
    line = passage.line.text
    clause = re.split("[，,；;。：:]", line[passage.start : start])[-1]
    if nature == "outcome" and (to_come or _PROMISED.search(clause)):
        return "contradicted", "the sentence promises, it does not report"
    sentence = line[line.rfind("。", 0, start) + 1 :].split("。")[0]
    ahead = to_come or clock.scope.nature == "target" or text.is_plan
    if nature != "outcome" and not (ahead or _AHEAD.search(sentence)):
        return "contradicted", f"the sentence reports, nothing in it says {nature}"
    return "grounded", ""


def _compare_with_table(row: Mapping[Hashable, Any], line: Line, text: _Text) -> Verdict:
    """Compare a row of a table with the years that stand in its line and above it."""
    above = "".join(
        each.printed for each in text.lines[max(0, line.number - _HEADING) : line.number]
    )
    years = {text.year, *(int(year) for year in re.findall("(?:19|20)[0-9]{2}", above))}
    given = {int(year) for year in re.findall("[0-9]{4}", str(row["period"]))}
    if not given <= years:
        return "contradicted", f"nothing above the row names {row['period']}"
    if row["nature"] != "outcome":
        return "undecided", f"nothing beside the figure says {row['nature']}"
    return "grounded", ""


def _find_stated_years(passage: Passage) -> tuple[set[int], set[int]]:
    """Return the years a sentence is of, and those that it or its paragraph only mentions."""
    line = passage.line.text
    stated: set[int] = set()
    hinted = {
        int(year) for year in re.findall("(?<![比较与])((?:19|20)[0-9]{2})年", line[: passage.end])
    }
    words = split_into_words(line, passage.start, passage.end)
    for before, word in zip([None, *words], words, strict=False):
        if word.kind in ("year", "month", "years", "plan"):
            clock = replace(passage.clock, stated_year=None, months="", plan=None)
            clock.note_word(word)
            years = _list_named_years(clock)
            if before and before.kind == "unknown":
                hinted |= years
            else:
                stated |= years
    return stated, hinted


def _list_named_years(clock: Clock) -> set[int]:
    named = {int(year) for year in re.findall("[0-9]{4}", clock.months)}
    plan = set(range(clock.plan[0], clock.plan[1] + 1)) if clock.plan else set()
    return named | plan | ({clock.stated_year} if clock.stated_year else set())


def _list_implied_years(clock: Clock, *, ahead: bool) -> set[int]:
    scope = clock.scope
    first = scope.first - 1 if scope.is_long else scope.first
    return {*range(first, scope.last + 1), clock.year, *([clock.year + 1] if ahead else [])}
