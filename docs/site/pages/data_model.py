"""The page of the data model: columns, code lists, notes and breaks, as the package has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from meanings import CODES, explain_code
from shipped import (
    join_region_names,
    link_document,
    link_indicator,
    link_region,
    load_all_rows,
    load_catalog,
    load_documents,
)
from words import say
from writing import Page, Table, escape_markdown

import provstats as ps
from provstats.store.observations import COLUMNS
from provstats.tables.heads import HEADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["make_page"]

_NOTES: Final = 30
# What each comparison adds is seen on an answer.
_ANSWERS: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "rank": lambda: ps.rank("rd_intensity"),
    "gap_to_national": lambda: ps.gap_to_national("rd_intensity"),
    "share_of_national": lambda: ps.share_of_national("rd_expenditure"),
    "yoy": lambda: ps.yoy("rd_expenditure"),
    "tiers": lambda: ps.tiers("rd_intensity"),
    "check_claims": ps.check_claims,
    "targets": ps.targets,
}


def make_page(lang: Lang) -> Page:
    """Return the page of the data model."""
    blocks: list[Block] = [
        say(lang, "data_model_told", version=ps.data_version),
        *_write_columns(lang),
        *_write_answers(lang),
        *(block for name in CODES if name != "column" for block in _write_code_list(name, lang)),
        *_write_areas(lang),
        *_write_groups(lang),
        *_write_breaks(lang),
        *_write_notes(lang),
    ]
    return Page("data-model", say(lang, "data_model"), blocks, is_leaf=False)


def _write_columns(lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'columns')}"
    example = ps.load().query("printed == '超8万个'").iloc[0]
    cells = [
        [
            f"`{name}`",
            f"`{kind}`",
            escape_markdown(explain_code("column", name, lang)),
            escape_markdown(example[name]),
        ]
        for name, (kind, _) in COLUMNS.items()
    ]
    yield Table([say(lang, key) for key in ("column", "type", "meaning", "example")], cells, "llll")


def _write_answers(lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'answers')}"
    for name, ask in _ANSWERS.items():
        yield say(lang, "answers_told", call=f"[ps.{name}](/api/provstats.{name}.md)")
        answer = ask()
        cells = [
            [
                f"`{column}`",
                f"`{answer[column].dtype}`",
                escape_markdown(_name_column(column, lang)),
            ]
            for column in answer
            if column not in COLUMNS
        ]
        yield Table([say(lang, key) for key in ("column", "type", "meaning")], cells, "lll")


def _name_column(column: str, lang: Lang) -> str:
    """Return the head that tables of the package give a column, or an end of an interval."""
    for end, words in (("_lower", ("下限", "lower end")), ("_upper", ("上限", "upper end"))):
        if column.endswith(end) and (name := column.removesuffix(end)) in HEADS:
            return f"{HEADS[name][lang == 'en']}, {words[lang == 'en']}"
    return HEADS[column][lang == "en"] if column in HEADS else ""


# --- code lists -----------------------------------------------------------------------------------


def _write_code_list(name: str, lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, f'list_{name}')}"
    counts = _count_codes(name)
    heads = [say(lang, "code"), say(lang, "meaning")]
    cells = [[f"`{code}`", escape_markdown(explain_code(name, code, lang))] for code in CODES[name]]
    if counts is None:
        yield Table(heads, cells, "ll")
        return
    for line, code in zip(cells, CODES[name], strict=True):
        line.append(f"{counts.get(code, 0):,}")
    yield Table([*heads, say(lang, "rows")], cells, "llr")


def _count_codes(name: str) -> Mapping[str, int] | None:
    """Return how often each code of a list stands in the data; None for a list without a column."""
    if name in ("nature", "qualifier", "basis", "unit"):
        return load_all_rows()[name].value_counts().to_dict()
    if name in ("measure", "prices", "direction", "domain"):
        return load_catalog()[name].value_counts().to_dict()
    if name == "kind":
        return ps.regions()["kind"].value_counts().to_dict()
    return load_documents()["encoded"].value_counts().to_dict() if name == "encoded" else None


# --- lists of the registry ------------------------------------------------------------------------


def _write_areas(lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'areas')}"
    rows = ps.regions().query("kind == 'area'")
    cells = [
        [f"`{row['code']}`", escape_markdown(row["name_zh"]), escape_markdown(row["name_en"])]
        for _, row in rows.iterrows()
    ]
    yield Table([say(lang, "code"), "中文", "English"], cells, "lll")


def _write_groups(lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'groups_of')}"
    cells = [
        [
            f"`{row['id']}`",
            escape_markdown(row[f"name_{lang}"]),
            escape_markdown(join_region_names(row["members"], lang)),
            escape_markdown(row["document"]),
        ]
        for _, row in ps.groups().iterrows()
    ]
    yield Table([say(lang, key) for key in ("code", "name", "members", "source")], cells, "llll")


def _write_breaks(lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'breaks_all')}"
    groups = ps.breaks().groupby(["indicator", "before", "after", "reason", "source"], sort=False)[
        "region"
    ]
    cells = [
        [
            link_indicator(indicator, lang),
            _link_regions(codes.tolist(), lang),
            escape_markdown(before),
            escape_markdown(after),
            escape_markdown(reason),
            link_document(source, lang),
        ]
        for (indicator, before, after, reason, source), codes in groups
    ]
    heads = ("indicator", "regions", "before", "after", "reason", "source")
    yield Table([say(lang, head) for head in heads], cells, "llllll")


def _link_regions(codes: list[str], lang: Lang) -> str:
    if "*" in codes:
        return say(lang, "all_regions")
    return ("、" if lang == "zh" else ", ").join(link_region(code, lang) for code in codes)


def _write_notes(lang: Lang) -> Iterator[Block]:
    notes = load_all_rows().query("note != ''")["note"].value_counts()
    yield f"## {say(lang, 'notes_all')}"
    yield say(lang, "notes_all_told", n=len(notes), m=min(_NOTES, len(notes)))
    cells = [[escape_markdown(note), f"{count:,}"] for note, count in notes.head(_NOTES).items()]
    yield Table([say(lang, "note"), say(lang, "rows")], cells, "lr")
