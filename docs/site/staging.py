"""Staging: copy what is written by hand to where Sphinx reads it, with the tree of the pages."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Final

from pages.api import list_public_names
from shipped import list_paged_indicators, list_provinces, load_documents
from words import say
from writing import Page, make_fenced_block

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from meanings import Lang

__all__ = ["list_hand_written_pages", "stage_pages"]

#: The tree, in the order of the head of the site.
_TREE: Final = (
    "guide/index", "indicators/index", "provinces/index", "documents/index", "gallery",
    "examples/index", "data-model", "api/index", "changelog",
)  # fmt: skip
_NOTEBOOKS: Final = ("quickstart", "leaders", "claims", "promises", "rd_panel", "own_table")
_INCLUDED: Final = re.compile(r"```{include} (\S+)\n```")
_FRONT: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def stage_pages(here: Path, build: Path, lang: Lang) -> list[tuple[str, Page]]:
    """Lay out the pages of a language that are not generated, and return them by section."""
    sources, beside = build / "source" / lang, build / "html" / lang
    repository = here.parents[1]
    shutil.copytree(here / lang, sources)
    _append_blocks(
        sources / "index.md", _make_section_links(lang), _make_toctree(_TREE, ":hidden:")
    )
    pages = _include_texts(sources)
    notebooks = repository / "examples" / "notebooks"
    (sources / "examples").mkdir()
    for name in _NOTEBOOKS:
        shutil.copy(notebooks / f"{name}.ipynb", sources / "examples")
    blocks = [say(lang, "examples_told"), _make_toctree(_NOTEBOOKS, ":maxdepth: 1")]
    Page("examples/index", say(lang, "examples"), blocks, is_leaf=False).write(sources, beside)
    _make_changelog_page(repository / "CHANGELOG.md", lang).write(sources, beside)
    guides = list_hand_written_pages(sources)[1:]
    told = [("guide", _read_text_page(path, sources)) for path in (*guides, *pages)]
    told += [("examples", _read_notebook_page(notebooks / f"{name}.ipynb")) for name in _NOTEBOOKS]
    for page in (_read_text_page(sources / "index.md", sources), *(page for _, page in told)):
        page.write_markdown(beside)
    return told


def list_hand_written_pages(sources: Path) -> list[Path]:
    """Return the pages of a language that may have examples to run, the first one first."""
    return [sources / "index.md", *sorted((sources / "guide").glob("*.md"))]


def _include_texts(sources: Path) -> list[Path]:
    """Put the text of the repository's own pages where pages include them; return these."""
    pages = sorted(path for path in sources.glob("*.md") if path.stem != "index")
    for path in pages:
        included = _INCLUDED.fullmatch(path.read_text(encoding="utf-8").strip())
        if included:
            path.write_text(
                (path.parent / included[1]).resolve().read_text(encoding="utf-8"), "utf-8"
            )
    return pages


def _make_toctree(names: Sequence[str], option: str) -> str:
    return make_fenced_block("\n".join([option, "", *names]), "{toctree}")


def _make_section_links(lang: Lang) -> str:
    """Return links to the sections of generated pages, with the number of pages in each."""
    counts = {
        "indicators": len(list_paged_indicators()),
        "provinces": len(list_provinces()),
        "documents": len(load_documents()),
        "api": len(list_public_names()),
    }
    items = "".join(
        f'<li><a href="{section}/index.html"><b>{count}</b>{say(lang, section)}</a></li>'
        for section, count in counts.items()
    )
    return make_fenced_block(f'<ul class="doors">{items}</ul>', "{raw} html")


def _append_blocks(path: Path, *blocks: str) -> None:
    """Put blocks at the end of the first page."""
    text = path.read_text(encoding="utf-8")
    path.write_text("\n\n".join([text, *blocks]) + "\n", encoding="utf-8")


def _make_changelog_page(path: Path, lang: Lang) -> Page:
    _, _, rest = path.read_text(encoding="utf-8").partition("\n")
    # The other pages of the repository are no pages of the site.
    text = re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"\1", rest.strip())
    blocks = [say(lang, "changelog_told"), text]
    return Page("changelog", say(lang, "changelog"), blocks, is_leaf=False)


# --- what is written by hand as Markdown alone ----------------------------------------------------


def _read_text_page(path: Path, sources: Path) -> Page:
    """Return a page of text as it is written."""
    text = _FRONT.sub("", path.read_text(encoding="utf-8"))
    text = re.sub("```{code-cell}.*", "```python", text)
    text = re.sub(r"```{(?:toctree|raw)}.*?```\n", "", text, flags=re.DOTALL)
    return _make_titled_page(path.relative_to(sources).with_suffix("").as_posix(), text)


def _read_notebook_page(path: Path) -> Page:
    """Return a page of a notebook without its outputs."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    shown = [make_fenced_block(text, "python") if kind == "code" else text for kind, text in texts]
    return _make_titled_page(f"examples/{path.stem}", "\n\n".join(shown))


def _make_titled_page(path: str, text: str) -> Page:
    """Return a page whose title is its first heading and whose summary its first paragraph."""
    _, title, rest = re.split(r"^# (.*)\n", text, maxsplit=1, flags=re.MULTILINE)
    paragraphs = [part for part in rest.strip().split("\n\n") if re.match(r"\w", part)]
    summary = " ".join(paragraphs[0].split()) if paragraphs else ""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]", r"\1", summary)
    return Page(path, title.strip(), [rest.strip()], bare)
