"""Interactive charts: what specifications hold, what they are written to, what a browser shows."""

from __future__ import annotations

import json
import re
import shutil
import struct
import sys
import time
from base64 import b64decode
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, frame
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.vega import outlets

NAMES = ("ranking", "trend", "tilemap")


def panel(n=4, **columns):
    """Return n provinces and the nation, which is at 3.5% in the second of two years."""
    values = np.array([*range(1, n + 1), 2.5])
    years = [
        frame(
            values + step, regions=[*MAINLAND[:n], "CN"], width=0.1, period=period,
            source=f"nbs-rd-bulletin-{period}", paragraph=step + 7,
            printed=[f"{value + step}％" for value in values], **columns,
        )
        for step, period in enumerate(["2022", "2023"])
    ]  # fmt: skip
    return pd.concat(years, ignore_index=True)


def draw(name, x=None, **options):
    """Draw one of the charts, in English unless told otherwise."""
    x = panel() if x is None else x
    x = x if name == "trend" else x[x["period"] == "2023"]
    return getattr(ps.plot, name)(x, **{"engine": "vega", "lang": "en", **options})


@pytest.fixture(params=NAMES)
def name(request):
    """Each chart in turn."""
    return request.param


def rows(chart):
    """Return the rows of the data by region, or by region and time."""
    return {row.get("heading"): row for row in chart.spec["data"]["values"]}


def layers(chart, mark):
    """Return the layers with a kind of mark."""
    return [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == mark]


def words(chart):
    """Return all texts that stand on the chart, in the order of drawing."""
    return [word["text"] for layer in layers(chart, "text") for word in layer["data"]["values"]]


# --- what a specification holds -----------------------------------------------------------------


def test_plain(name):
    """A specification is plain JSON, with no address but the one that names its grammar."""
    chart = draw(name)
    assert json.loads(json.dumps(chart.spec, allow_nan=False)) == chart.spec
    addresses = re.findall("https?:[^\"']+", json.dumps(chart.spec))
    assert addresses == ["https://vega.github.io/schema/vega-lite/v5.json"]
    assert '"url"' not in json.dumps(chart.spec)


def test_a_row():
    """A row has its value and interval, and what its tooltip says."""
    row = rows(draw("ranking"))["Shanxi"]
    assert row["region"] == "CN-SX"
    assert (row["value"], row["lower"], row["upper"]) == (5.0, 4.95, 5.05)
    assert row["said"] == "Shanxi 5.0% (4.95 to 5.05)"
    assert (row["printed_value"], row["range"], row["rank"]) == ("5.0%", "4.95–5.05%", "1 of 4")
    assert (row["printed"], row["paragraph"]) == ("5.0％", "8")
    title = "Communiqué on National Expenditures on Science and Technology in 2023"
    assert row["source"] == title


def test_tooltip_in_both_languages():
    """A tooltip names what it says; a field that no row has is left out."""

    def heads(**options):
        (layer,) = [part for part in draw("ranking", **options).spec["layer"] if "params" in part]
        return re.findall('"([^"]+)":', layer["encoding"]["tooltip"]["value"]["expr"])

    assert heads() == ["title", "Value", "Range", "Rank", "As printed", "Source", "Paragraph"]
    assert heads(lang="zh") == ["title", "数值", "区间", "位次", "原文", "来源", "段落"]
    bare = panel().drop(columns=["source", "paragraph", "printed"])
    bare = bare.assign(lower=bare["value"], upper=bare["value"])
    assert heads(x=bare) == ["title", "Value", "Rank"]


def test_spindles():
    """A spindle leads from lower over value to upper, and is thickest at the value."""
    (trail,) = layers(draw("ranking"), "trail")
    own = [point for point in trail["data"]["values"] if point["region"] == "CN-SX"]
    assert [point["value"] for point in own] == [4.95, 5.0, 5.05]
    sizes = [point["size"] for point in own]
    assert sizes[0] == sizes[2] < sizes[1]


def test_nation_of_a_ranking():
    """The nation is a line with its value above; of a sum there is none."""
    assert "China 3.5%" in words(draw("ranking"))
    total = panel(indicator="rd_expenditure", unit="CNY")
    assert not [text for text in words(draw("ranking", total)) if "China" in text]


def test_rows_and_numbers():
    """Names and numbers stand in the order of the ranks, and ranks are ranges where they may be."""
    wide = panel().assign(lower=lambda x: x["value"] - 0.6, upper=lambda x: x["value"] + 0.6)
    said = words(draw("ranking", wide))
    assert [text for text in said if text in {"Beijing", "Tianjin", "Hebei", "Shanxi"}] == [
        "Shanxi", "Hebei", "Tianjin", "Beijing",
    ]  # fmt: skip
    assert "1–2" in said


def test_course():
    """Each value of a trend has its time and its piece of a line; the nation's line has no rank."""
    known = rows(draw("trend"))
    assert known["Beijing · 2022"]["time"] == 2022.0
    assert known["Beijing · 2022"]["piece"] == known["Beijing · 2023"]["piece"] == "CN-BJ 0"
    nation = known["China · 2023"]
    assert (nation["kind"], nation["value"], nation["rank"]) == ("nation", 3.5, "")
    assert (nation["printed"], nation["paragraph"]) == ("", "")
    assert nation["source"].endswith("Technology in 2023")


def test_no_line_across_a_break():
    """A series that was measured anew goes on as another piece."""
    series = ps.series("rd_intensity", period=[2018, 2019, 2020], regions=["津", "冀"])
    pieces = {label: row["piece"] for label, row in rows(draw("trend", series.data)).items()}
    assert [pieces[f"Tianjin · {year}"] for year in (2018, 2019, 2020)] == [
        "CN-TJ 0", "CN-TJ 1", "CN-TJ 1",
    ]  # fmt: skip


def test_what_is_no_outcome():
    """A forecast is hollow, and its tooltip says what it is."""
    forecast = panel()
    forecast["nature"] = np.where(forecast["period"] == "2023", "forecast", "outcome")
    known = rows(draw("trend", forecast))
    assert known["Beijing · 2023 · forecast"]["open"]
    assert not known["Beijing · 2022"]["open"]
    row = rows(draw("ranking", forecast))["Beijing · forecast"]
    assert row["fill"] == "#ffffff" != row["ink"]


def test_tiles():
    """All 34 have a tile; one without a value says so."""
    known = rows(draw("tilemap"))
    assert len(known) == 34
    taiwan = known["Taiwan"]
    assert (taiwan["printed_value"], taiwan["said"]) == ("No value", "Taiwan No value")
    assert taiwan["fill"] == "#ffffff" != known["Beijing"]["fill"]
    assert {"Provinces", "China", "3.5%"} <= set(words(draw("tilemap", panel(9))))


def test_highlight(name):
    """What is set off has a hue of its own, or a frame."""
    row = {row["region"]: row for row in draw(name, highlight="京").spec["data"]["values"]}
    field = {"ranking": "ink", "trend": "ink", "tilemap": "framed"}[name]
    assert row["CN-BJ"][field] != row["CN-TJ"][field]


# --- the same as the static charts --------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_are_those_of_matplotlib(name, lang):
    """Title, subtitle, footer and alternative text are the same whatever draws."""
    chart, drawn = draw(name, lang=lang), draw(name, lang=lang, engine="matplotlib")
    assert ps.plot.alt_text(chart) == ps.plot.alt_text(drawn) == chart.spec["description"]
    assert chart.spec["title"]["text"] == drawn.get_title(loc="left").split("\n")
    texts = {text.get_gid(): text.get_text() for text in drawn.texts}
    assert "\n".join(chart.spec["title"]["subtitle"]) == texts["subtitle"]
    assert words(chart)[-1] == texts["source"]


def test_texts_are_those_of_matplotlib(name):
    """All that is written on the static chart stands on the other, but for what axes say."""
    drawn = draw(name, engine="matplotlib")
    kept = [text for text in drawn.texts if text.get_gid() not in {"tick", "subtitle"}]
    assert {text.get_text() for text in kept} <= {*words(draw(name)), ""}


def test_own_words(name):
    """The caller's words stand, an empty one is none, and markup is text."""
    chart = draw(name, title="<b>$5</b>", subtitle="", source="</script>")
    assert chart.spec["title"]["text"] == ["<b>$5</b>"]
    assert "subtitle" not in chart.spec["title"]
    assert words(chart)[-1].endswith("Source: </script>")
    assert "title" not in draw(name, title="", subtitle="").spec


def test_width_and_style(name):
    """So many inches are so many pixels, and colours go by the caller's."""
    chart = draw(name, width=5, style={"ground": "#eeeeee", "text": "#111111"})
    assert chart.spec["width"] < 5 * 96
    assert chart.spec["background"] == "#eeeeee"
    assert chart.spec["title"]["color"] == "#111111"


# --- bad input ----------------------------------------------------------------------------------


def test_unknown_engine(name):
    """Another engine is refused, and the nearest one named."""
    message = r"engine must be one of \['matplotlib', 'vega'\], got 'vegas'; did you mean 'vega'"
    with pytest.raises(ps.SchemaError, match=message):
        draw(name, engine="vegas")


def test_axes_are_refused(name):
    """Axes are Matplotlib's own."""
    with pytest.raises(ps.SchemaError, match="ax is for engine='matplotlib'"):
        draw(name, ax=Figure().subplots())


def test_what_matplotlib_refuses(name):
    """What cannot be compared, drawn or measured is refused by the same errors."""
    with pytest.raises(ps.UnknownRegionError):
        draw(name, highlight="Atlantis")
    with pytest.raises(ps.SchemaError, match="width must be inches"):
        draw(name, width=0)
    with pytest.raises(ps.SchemaError, match="style must be of"):
        draw(name, style={"inks": "red"})


@pytest.fixture
def without_extra(monkeypatch):
    """Take the extra away."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.setattr(outlets, "find_spec", lambda _: None)
    for cached in (outlets._load_converter, outlets.load_program):
        cached.cache_clear()
    yield
    outlets._load_converter.cache_clear()


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("ending", ["html", "svg", "png"])
def test_missing_extra(name, ending, tmp_path):
    """Without the extra a page or a picture says what to install; the rest works."""
    from provstats.plot.vega import page

    page._pack_program.cache_clear()
    chart = draw(name)
    with pytest.raises(ps.SchemaError, match=r"pip install 'provstats\[interactive\]'"):
        chart.save(tmp_path / f"chart.{ending}")
    assert json.loads(chart.save(tmp_path / "chart.json").read_text("utf-8")) == chart.spec
    assert [*chart._repr_mimebundle_()] == ["application/vnd.vegalite.v5+json", "text/plain"]


def test_unknown_ending(tmp_path):
    """A form that there is not is refused before anything is written."""
    with pytest.raises(ps.SchemaError, match=r"saved as one of .*, got 'chart.jpeg'"):
        draw("ranking").save(tmp_path / "chart.jpeg")
    assert not [*tmp_path.iterdir()]


# --- pages and pictures -------------------------------------------------------------------------


@pytest.fixture
def needs_extra():
    """Skip where pages and pictures cannot be made."""
    pytest.importorskip("vl_convert")


def characters(page):
    """Return what the fonts in a page have glyphs for, by family and weight."""
    faces = re.findall(
        r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)',
        page,
    )
    fonts = {face[:2]: TTFont(BytesIO(b64decode(face[2]))) for face in faces}
    return {face: set(map(chr, font.getBestCmap())) for face, font in fonts.items()}


@pytest.mark.usefixtures("needs_extra")
def test_page_is_self_contained(name, tmp_path):
    """One page with all in it, which is forbidden to fetch, and no text ends its script."""
    chart = draw(name, source="</script><b>5G</b>", lang="zh")
    page = chart.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == page
    assert "default-src 'none'" in page
    assert not re.search("https?:|src=|@import|<link", page)
    assert page.count("</script>") == 1
    assert '<html lang="zh-CN">' in page
    assert chart.title in page
    assert len(page) < 700_000


@pytest.mark.usefixtures("needs_extra")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_has_its_glyphs(name, lang):
    """The fonts in the page have every character of the chart and its tooltips, and few others."""
    chart = draw(name, lang=lang)
    said = json.dumps({**chart.spec, "$schema": ""}, ensure_ascii=False)
    needed = {char for char in said if char.isprintable()}
    faces = characters(chart.to_html())
    assert {family for family, _ in faces} == {"Provstats Sans", "Provstats Sans SC"}
    assert needed <= faces["Provstats Sans SC", "400"]
    assert max(map(len, faces.values())) < 400


@pytest.mark.usefixtures("needs_extra")
def test_same_page_each_time():
    """A page has no date in it."""
    assert draw("ranking").to_html() == draw("ranking").to_html()


@pytest.mark.usefixtures("needs_extra")
def test_drawing_has_texts_and_glyphs(name, tmp_path):
    """An SVG has its texts as texts, and the glyphs for them."""
    chart = draw(name, lang="zh")
    drawing = chart.save(tmp_path / "chart.svg").read_text("utf-8")
    assert "北京</text>" in drawing
    assert not re.search(r"(?:href|src)=|url\((?!data:)", drawing)
    said = {char for text in re.findall("<text[^>]*>([^<]+)", drawing) for char in text}
    chinese = {char for char in said if ord(char) > 127}
    assert chinese <= characters(drawing)["Provstats Sans SC", "400"]


@pytest.mark.usefixtures("needs_extra")
def test_picture(name, tmp_path):
    """A PNG has two pixels for each of the page, or as many as are asked for."""
    once, twice = (
        struct.unpack(">2I", draw(name).save(tmp_path / "c.png", scale=s).read_bytes()[16:24])
        for s in (1, 2)
    )
    assert twice == pytest.approx([2 * side for side in once], abs=2)


@pytest.mark.usefixtures("needs_extra")
def test_no_boxes_in_pictures(tmp_path):
    """Two characters without a glyph would give the same boxes; these give two pictures."""
    pictures = {
        draw("ranking", lang="zh", title=title).save(tmp_path / "c.png").read_bytes()
        for title in ("山", "川", "疆")
    }
    assert len(pictures) == 3


@pytest.mark.usefixtures("needs_extra")
def test_notebook():
    """A notebook gets the specification and a picture for where it is not known."""
    chart = draw("ranking")
    shown = chart._repr_mimebundle_()
    assert shown["application/vnd.vegalite.v5+json"] == chart.spec
    assert shown["image/png"].startswith(b"\x89PNG")
    assert shown["text/plain"] == repr(chart) == f"<InteractiveChart: {chart.title}>"


# --- a browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    """Return a browser without a window, where the machine has one."""
    pytest.importorskip("vl_convert")
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--window-size=900,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )
    yield driver
    driver.quit()


def asked_for(browser):
    """Return what the browser asked for, but for data in the page, and its complaints."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event for event in events if event["method"] == "Network.requestWillBeSent"]
    urls = [event["params"]["request"]["url"] for event in sent]
    return [url for url in urls if not url.startswith("data:")], browser.get_log("browser")


def shown(browser, chart, path):
    """Open the page of a chart, and wait until it stands."""
    chart.to_html(path)
    asked_for(browser)  # forgets what is past
    browser.get(path.as_uri())
    for _ in range(200):
        if browser.execute_script("return document.documentElement.dataset.shown"):
            return
        time.sleep(0.05)
    pytest.fail(f"the page shows no chart: {browser.get_log('browser')}")


def tip_at(browser, said):
    """Point at the mark of which this is said, and return what the tooltip says."""
    from selenium.webdriver.common.action_chains import ActionChains

    mark = browser.find_element("css selector", f'[aria-label="{said}"]')
    ActionChains(browser).move_to_element(mark).perform()
    for _ in range(40):
        tip = browser.find_element("id", "tip")
        if "visible" in tip.get_attribute("class"):
            return tip.text.split("\n")
        time.sleep(0.05)
    return pytest.fail("no tooltip")


TIPS = {
    ("ranking", "en"): ("Hebei 4.0% (3.95 to 4.05)", ["Hebei"]),
    ("ranking", "zh"): ("河北 4.0%（3.95至4.05）", ["河北"]),
    ("trend", "en"): ("Hebei · 2023 4.0% (3.95 to 4.05)", ["Hebei · 2023"]),
    ("trend", "zh"): ("河北 · 2023年 4.0%（3.95至4.05）", ["河北 · 2023年"]),
    ("tilemap", "en"): ("Hebei 4.0% (3.95 to 4.05)", ["Hebei"]),
    ("tilemap", "zh"): ("河北 4.0%（3.95至4.05）", ["河北"]),
}
FIELDS = {
    "en": ["Value 4.0%", "Range 3.95–4.05%", "Rank 2 of 4", "As printed 4.0％",
           "Source Communiqué on National Expenditures on Science and Technology in 2023",
           "Paragraph 8"],
    "zh": ["数值 4.0%", "区间 3.95–4.05%", "位次 2 / 4", "原文 4.0％",
           "来源 2023年全国科技经费投入统计公报", "段落 8"],
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_browser(name, lang, browser, tmp_path):
    """The chart stands with its fonts, a tooltip says all of a value, and nothing is fetched."""
    chart, path = draw(name, lang=lang), tmp_path / "page.html"
    shown(browser, chart, path)
    texts = [text.text for text in browser.find_elements("css selector", "svg.marks text")]
    assert "".join(chart.spec["title"]["text"]) in [text.replace("\n", "") for text in texts]
    said, heading = TIPS[name, lang]
    assert tip_at(browser, said) == [*heading, *FIELDS[lang]]
    fonts = browser.execute_script(
        "return [...document.fonts].map((face) => [face.family, face.status])"
    )
    assert {status for _, status in fonts} == {"loaded"}
    for kind in ("svg.marks text", "#tip", ".vega-actions a"):
        element = browser.find_element("css selector", kind)
        family = element.value_of_css_property("font-family")
        assert family.replace('"', "").startswith("Provstats Sans"), kind
    assert asked_for(browser) == ([path.as_uri()], [])


def test_pointing_sets_a_line_off(browser, tmp_path):
    """The line of the region that is nearest to the pointer is drawn in front."""
    shown(browser, draw("trend", panel(9)), tmp_path / "page.html")
    lines = "svg.marks .mark-line.role-mark path"
    before = len(browser.find_elements("css selector", lines))
    tip_at(browser, "Hebei · 2023 4.0% (3.95 to 4.05)")
    assert len(browser.find_elements("css selector", lines)) == before + 2


def test_tooltips_stay_in_sight(browser, tmp_path):
    """In a small window the chart shrinks, and no tooltip leaves the window."""
    size = browser.get_window_size()
    browser.set_window_size(500, 500)
    try:
        shown(browser, draw("tilemap", panel(31)), tmp_path / "page.html")
        for said in ("Shanghai 10.0% (9.95 to 10.05)", "Xinjiang 32.0% (31.95 to 32.05)"):
            tip_at(browser, said)
            room, box = browser.execute_script(
                "return [[innerWidth, innerHeight], "
                "document.getElementById('tip').getBoundingClientRect()]"
            )
            assert 0 <= box["left"] <= box["right"] <= room[0]
            assert 0 <= box["top"] <= box["bottom"] <= room[1]
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= room[0]
    finally:
        browser.set_window_size(size["width"], size["height"])
