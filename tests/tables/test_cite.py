"""References: in the manner of the standards, with address and date of access."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import provstats as ps
from provstats.tables import cite as references

REPORT = {
    "id": "cnnic-29", "title": "第29次中国互联网络发展状况统计报告",
    "publisher": "中国互联网络信息中心",
    "published": "2012-01-16", "accessed": "2013-03-26",
    "url": "http://www.cnnic.net.cn/hlwfzyj/hlwxzbg/201201/P020120709345264469680.pdf",
    "title_en": "The 29th Statistical Report on Internet Development in China",
}  # fmt: skip


def test_gb7714_as_in_the_standard():
    """The standard's own example of a report on line."""
    assert references._format_gb7714(REPORT) == (
        "中国互联网络信息中心. 第29次中国互联网络发展状况统计报告[R/OL]. (2012-01-16)[2013-03-26]. "
        "http://www.cnnic.net.cn/hlwfzyj/hlwxzbg/201201/P020120709345264469680.pdf."
    )


def test_gb7714_of_a_newspaper():
    """An article of a paper has the paper after its title, as the standard's examples have it."""
    row = {"id": "a", "title": "题目", "publisher": "北京青年报", "published": "2000-01-12",
           "accessed": "2005-09-28", "url": "http://www.bjyouth.com.cn/a"}  # fmt: skip
    assert references._format_gb7714(row) == (
        "题目[N/OL]. 北京青年报, 2000-01-12[2005-09-28]. http://www.bjyouth.com.cn/a."
    )


def test_gb7714_of_many_authors():
    """Of more than three authors the first three are named."""
    row = REPORT | {"publisher": "甲部、乙部、丙部、丁部"}
    assert references._format_gb7714(row).startswith("甲部, 乙部, 丙部, 等. ")


def test_apa():
    """APA names a group author, the date in words, a translation, and where it was retrieved."""
    assert references._format_apa(REPORT) == (
        "中国互联网络信息中心. (2012, January 16). *第29次中国互联网络发展状况统计报告* "
        "[The 29th Statistical Report on Internet Development in China]. Retrieved March 26, 2013, "
        "from http://www.cnnic.net.cn/hlwfzyj/hlwxzbg/201201/P020120709345264469680.pdf"
    )


def test_bibtex():
    """An entry has its key, its fields and closed braces; special signs are escaped."""
    entry = references._format_bibtex(REPORT | {"title": "占比50%与R&D"})
    assert entry.splitlines()[0] == "@techreport{cnnic-29,"
    assert "  title = {{占比50\\%与R\\&D}}," in entry
    assert "  urldate = {2013-03-26}," in entry
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("style", "words"),
    [("gb7714", "无公开网址"), ("bibtex", "No public address"), ("apa", "No public address")],
)
def test_without_an_address(style, words):
    """A document without a public address says so."""
    row = REPORT | {"url": ""}
    assert words in getattr(references, f"_format_{style}")(row)


@pytest.mark.parametrize("style", ["gb7714", "bibtex", "apa"])
def test_every_document(style):
    """All documents of the data can be cited, each once."""
    text = ps.cite(ps.load(vintage=None, nature=None), style)
    count = text.count("@") if style == "bibtex" else len(text.splitlines())
    assert count == ps.load(vintage=None, nature=None)["source"].nunique()
    assert not re.search(r"\bnan\b", text)


def test_rows_name_their_documents():
    """Results of comparisons keep their documents, in the order in which they come."""
    ranked = ps.rank("rd_intensity").query("period == '2022'")
    assert ps.cite(ranked) == ps.cite("nbs-rd-bulletin-2022")


def test_refused():
    """Rows without a document, unknown documents and unknown styles are refused."""
    with pytest.raises(ps.SchemaError, match="name no document"):
        ps.cite(pd.DataFrame({"region": ["CN"]}))
    with pytest.raises(ps.SchemaError, match=r"documents \['x'\] are not among ps.sources"):
        ps.cite(pd.DataFrame({"source": ["x"]}))
    with pytest.raises(ps.SchemaError, match="style must be one of"):
        ps.cite("nbs-rd-bulletin-2023", "mla")
