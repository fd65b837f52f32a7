"""The review sheet: what is in the page, and what it does in a browser where there is one."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest

import provstats as ps
from provstats.__main__ import main
from provstats.building import build
from provstats.reports import reasons
from provstats.reports.review import TABLE_COLUMNS
from provstats.store.files import read_table

TEXT = (
    "一、2025年工作回顾\n生产总值67665亿元，增长5.5%，总量和增速均居全国第5位。\n"
    "进出口总额增长4%，其中出口增长5%。</script><b>5G</b>"
)


@pytest.fixture
def draft():
    """Return the draft of a short report."""
    return ps.read_report(TEXT, region="川", year=2025)


def test_tables_are_those_of_the_build():
    """The sheet saves what the build reads."""
    assert TABLE_COLUMNS == build.TABLE_COLUMNS


def test_page_is_self_contained(draft, tmp_path):
    """One page with the data in it, nothing fetched, and no text ends the script."""
    page = draft.to_review(tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 1
    assert "default-src 'none'" in page
    assert not re.search("https?:|src=|@import", page)
    line = next(line for line in page.splitlines() if line.startswith("const DATA = "))
    data = json.loads(line.removeprefix("const DATA = ").removesuffix(";"))
    assert data["paragraphs"] == TEXT.split("\n")
    assert [row["printed"] for row in data["rows"]] == draft.rows["printed"].to_list()
    assert {row["indicator"] for row in data["rows"]} <= set(data["names"])


def test_table(draft, tmp_path):
    """The rows as a table of the project; each printed figure reads as the row says."""
    rows = read_table(draft.to_table(tmp_path / "rows.tsv"), TABLE_COLUMNS)
    assert [ps.parse_figure(row["printed"]).value for row in rows] == draft.rows["value"].to_list()
    assert {row["among"] for row in rows} == {"", "provinces"}


def test_command(tmp_path, capsys):
    """The command prints the rows and writes both files; a bad region is a named error."""
    report, page, table = (tmp_path / name for name in ("r.txt", "p.html", "t.tsv"))
    report.write_text(TEXT, encoding="utf-8")
    command = ["read", str(report), "--region", "川", "--year", "2025"]
    assert main([*command, "--review", str(page), "--out", str(table)]) == 0
    assert "gdp_growth  2025  outcome  5.5%" in capsys.readouterr().out
    assert page.exists()
    assert table.exists()
    assert main(["read", str(report), "--region", "川川", "--year", "2025"]) == 1
    assert "UnknownRegionError" in capsys.readouterr().err


@pytest.fixture
def browser(tmp_path):
    """Return a browser without a window, where the machine has one."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--lang=en-US"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path)})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def test_on_a_keyboard_alone(draft, tmp_path, browser):
    """Accept, reject, correct and save, without a mouse."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys):
        ActionChains(browser).send_keys(*keys).perform()

    browser.get(draft.to_review(tmp_path / "page.html").as_uri())
    press("a", "r", "e")
    field = browser.switch_to.active_element
    assert field.get_attribute("name") == "indicator"
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("nothing", Keys.ENTER)
    assert "no such indicator" in browser.find_element("css selector", ".wrong").text
    field = browser.find_element("name", "indicator")
    field.clear()
    field.send_keys("gdp_rank", Keys.ENTER)
    press("A", "s")
    path = tmp_path / "rows.tsv"
    for _ in range(600):
        if path.exists():
            break
        time.sleep(0.1)
    rows = read_table(path, TABLE_COLUMNS)
    ids = ["gdp", "gdp_rank", "gdp_growth_rank", "trade_growth", "exports_growth"]
    assert [row["indicator"] for row in rows] == ids
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def test_all_reasons_have_words_in_chinese():
    """No doubt of the reader is without its Chinese words."""
    rooms = Path(reasons.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in rooms.rglob("*.py"))
    for english in reasons._REASONS:
        assert all(part in code.replace(f'"{english}"', "", 1) for part in english.split("{}"))
    for said in re.findall(r'doubts?(?:\.append\(|: ?|=|, )f?"([a-z][^"]+)"', code):
        assert reasons.translate_reasons(re.sub(r"\{.*?\}", "x", said)) != re.sub(
            r"\{.*?\}", "x", said
        )
