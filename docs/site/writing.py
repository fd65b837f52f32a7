"""Writing: a page as text and tables, for the site and as plain Markdown beside it.

Links are written from the root of a language: ``[Chongqing](/provinces/cn-cq.md)``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = [
    "Either",
    "Html",
    "Page",
    "Picture",
    "Table",
    "escape_markdown",
    "make_fact_list",
    "make_fenced_block",
    "make_link",
]

_TEXT: Final = r"\[((?:[^\]\\]|\\.)*)\]"
_LINK: Final = re.compile(rf"{_TEXT}\(([^)\s]+)\)")
# Sphinx knows no ids of tables that are HTML, and no files beside the pages.
_UNKNOWN: Final = re.compile(rf"{_TEXT}\((/[^)\s]*#[^)\s]+|[^)\s/]+\.csv)\)")
_CODE: Final = re.compile(r"`([^`]+)`")
_FROM_ROOT: Final = re.compile(r"(?<=\]\()/([^)\s]+)")
# As wide as two words: a column of such cells is not broken.
_SHORT: Final = 18
# A longer fact has a line of its own.
_LINE: Final = 40
_MARKS: Final = re.compile(r"([\\`*_\[\]<>|#$~^{}])")


def escape_markdown(text: object) -> str:
    """Return a text with the marks of Markdown escaped."""
    return _MARKS.sub(r"\\\1", str(text))


def make_link(text: object, target: str) -> str:
    """Return a link; without a target, the text."""
    return f"[{escape_markdown(text)}]({target})" if target else escape_markdown(text)


def make_fenced_block(code: str, language: str) -> str:
    """Return a block of code."""
    return f"```{language}\n{code}\n```"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells are Markdown of one line; it scrolls within itself."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    #: For each column ``l`` or ``r``.
    align: str
    #: The ids of the rows, where other pages link to them.
    ids: Sequence[str] = ()
    #: Rows that are set off, such as that of the nation.
    strong: Sequence[int] = ()

    def as_markdown(self, page: str) -> str:
        """Return it as Markdown, with links that are relative to a page."""
        rule = ["---:" if side == "r" else ":---" for side in self.align]
        lines = [f"| {' | '.join(line)} |" for line in (self.heads, rule, *self.rows)]
        return _make_links_relative("\n".join(lines), page)

    def as_html(self, page: str) -> str:
        """Return it as HTML: quicker to build than a table of docutils, and with ids."""
        classes = self._choose_classes()
        heads = "".join(
            f'<th scope="col" class="{kind}">{_render_inline(head, page)}</th>'
            for head, kind in zip(self.heads, classes, strict=True)
        )
        body = "\n".join(self._write_row(place, page, classes) for place in range(len(self.rows)))
        return (
            f'<div class="figures" tabindex="0"><table><thead><tr>{heads}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody></table></div>"
        )

    def _choose_classes(self) -> list[str]:
        """Return the side of each column, and ``s`` for short ones, which are never broken."""
        columns = zip(self.align, *self.rows, strict=True)
        return [
            f"{side} s" if all(_measure_width(cell) <= _SHORT for cell in cells) else side
            for side, *cells in columns
        ]

    def _write_row(self, place: int, page: str, classes: Sequence[str]) -> str:
        cells = "".join(
            f'<td class="{kind}">{_render_inline(cell, page)}</td>'
            for cell, kind in zip(self.rows[place], classes, strict=True)
        )
        id_ = f' id="{escape(self.ids[place])}"' if self.ids and self.ids[place] else ""
        strong = ' class="strong"' if place in self.strong else ""
        return f"<tr{id_}{strong}>{cells}</tr>"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn once for a screen and once for a telephone."""

    #: The file, and its width and height in pixels of the page.
    wide: str
    size: tuple[int, int]
    narrow: str
    narrow_size: tuple[int, int]
    alt: str

    def as_markdown(self, page: str) -> str:
        """Return it as Markdown, with a link that is relative to a page."""
        return f"![{escape_markdown(self.alt)}]({relpath(self.wide, dirname(page) or '.')})"

    def as_html(self, page: str) -> str:
        """Return it as HTML."""
        wide, narrow = (relpath(path, dirname(page) or ".") for path in (self.wide, self.narrow))
        (width, height), (slim, high) = self.size, self.narrow_size
        return (
            f'<figure class="chart"><picture><source media="(max-width: 640px)" srcset="{narrow}"'
            f' width="{slim}" height="{high}"><img src="{wide}" width="{width}"'
            f' height="{height}" alt="{escape(self.alt)}" decoding="async"></picture></figure>'
        )


@dataclass(frozen=True, slots=True)
class Html:
    """A block in HTML, and the Markdown that replaces it; links in both are Markdown."""

    html: str
    markdown: str

    def as_markdown(self, page: str) -> str:
        """Return the Markdown that replaces it."""
        return _make_links_relative(self.markdown, page)

    def as_html(self, page: str) -> str:
        """Return it as HTML."""
        return _LINK.sub(lambda found: _make_anchor(found, page), self.html)


@dataclass(frozen=True, slots=True)
class Either:
    """A block in the source for Sphinx, and the Markdown that replaces it."""

    source: str
    markdown: str


def make_fact_list(told: Mapping[str, str], colon: str) -> Html:
    """Return a list of facts, each a head and a text; an address becomes a link."""
    pairs = "".join(
        f"<div{_choose_width_class(text)}><dt>{escape(head)}</dt><dd>{_link_address(text)}</dd></div>"
        for head, text in told.items()
    )
    lines = "\n".join(f"- {head}{colon}{escape_markdown(text)}" for head, text in told.items())
    return Html(f'<dl class="facts">{pairs}</dl>', lines)


def _choose_width_class(text: str) -> str:
    return ' class="wide"' if _measure_width(text) > _LINE else ""


def _link_address(text: str) -> str:
    return f'<a href="{escape(text)}">{escape(text)}</a>' if "://" in text else escape(text)


Block = str | Table | Picture | Html | Either


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path without a suffix, title, blocks, and other names for the search."""

    path: str
    title: str
    blocks: Sequence[Block]
    #: One line for lists of pages.
    summary: str = ""
    also: Sequence[str] = ()
    #: Whether lists of pages lead to it, and no tree does.
    is_leaf: bool = True
    #: Links to these lists.
    up: Sequence[str] = ()

    def as_markdown(self) -> str:
        """Return it as plain Markdown, for programs that read."""
        told = [_render_block(block, self.path, "as_markdown") for block in self.blocks]
        return "\n\n".join([f"# {escape_markdown(self.title)}", *filter(None, told)]) + "\n"

    def as_source(self) -> str:
        """Return it as the source that Sphinx reads."""
        front = {"orphan": True} if self.is_leaf else {}
        if self.summary:
            front["myst"] = {"html_meta": {"description": self.summary}}
        head = "\n".join(["---", json.dumps(front, ensure_ascii=False), "---"])
        parts = [
            head,
            *self._make_breadcrumbs(),
            *self._make_index_entries(),
            f"# {escape_markdown(self.title)}",
        ]
        parts += [_render_block(block, self.path, "as_html") for block in self.blocks]
        return "\n\n".join(filter(None, parts)) + "\n"

    def _make_breadcrumbs(self) -> list[str]:
        """Return the links to the lists that lead to the page, as it is in no tree."""
        way = Html(f'<p class="crumbs">{" › ".join(self.up)}</p>', "")
        return [_render_block(way, self.path, "as_html")] if self.up else []

    def _make_index_entries(self) -> list[str]:
        """Return the index entries, which the search looks at first."""
        names = [name for name in dict.fromkeys(self.also) if name not in ("", self.title)]
        entries = "\n".join(f"   single: {_clean_index_entry(name)}" for name in names)
        return [make_fenced_block(f".. index::\n{entries}", "{eval-rst}")] if names else []

    def write(self, sources: Path, beside: Path) -> None:
        """Write the source, and the Markdown that is published beside the page."""
        _write_file(sources / f"{self.path}.md", self.as_source())
        self.write_markdown(beside)

    def write_markdown(self, beside: Path) -> None:
        """Write the Markdown alone, of a page whose source is written by hand."""
        _write_file(beside / f"{self.path}.md", self.as_markdown())


def _write_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _clean_index_entry(name: str) -> str:
    """Return a name as an entry of an index, in which a semicolon or a comma separates entries."""
    return re.sub(r"[;；,，!]", " ", name)


def _render_block(block: Block, page: str, form: Literal["as_markdown", "as_html"]) -> str:
    if isinstance(block, Either):
        return block.markdown if form == "as_markdown" else block.source
    if isinstance(block, str):
        return (
            _make_links_relative(block, page)
            if form == "as_markdown"
            else _replace_unknown_links(block, page)
        )
    text: str = getattr(block, form)(page)
    return text if form == "as_markdown" else make_fenced_block(text, "{raw} html")


def _replace_unknown_links(text: str, page: str) -> str:
    """Return Markdown with the links that Sphinx does not know, to rows and files, as HTML."""
    return _UNKNOWN.sub(lambda found: _make_anchor(found, page), text)


def _make_links_relative(text: str, page: str) -> str:
    """Return Markdown whose links from the root are relative to a page."""
    return _FROM_ROOT.sub(lambda found: _make_target_relative(found[1], page), text)


def _make_target_relative(target: str, page: str) -> str:
    path, hash_, anchor = target.partition("#")
    return relpath(path, dirname(page) or ".") + hash_ + anchor


def _render_inline(text: str, page: str) -> str:
    """Return Markdown of one line as HTML: links and code, the rest as it is."""
    parts, last = [], 0
    for found in re.finditer(f"{_LINK.pattern}|{_CODE.pattern}", text):
        parts.append(_convert_text_to_html(text[last : found.start()]))
        parts.append(f"<code>{escape(found[3])}</code>" if found[3] else _make_anchor(found, page))
        last = found.end()
    return "".join([*parts, _convert_text_to_html(text[last:])])


def _make_anchor(found: re.Match[str], page: str) -> str:
    target = found[2]
    is_ours = target.startswith("/")
    href = (
        re.sub(r"\.md(?=#|$)", ".html", _make_target_relative(target[1:], page))
        if is_ours
        else target
    )
    return f'<a href="{escape(href)}">{_convert_text_to_html(found[1])}</a>'


def _measure_width(text: str) -> int:
    """Return how wide a cell is, in Latin letters."""
    shown = _LINK.sub(r"\1", text)
    return sum(1 if character < "\u2e80" else 2 for character in shown)


def _convert_text_to_html(text: str) -> str:
    return escape(re.sub(r"\\(.)", r"\1", text), quote=False)
