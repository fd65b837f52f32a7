"""The check of the links finds what is broken, and nothing else."""

from __future__ import annotations

import pytest

pytest.importorskip("sphinx")


@pytest.fixture
def site(tmp_path):
    """Return a site of two pages in two languages."""
    for lang in ("zh", "en"):
        (tmp_path / lang / "a").mkdir(parents=True)
        (tmp_path / lang / "index.html").write_text(
            '<a href="a/b.html#here">b</a> <a href="https://x.cn/">out</a> <a href="#">top</a>'
            '<!-- <a href="gone.html"> -->',
            encoding="utf-8",
        )
        (tmp_path / lang / "a" / "b.html").write_text(
            '<p id="here"><a href="../index.html">up</a><a href="..">folder</a>',
            encoding="utf-8",
        )
    return tmp_path


def broken(site):
    """Return what the check tells of a site."""
    from links import find_broken_links

    return [*find_broken_links(site)]


def test_whole(site):
    """Links to pages, places, folders and other sites hold."""
    from links import find_outside_addresses, find_unpaired_pages

    assert broken(site) == []
    assert [*find_outside_addresses(site)] == []
    assert find_unpaired_pages(site) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<a href="gone.html">x</a>', "en/c.html: gone.html is not there"),
        ('<a class="x" href="a/b.html#gone">x</a>', "en/c.html: a/b.html#gone has no such place"),
        ('<a href="#gone">x</a>', "en/c.html: #gone has no such place"),
        ('<img src="gone.png" alt="">', "en/c.html: gone.png is not there"),
        ('<source media="x" srcset="gone.png">', "en/c.html: gone.png is not there"),
        ('<a href="../../outside.html">x</a>', "en/c.html: ../../outside.html is not there"),
    ],
)
def test_broken(site, text, told):
    """Each link that leads nowhere is told with its page."""
    (site / "en" / "c.html").write_text(text, encoding="utf-8")
    assert broken(site) == [told]


def test_broken_in_markdown(site):
    """The Markdown beside the pages is looked at too."""
    (site / "en" / "c.md").write_text("[a](a/b.html) [x](gone.md)", encoding="utf-8")
    assert broken(site) == ["en/c.md: gone.md is not there"]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.org/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.org/x.css">',
        '<link href="https://cdn.org/x.css" rel="stylesheet">',
        '<img alt="" src="http://cdn.org/x.png">',
    ],
)
def test_fetched(site, text):
    """Whatever a browser would fetch from elsewhere is told."""
    from links import find_outside_addresses

    (site / "zh" / "c.html").write_text(text, encoding="utf-8")
    assert len([*find_outside_addresses(site)]) == 1


def test_fetched_by_a_style(site):
    """A style that imports another from elsewhere is told."""
    from links import find_outside_addresses

    (site / "zh" / "c.css").write_text("@import url('https://x.org/y.css');", encoding="utf-8")
    assert [*find_outside_addresses(site)] == ["zh/c.css: https://x.org/y.css"]


def test_unpaired(site):
    """A page that is there in one language alone is told."""
    from links import find_unpaired_pages

    (site / "zh" / "c.html").write_text("", encoding="utf-8")
    assert find_unpaired_pages(site) == ["c.html"]
