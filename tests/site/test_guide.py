"""The guide: both languages have the same pages with the same code, and the code runs."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import provstats as ps

SITE = Path(__file__).parents[2] / "docs" / "site"
LANGS = ("en", "zh")
NEEDS = {"ten_million_rows": ("polars", "duckdb"), "paper_table": ("xlsxwriter",)}
PAGES = [path.relative_to(SITE / "en") for path in sorted((SITE / "en").rglob("*.md"))]
GUIDES = [page for page in PAGES if page.parts[0] == "guide" and page.stem != "index"]
_CELL = re.compile(r"^```\{code-cell\} python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_SHOWN = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?:^:[^\n]*\n)+)", re.DOTALL | re.MULTILINE)
# Pages that the build makes.
MADE = {
    "api/index.md", "data-model.md", "documents/index.md", "gallery.md", "indicators/index.md",
    "provinces/index.md",
}  # fmt: skip
# Pages of which the English one is that of ``docs``.
DOCS = SITE.parent
REFERENCE = ["charts", "engines", "exchange", "interactive", "tables"]
_LINK = re.compile(r"\]\(([^)#:]+\.md)\)")
of_each_page = pytest.mark.parametrize("page", PAGES, ids=str)
of_each_guide = pytest.mark.parametrize("page", GUIDES, ids=str)
in_each_language = pytest.mark.parametrize("lang", LANGS)


class _WithoutLanguage(ast.NodeTransformer):
    def visit_Constant(self, node):
        """Put one word for the name of either language."""
        return ast.Constant("lang") if node.value in LANGS else node


def text_of(page, lang):
    """Return the source of a page."""
    return (SITE / lang / page).read_text(encoding="utf-8")


def cells_of(page, lang):
    """Return the code of each cell of a page, without its options."""
    return [_OPTIONS.sub("", cell) for cell in _CELL.findall(text_of(page, lang))]


def meant(code):
    """Return what code does: without comments, and with one word for the language."""
    return ast.unparse(_WithoutLanguage().visit(ast.parse(code)))


def shown_in(text):
    """Return what is shown but not run: code as it is meant, and the rest as it stands."""
    return [
        (kind, meant(code) if kind == "python" else code) for kind, code in _SHOWN.findall(text)
    ]


def prose_of(page, lang):
    """Return the paragraphs of a page, without its head and code."""
    body = text_of(page, lang).split("\n---\n", 1)[1]
    paragraphs = _FENCE.sub("", body).split("\n\n")
    return [part.strip() for part in paragraphs if part.strip()]


@pytest.fixture(autouse=True)
def _undone(tmp_path, monkeypatch):
    """Run in an empty folder; close the charts of a page and undo its choice of language."""
    monkeypatch.chdir(tmp_path)
    yield
    plt.close("all")
    ps.set_language(None)


def test_both_languages_have_the_same_pages():
    """A page of one language has its counterpart, so that a reader can change on any page."""
    chinese = [path.relative_to(SITE / "zh") for path in sorted((SITE / "zh").rglob("*.md"))]
    assert chinese == PAGES
    assert len(GUIDES) == 20


@of_each_page
def test_code_is_the_same_in_both_languages(page):
    """Apart from comments and the name of the language."""
    english, chinese = ([meant(cell) for cell in cells_of(page, lang)] for lang in LANGS)
    assert english == chinese


@pytest.mark.parametrize("name", REFERENCE)
def test_reference_has_the_same_parts_in_both_languages(name):
    """The English page is the one of the repository; the Chinese one shows the same code."""
    assert text_of(f"{name}.md", "en") == f"```{{include}} ../../../../{name}.md\n```\n"
    english = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    chinese = text_of(f"{name}.md", "zh")
    assert shown_in(english) == shown_in(chinese)
    for sign in ("#", "|", "- ", "* "):
        lines = [[line.split(" ")[0] for line in _FENCE.sub("", text).splitlines()
                  if line.startswith(sign)] for text in (english, chinese)]  # fmt: skip
        assert lines[0] == lines[1]


@of_each_page
@in_each_language
def test_links_lead_to_pages(page, lang):
    """A link from one page of the guide to another finds it."""
    targets = _LINK.findall(text_of(page, lang))
    linked = {os.path.normpath(page.parent / target) for target in targets}
    assert linked - MADE <= {str(path) for path in PAGES}


@of_each_guide
def test_a_page_opens_with_its_question_and_ends_with_where_to_go(page):
    """In both languages."""
    for lang, question, onward in (("en", "?", "**Next**: "), ("zh", "？", "**接下来**：")):
        title, opening, *_, last = prose_of(page, lang)
        assert title.startswith("# ")
        assert opening.startswith("**")
        assert question in opening
        assert last.startswith(onward)


@of_each_page
@in_each_language
def test_code_runs(page, lang):
    """From the first cell to the last, without a warning or a file left."""
    for package in NEEDS.get(page.stem, ()):
        pytest.importorskip(package)
    names = {"__name__": "__main__"}
    for cell in cells_of(page, lang):
        exec(compile(cell, str(page), "exec"), names)  # noqa: S102 - our own pages
    assert list(Path().iterdir()) == []
