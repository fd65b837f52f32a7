"""`cite`: the documents of rows as references, in the manner of GB/T 7714, BibTeX and APA."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from provstats.errors import SchemaError, require_one_of
from provstats.store.sources import sources
from provstats.tables.table import convert_to_checked_rows

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cite"]

Style = Literal["gb7714", "bibtex", "apa"]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
#: GB/T 7714 names so many authors, and of more the first of them.
_AUTHORS: Final = 3
#: BibTeX reads these as commands.
_COMMANDS: Final = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"})


def cite(x: Any, style: Style = "gb7714") -> str:  # noqa: ANN401 - rows, an id, or a series
    """Return the documents of rows as references, one a line (of BibTeX one an entry).

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Rows with a column ``source``, as observations and all comparisons have; an indicator; or
        the id of a document.
    style : {"gb7714", "bibtex", "apa"}
        GB/T 7714—2015 with the order of citation, BibTeX (``@techreport`` and ``@misc``), or the
        seventh edition of APA.

    Returns
    -------
    str
        In the order in which the rows name them first. Each has the address and the date of access;
        a document without a public address says so.

    Raises
    ------
    SchemaError
        If the rows name no document, one is not of `sources`, or there is no such style.

    Examples
    --------
    >>> import provstats as ps
    >>> print(ps.cite("nbs-rd-bulletin-2023").split(" (")[0])
    国家统计局, 科学技术部, 财政部. 2023年全国科技经费投入统计公报[R/OL].
    """
    styles: dict[str, Callable[[dict[str, str]], str]] = {
        "gb7714": _format_gb7714, "bibtex": _format_bibtex, "apa": _format_apa,
    }  # fmt: skip
    require_one_of("style", style, styles)
    rows = sources().to_dict("records")
    documents = {row["id"]: {str(k): str(v) for k, v in row.items()} for row in rows}
    ids = _list_document_ids(x, documents)
    unknown = [id_ for id_ in ids if id_ not in documents]
    if unknown:
        msg = f"documents {unknown} are not among ps.sources()"
        raise SchemaError(msg)
    return ("\n\n" if style == "bibtex" else "\n").join(
        styles[style](documents[id_]) for id_ in ids
    )


def _list_document_ids(x: Any, documents: dict[str, Any]) -> list[str]:  # noqa: ANN401
    """Return the ids of the documents that rows name, each once."""
    if isinstance(x, str) and x in documents:
        return [x]
    rows = convert_to_checked_rows(x)
    named = rows["source"].dropna().tolist() if "source" in rows else []
    ids = [str(id_) for id_ in dict.fromkeys(named) if id_]
    if not ids:
        msg = "the rows name no document: they have no column 'source', or nothing in it"
        raise SchemaError(msg)
    return ids


# --- what a document has ------------------------------------------------------------------------


def _split_authors(row: dict[str, str]) -> list[str]:
    return [name for name in re.split("[、;；]", row["publisher"]) if name]


def _is_report(row: dict[str, str]) -> bool:
    """Tell whether a document is a report or a plan of an office, and no article of a paper."""
    return not re.search("报$|社$|新闻", row["publisher"])


# --- GB/T 7714 ----------------------------------------------------------------------------------


def _format_gb7714(row: dict[str, str]) -> str:
    """Return a report with its author first, an article with its paper after the title."""
    accessed = f"[{row['accessed']}]" if row.get("accessed") else ""
    address = row.get("url") or "无公开网址"
    if not _is_report(row):
        paper = f"{row['publisher']}, {row['published']}{accessed}"
        return f"{row['title']}[N/OL]. {paper}. {address}."
    authors = _split_authors(row)
    names = ", ".join(authors[:_AUTHORS]) + (", 等" if len(authors) > _AUTHORS else "")
    return f"{names}. {row['title']}[R/OL]. ({row['published']}){accessed}. {address}."


# --- BibTeX -------------------------------------------------------------------------------------


def _format_bibtex(row: dict[str, str]) -> str:
    """Return an entry with its fields in the order in which one reads."""
    year, _, month = row["published"][:7].partition("-")
    report = _is_report(row)
    names = " and ".join(f"{{{name}}}" for name in _split_authors(row))
    note = f"Accessed {row['accessed']}" if row.get("accessed") else ""
    fields = {
        "author": names,
        "title": f"{{{row['title'].translate(_COMMANDS)}}}",
        "institution" if report else "howpublished": row["publisher"].translate(_COMMANDS),
        "year": year,
        "month": str(int(month)) if month else "",
        "url": row.get("url", ""),
        "urldate": row.get("accessed", ""),
        "langid": "chinese",
        "note": note if row.get("url") else f"No public address. {note}".strip(),
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{'techreport' if report else 'misc'}{{{row['id']},", *lines, "}"])


# --- APA ----------------------------------------------------------------------------------------


def _format_apa(row: dict[str, str]) -> str:
    """Return author. (date). title [translation]. Retrieved date, from address."""
    authors = _split_authors(row)
    names = authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])}, & {authors[-1]}"
    title = f"*{row['title']}*" + (f" [{row['title_en']}]" if row.get("title_en") else "")
    accessed = _format_access_date(row.get("accessed", ""))
    retrieved = (
        f"Retrieved {accessed}, from {row['url']}" if row.get("url") else "No public address."
    )
    return f"{names}. ({_format_publication_date(row['published'])}). {title}. {retrieved}"


def _format_publication_date(date: str) -> str:
    """Return a date as APA has it: 2024, October 2."""
    year, *rest = date.split("-")
    if not rest:
        return year
    day = f" {int(rest[1])}" if len(rest) > 1 else ""
    return f"{year}, {_MONTHS[int(rest[0]) - 1]}{day}"


def _format_access_date(date: str) -> str:
    """Return a date in words: October 2, 2024."""
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"{_MONTHS[int(month) - 1]} {int(day)}, {year}"
