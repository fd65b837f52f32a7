"""The built site in a real browser, opened from the disk; it is built by docs/site/build.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
SITE = Path(__file__).parents[2] / "docs" / "site" / "_build" / "html"
# The widths of a telephone and of a desktop screen.
NARROW, WIDE = 390, 1280
PAGES = (
    "index", "indicators/index", "indicators/rd_intensity", "indicators/little_giants",
    "domains/innovation", "provinces/index", "provinces/cn-cq", "provinces/cn", "documents/index",
    "documents/nbs-rd-bulletin-2023", "documents/nbs_gdp_industry_population", "data-model",
    "gallery", "api/index", "api/provstats.rank", "api/provstats.plot.ranking", "examples/index",
    "examples/rd_panel", "changelog", "guide/index",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Return a browser without a window, where the machine has one."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    if not (SITE / "index.html").exists():
        pytest.skip("needs the site: python docs/site/build.py")
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--lang=en-US",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )
    yield driver
    driver.quit()


def resize(browser, width):
    """Give the page a width, which a window cannot have below 500."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == NARROW}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def address(lang, page):
    """Return the address of a page on the disk."""
    return (SITE / lang / f"{page}.html").as_uri()


@pytest.mark.parametrize(
    ("query", "lang", "page"),
    [
        ("研发强度", "zh", "indicators/rd_intensity.html"),
        ("小巨人", "zh", "indicators/little_giants.html"),
        ("强", "zh", "indicators/rd_intensity.html"),
        ("R&D经费", "zh", "indicators/rd_expenditure.html"),
        ("渝", "zh", "provinces/cn-cq.html"),
        ("little giant", "en", "indicators/little_giants.html"),
        ("研发强度", "en", "indicators/rd_intensity.html"),
        ("gap_to_national", "en", "api/provstats.gap_to_national.html"),
    ],
)
def test_search_from_the_disk(browser, query, lang, page):
    """A word, a part of one and a single character find their page."""
    from urllib.parse import quote

    from selenium.webdriver.support.ui import WebDriverWait

    resize(browser, WIDE)
    browser.get(f"{address(lang, 'search')}?q={quote(query)}")
    # The results come one by one, and their number when all are there.
    told = "document.querySelector('#search-results .search-summary')?.textContent"
    WebDriverWait(browser, 60).until(lambda b: b.execute_script(rf"return /\d/.test({told})"))
    script = "return [...document.querySelectorAll('#search-results li a')].map(a => a.href)"
    found = [link.split("?")[0].split("#")[0] for link in browser.execute_script(script)]
    assert (SITE / lang / page).as_uri() in found


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_the_screen(browser, lang, width):
    """What is wider scrolls within itself."""
    resize(browser, width)
    wide = {}
    for page in PAGES:
        browser.get(address(lang, page))
        scroll = browser.execute_script(
            "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        )
        if scroll > width:
            wide[page] = scroll
    assert wide == {}


@pytest.mark.parametrize("page", ["indicators/rd_intensity", "index", "guide/index"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_switch_keeps_the_page(browser, page, width):
    """The switch leads to the same page and back."""
    resize(browser, width)
    browser.get(address("zh", page))
    links = browser.find_elements("css selector", "a.language-switch")
    shown = [link for link in links if link.is_displayed()]
    assert [link.text for link in shown] == ["English"]
    shown[0].click()
    assert browser.current_url == address("en", page)
    shown = [
        x for x in browser.find_elements("css selector", "a.language-switch") if x.is_displayed()
    ]
    shown[0].click()
    assert browser.current_url == address("zh", page)


def test_the_first_page_goes_by_the_language(browser):
    """An English browser comes to the English start page."""
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get((SITE / "index.html").as_uri())
    WebDriverWait(browser, 20).until(lambda b: b.current_url == address("en", "index"))


def test_nothing_is_fetched_from_outside(browser):
    """Nothing but files is asked for."""
    import json

    for page in ("index", "indicators/rd_intensity", "api/provstats.rank", "examples/rd_panel"):
        browser.get(address("zh", page))
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert any(url.startswith("file:") for url in asked)
    assert [url for url in asked if url.startswith(("http", "ws"))] == []


def test_a_chart_on_a_telephone_is_the_narrow_one(browser):
    """A telephone gets the chart that was drawn for it."""
    script = "return document.querySelector('figure.chart img').currentSrc.split('/').pop()"
    for width, name in ((NARROW, "rd_intensity-narrow.svg"), (WIDE, "rd_intensity.svg")):
        resize(browser, width)
        browser.get(address("en", "indicators/rd_intensity"))
        assert browser.execute_script(script) == name
