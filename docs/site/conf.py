"""Settings of Sphinx for one language; `build.py` says which, and where the sources lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from sphinx.addnodes import index

import provstats as ps

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

lang = os.environ["PROVSTATS_SITE_LANGUAGE"]
other = "en" if lang == "zh" else "zh"

project = "provstats"
author = copyright = "The provstats developers"  # noqa: A001 - as Sphinx calls it
version = release = ps.__version__
language = "zh_CN" if lang == "zh" else "en"
extensions = [
    "sphinx.ext.autodoc", "numpydoc", "myst_nb", "sphinx_copybutton", "pair_search",
]  # fmt: skip
root_doc = "index"
templates_path = ["templates"]
nitpicky = True
# Names of other packages, and the words of numpydoc types, have no page here.
nitpick_ignore_regex = [("py:.*", r"(?!provstats).*")]

# --- docstrings -----------------------------------------------------------------------------------
default_role = "py:obj"
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
add_module_names = False

# --- notebooks and Markdown -----------------------------------------------------------------------
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
# All have been run before: those of the repository are kept with what they gave, the guide's are
# run by `running.py`.
nb_execution_mode = "off"
nb_merge_streams = True

# --- pages ----------------------------------------------------------------------------------------
html_theme = "pydata_sphinx_theme"
html_title = "provstats"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = html_show_sourcelink = False
html_search_language = "pairs"
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
html_use_index = html_domain_indices = False
html_permalinks_icon = "#"
# Lists lead to these; the guide and the examples have their tree beside them.
html_sidebars = {
    pattern: []
    for pattern in (
        "index", "indicators/*", "domains/*", "provinces/*", "documents/*", "api/*", "gallery",
        "data-model", "changelog", "search",
    )
} | {pattern: ["sidebar-nav-bs"] for pattern in ("guide/*", "examples/*")}  # fmt: skip
html_context = {
    "lang": lang, "other": other, "default_mode": "auto", "data_version": ps.data_version,
}  # fmt: skip
html_theme_options: dict[str, Any] = {
    "navbar_start": ["navbar-logo"],
    "navbar_persistent": ["language-switch", "search-button"],
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 9,
    "article_header_start": [],
    "show_prev_next": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["footer-note"],
    "footer_end": [],
    "search_bar_text": "搜索" if lang == "zh" else "Search",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def _resolve_in_package(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Find a name that a docstring of `provstats.plot` gives without the package."""
    target = node["reftarget"]
    if node.get("refdomain") != "py" or target.startswith("provstats."):
        return None
    found = env.domains["py"].resolve_any_xref(
        env, node["refdoc"], app.builder, f"provstats.{target}", node, contnode
    )
    return found[0][1] if found else None


def _exclude_notebook_texts(app: Sphinx, config: Config) -> None:
    """Leave out the text of a page that was run: Sphinx reads its notebook instead."""
    for path in Path(app.srcdir).rglob("*.ipynb"):
        text = path.relative_to(app.srcdir).with_suffix(".md").as_posix()
        config.exclude_patterns.append(text)


def _point_entries_to_pages(_: Sphinx, doctree: nodes.document) -> None:
    """Let the other names of a page lead to the page, so that a search finds it once."""
    for node in doctree.findall(index):
        if node["entries"] and node["entries"][0][2].startswith("index-"):
            node["entries"] = [(kind, name, "", *rest) for kind, name, _, *rest in node["entries"]]


def setup(app: Sphinx) -> None:
    """Connect our event handlers."""
    app.connect("doctree-read", _point_entries_to_pages)
    app.connect("config-inited", _exclude_notebook_texts)
    app.connect("missing-reference", _resolve_in_package)
