"""Links: every link of the built site leads to a page and a place that exist."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["find_broken_links", "find_outside_addresses", "find_unpaired_pages"]

# Texts within which nothing is a link; of a script the address stays.
_ASIDE: Final = re.compile("<!--.*?-->|(?<=<script>).*?(?=</script>)", re.DOTALL)
_TAG: Final = re.compile(r"<\w[^>]*>")
_HREF: Final = re.compile(r'\s(?:href|src|srcset)="([^"]*)"')
_ID: Final = re.compile(r'\s(?:id|name)="([^"]*)"')
# What a browser fetches by itself when it shows a page; a link is followed by people.
_FETCHED: Final = re.compile(
    r"<(?:script|img|source|iframe|video|audio|embed|link\b(?=[^>]*rel=\"(?:stylesheet|preload|icon"
    r"|modulepreload|preconnect)\"))\b[^>]*?\s(?:href|src|srcset)=\"((?:https?:)?//[^\"]*)\""
)
_IN_STYLE: Final = re.compile(r"(?:@import\s+|url\()[\"']?((?:https?:)?//[^\"')]+)")
_MARKDOWN: Final = re.compile(r"\]\(([^)\s]+)\)")


def find_broken_links(site: Path) -> Iterator[str]:
    """Tell each link of a page, or of the Markdown beside it, that leads nowhere."""
    site = site.resolve()
    for page in _list_html_pages(site):
        text = _ASIDE.sub("", page.read_text(encoding="utf-8"))
        targets = [unescape(to) for tag in _TAG.findall(text) for to in _HREF.findall(tag)]
        yield from _check_link_targets(page, targets, site)
    for page in sorted([*site.rglob("*.md"), *site.rglob("llms.txt")]):
        targets = _MARKDOWN.findall(page.read_text(encoding="utf-8"))
        yield from _check_link_targets(page, targets, site, has_anchors=False)


def _list_html_pages(site: Path) -> list[Path]:
    """Return the pages, without the files that the theme keeps beside its styles."""
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


def _check_link_targets(
    page: Path, targets: list[str], site: Path, *, has_anchors: bool = True
) -> Iterator[str]:
    for target in dict.fromkeys(targets):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        path = path / "index.html" if path.is_dir() else path
        if not (path.is_relative_to(site) and _is_file(path)):
            yield f"{page.relative_to(site)}: {target} is not there"
        elif has_anchors and not _has_place(path, unquote(parts.fragment)):
            yield f"{page.relative_to(site)}: {target} has no such place"


@cache
def _is_file(path: Path) -> bool:
    return path.is_file()


def _has_place(path: Path, name: str) -> bool:
    return name in ("", "top") or path.suffix != ".html" or name in _read_ids(path)


@cache
def _read_ids(path: Path) -> frozenset[str]:
    """Return the ids of a page."""
    return frozenset(map(unescape, _ID.findall(path.read_text(encoding="utf-8"))))


def find_outside_addresses(site: Path) -> Iterator[str]:
    """Tell each address outside the site that a browser would fetch when it shows a page."""
    for page in _list_html_pages(site):
        for found in _FETCHED.finditer(_ASIDE.sub("", page.read_text(encoding="utf-8"))):
            yield f"{page.relative_to(site)}: {found[1]}"
    for sheet in sorted(site.rglob("*.css")):
        for found in _IN_STYLE.finditer(sheet.read_text(encoding="utf-8")):
            yield f"{sheet.relative_to(site)}: {found[1]}"


def find_unpaired_pages(site: Path) -> list[str]:
    """Return the pages that one of the two languages lacks."""
    trees = [
        {path.relative_to(site / lang).as_posix() for path in (site / lang).rglob("*.html")}
        for lang in ("zh", "en")
    ]
    return sorted(trees[0] ^ trees[1])
