"""Root files: those above both languages: the first page, the page for 404, and `llms.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from words import LANGS, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from meanings import Lang
    from writing import Page

__all__ = ["write_root_files"]

_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
  display: grid; place-content: center; min-height: 90vh; margin: 0; text-align: center; }}
h1 {{ font-size: 1.6rem; font-weight: 600; margin: 0 0 1rem; }}
a {{ color: light-dark(#12436d, #6bace6); margin: 0 .75rem; }}
</style>
"""
_LINKS: Final = """<p><a href="zh/index.html" lang="zh" hreflang="zh">中文</a>
<a href="en/index.html" hreflang="en">English</a></p>
</main></body></html>
"""
_FIRST: Final = f"""{_HEAD.format(title="provstats")}
<link rel="alternate" hreflang="zh" href="zh/index.html">
<link rel="alternate" hreflang="en" href="en/index.html">
<script>
const tongue = (navigator.languages || [navigator.language])[0] || "en";
location.replace(`${{tongue.toLowerCase().startsWith("zh") ? "zh" : "en"}}/index.html`);
</script>
</head>
<body><main><h1>provstats</h1>
{_LINKS}"""
# It is served for any lost address, so the links are made from where the site begins.
_LOST: Final = f"""{_HEAD.format(title="404 · provstats")}
<script>
addEventListener("DOMContentLoaded", () => {{
  const root = location.pathname.match(/^(.*?\\/)(?:zh|en)\\//)?.[1];
  if (root) for (const a of document.links) a.href = root + a.getAttribute("href");
}});
</script>
</head>
<body><main><h1>404</h1>
<p lang="zh">没有这一页。</p><p>There is no such page.</p>
{_LINKS}"""
_ABOUT: Final = """# provstats

> A Python library that compares China's provinces on industrial statistics: every figure with its
> interval, its document and its paragraph.
> 比较中国各省份工业统计的Python库，每个数字都有取值区间、文件和段落。

Each page has its text in Markdown beside it, at the same address with `.md` for `.html`. Rows of an
indicator are in `indicators/<id>.csv`. From Python: `import provstats as ps; ps.series("<id>")`;
for other programs: `python -m provstats mcp`.
"""


def write_root_files(site: Path, pages: Mapping[Lang, Sequence[tuple[str, Page]]]) -> None:
    """Write them; the pages of a language come with the section that they are listed in."""
    (site / "index.html").write_text(_FIRST, encoding="utf-8")
    (site / "404.html").write_text(_LOST, encoding="utf-8")
    (site / "llms.txt").write_text(_format_page_list(pages), encoding="utf-8")
    (site / ".nojekyll").touch()


def _format_page_list(pages: Mapping[Lang, Sequence[tuple[str, Page]]]) -> str:
    """Return the list of all pages, the English ones first."""
    lines = [_ABOUT]
    for lang in sorted(LANGS):
        section = ""
        for name, page in pages[lang]:
            if name != section:
                section = name
                lines.append(
                    f"\n## {say(lang, section)} ({'中文' if lang == 'zh' else 'English'})\n"
                )
            about = f": {page.summary}" if page.summary else ""
            lines.append(f"- [{page.title}]({lang}/{page.path}.md){about}")
    return "\n".join(lines) + "\n"
