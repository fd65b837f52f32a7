"""Pages are written twice: for Sphinx, and as Markdown for programs."""

from __future__ import annotations

import pytest

pytest.importorskip("sphinx")


def test_table():
    """A table is the same as HTML and as Markdown."""
    from writing import Table, escape_markdown, make_link

    table = Table(
        ["Region", "Value (%)"],
        [[make_link("Chongqing", "/provinces/cn-cq.md"), escape_markdown("7 | <8")], ["`CN`", "5"]],
        "lr", ids=["a", ""], strong=[1],
    )  # fmt: skip
    assert table.as_markdown("indicators/x") == (
        "| Region | Value (%) |\n| :--- | ---: |\n"
        "| [Chongqing](../provinces/cn-cq.md) | 7 \\| \\<8 |\n| `CN` | 5 |"
    )
    html = table.as_html("indicators/x")
    assert '<tr id="a"><td class="l s"><a href="../provinces/cn-cq.html">Chongqing</a></td>' in html
    assert '<td class="r s">7 | &lt;8</td>' in html
    assert '<tr class="strong"><td class="l s"><code>CN</code></td>' in html


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("gallery", "domains/green.html#x"),
        ("domains/energy", "green.html#x"),
        ("api/a", "../domains/green.html#x"),
    ],
)
def test_links_are_relative(page, href):
    """Links from the root hold from every folder."""
    from writing import Table, make_link

    table = Table(["a"], [[make_link("b", "/domains/green.md#x")]], "l")
    assert f'<a href="{href}">b</a>' in table.as_html(page)
    assert f"[b]({href.replace('.html', '.md')})" in table.as_markdown(page)


def test_page():
    """A page is the same for Sphinx and as Markdown."""
    from writing import Either, Html, Page

    blocks = ["See [it](/a/b.md).", Html("<b>x</b>", "x"), Either("source", "told")]
    page = Page("c/d", "A * title", blocks, "What; it is", ["A; name", "A * title"])
    assert page.as_markdown() == "# A \\* title\n\nSee [it](../a/b.md).\n\nx\n\ntold\n"
    assert page.as_source() == (
        '---\n{"orphan": true, "myst": {"html_meta": {"description": "What; it is"}}}\n---\n\n'
        "```{eval-rst}\n.. index::\n   single: A  name\n```\n\n# A \\* title\n\n"
        "See [it](/a/b.md).\n\n```{raw} html\n<b>x</b>\n```\n\nsource\n"
    )
