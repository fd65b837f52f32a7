"""The command line: what each command prints, in which form, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import provstats as ps
from provstats.__main__ import main

ROOT = Path(ps.__file__).parents[1]
NOVEMBER = ["--period", "2024-01/2024-11"]
FIVE = ["--regions", "京,渝、鲁", "浙", "琼"]
COMMANDS = [
    "show", "search", "rank", "gap", "share", "yoy", "scorecard", "cite", "export", "changes",
    "read", "check", "verify", "build", "mcp",
]  # fmt: skip


def records(capsys, *arguments: str) -> list[dict]:
    """Return what a command prints as JSON."""
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def lines(capsys, *arguments: str) -> list[str]:
    """Return the lines that a command prints, and check that nothing was wrong."""
    assert main([*arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_rank(capsys):
    """For people, the first is first, and a rank that is not certain is a range."""
    arguments = ["rank", "industrial_value_added_growth", *NOVEMBER, *FIVE]
    assert lines(capsys, *arguments, "--lang", "zh") == [
        "规模以上工业增加值同比增速 (industrial_value_added_growth)",
        "地区  数值（%）  位次  参与排位数",
        "山东        8.3     1           5",
        "重庆        7.6     2           5",
        "浙江        7.3   3–4           5",
        "海南        7.2   3–5           5",
        "北京          7   3–5           5",
    ]


def test_same_rows_for_programs(capsys):
    """JSON is the records of what the library answers, CSV its frame."""
    arguments = ["rank", "industrial_value_added_growth", *NOVEMBER, *FIVE]
    five = ["CN-BJ", "CN-CQ", "CN-SD", "CN-ZJ", "CN-HI"]
    answer = ps.rank(
        ps.series("industrial_value_added_growth", period="2024-01/2024-11", regions=five)
    )
    assert records(capsys, *arguments) == ps.to_records(answer)
    assert main([*arguments, "--format", "csv"]) == 0
    read = pd.read_csv(io.StringIO(capsys.readouterr().out), keep_default_na=False)
    assert [*read] == [*answer]
    assert read["rank_worst"].to_list() == answer["rank_worst"].to_list()


def test_show(capsys):
    """A figure is shown with its range, as printed, and where it stands."""
    shown = lines(capsys, "show", "little_giants", "--regions", "沪,京", "--lang", "zh")
    assert shown == [
        "国家级专精特新“小巨人”企业 (little_giants)",
        "地区  时期    数值            区间  原文        来源                     段落",
        "北京  2024年  超1,000  1,000–2,000  突破1000家  cena-2025-ten-provinces     8",
        "上海  2024年  857                   857家       cena-2025-ten-provinces    24",
    ]


def test_show_several(capsys):
    """Several indicators are told apart; natures and vintages are named where there are several."""
    shown = lines(
        capsys, "show", "rd_intensity", "rd_expenditure", "--period", "2018", "--regions", "全国",
        "--vintage", "all", "--lang", "zh",
    )  # fmt: skip
    assert shown[0].split() == [
        "地区",
        "指标",
        "时期",
        "数值",
        "区间",
        "原文",
        "发布",
        "来源",
        "段落",
    ]
    assert [line.split()[-3] for line in shown[1:3]] == ["2019-08-30", "2020-08-27"]
    found = records(capsys, "show", "rd_intensity", "--period", "2018", "--regions", "CN",
                    "--vintage", "nbs-rd-bulletin-2018")  # fmt: skip
    assert [row["printed"] for row in found] == ["2.19"]


def test_search(capsys):
    """Who reports is said as a part of the 31 that might."""
    shown = lines(capsys, "search", "国家级专精特新“小巨人”企业", "--lang", "zh")
    assert shown[0].split() == ["指标代码", "名称", "单位", "报告地区", "时期"]
    assert shown[1].split()[0] == "little_giants"
    assert "/31" in shown[1]
    assert records(capsys, "search", "5G")[0]["id"] == "base_stations_5g"


def test_gap_share_yoy(capsys):
    """The other comparisons print what the library answers."""
    year = ["--period", "2023", "--regions", "长三角"]
    vintage = ["--vintage", "nbs-rd-bulletin-2023"]
    gaps = lines(capsys, "gap", "rd_intensity", *year, *vintage, "--lang", "en")
    assert "Shanghai       4.34   2.65   +1.69 (+1.68–+1.7)" in gaps
    shares = records(capsys, "share", "rd_expenditure", *year, *vintage)
    assert {row["region"]: round(row["share"], 1) for row in shares}["CN-JS"] == 12.6
    changes = records(capsys, "yoy", "base_stations_5g", "--regions", "甘", "--period", "2024")
    assert changes[0]["previous"] == 58000.0
    assert "n/a" not in str(changes)


def test_yoy_says_why_not(capsys):
    """Where there is no change, the reason is shown."""
    shown = lines(capsys, "yoy", "single_champions", "--regions", "甘", "--lang", "en")
    assert shown[1].split()[-1] == "Reason"
    assert shown[2].split()[-1] == "lapses"


def test_scorecard(capsys):
    """A province in all its indicators."""
    card = records(capsys, "scorecard", "重庆")
    growth = {row["indicator"]: row for row in card}["industrial_value_added_growth"]
    assert growth["standing"] == "better"
    assert lines(capsys, "scorecard", "重庆", "--lang", "zh")[0].startswith("指标")


def test_cite(capsys):
    """Documents by id, or those of an indicator; each once."""
    assert lines(capsys, "cite", "nbs-rd-bulletin-2023") == [ps.cite("nbs-rd-bulletin-2023")]
    both = ["nbs-rd-bulletin-2023", "rd_intensity", "--period", "2023"]
    vintage = ["--vintage", "nbs-rd-bulletin-2023"]
    found = records(capsys, "cite", *both, *vintage, "--style", "apa")
    assert [row["source"] for row in found] == ["nbs-rd-bulletin-2023"]
    assert found[0]["citation"] == ps.cite("nbs-rd-bulletin-2023", "apa")
    two = lines(capsys, "cite", "nbs-rd-bulletin-2023", "nbs-rd-bulletin-2022", "--style", "bibtex")
    assert sum(line.startswith("@") for line in two) == 2


def test_check_without_figures(capsys, tmp_path):
    """Of a text that has no figure so much is said; for programs there are no rows."""
    text = tmp_path / "weather.txt"
    text.write_text("今天天气很好。", encoding="utf-8")
    assert lines(capsys, "check", str(text)) == ["the text has no figure"]
    assert records(capsys, "check", str(text)) == []
    [heads] = lines(capsys, "check", str(text), "--format", "csv")
    assert "verdict" in heads.split(",")


def test_check(capsys, tmp_path):
    """A text of one's own is held against the data; what they contradict ends with 1."""
    text = tmp_path / "草稿.txt"
    text.write_text(
        "2022年，北京研发强度为6.83%；上海为5.34%。\n天气好，增长3%。", encoding="utf-8"
    )
    assert main(["check", str(text), "--lang", "zh"]) == 1
    head, *shown = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert head == ["段落", "文字", "地区", "指标", "时期", "判断", "原因"]
    assert [(*line[1:3], *{"有据", "矛盾", "未知"} & {*line}) for line in shown] == [
        ("6.83%", "北京", "有据"), ("5.34%", "上海", "矛盾"), ("3%", "—", "未知"),
    ]  # fmt: skip
    text.write_text("2022年，北京研发强度为6.83%。", encoding="utf-8")
    assert [row["verdict"] for row in records(capsys, "check", str(text))] == ["supported"]


@pytest.mark.parametrize("arguments", [["sdmx-csv"], ["--format", "sdmx-csv"]])
def test_export(capsys, tmp_path, arguments):
    """The format is told as an argument, or as an option."""
    folder = tmp_path / "open"
    assert lines(capsys, "export", str(folder), *arguments) == [
        f"wrote the data as sdmx-csv into {folder}"
    ]
    names = ["sdmx-observations.csv", "sdmx-structure.xml"]
    assert sorted(path.name for path in folder.iterdir()) == names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "gpd"], "UnknownIndicatorError: "),
        (["show", "little_giants", "--regions", "川川"], "UnknownRegionError: "),
        (["show", "little_giants", "--period", "1999"], "PeriodError: the data hold no"),
        (["show", "little_giants", "--vintage", "newest"], "SchemaError: vintage must be"),
        (["rank", "rd_intensity", "--vintage", "all"], "IncomparableError: "),
        (["gap", "rd_expenditure"], "IncomparableError: "),
        (["scorecard", "全国"], "IncomparableError: "),
        (["search", "zzqqxxyy"], "UnknownIndicatorError: no indicator is called"),
        (["export", "nowhere", "parquet"], "SchemaError: format must be one of"),
        (["read", "gone.txt", "--region", "川", "--year", "2024"], "SchemaError: "),
        (["changes", "gone.parquet"], "SchemaError: "),
        (["check", "gone.txt"], "SchemaError: cannot read the text"),
    ],
)
def test_named_errors(capsys, arguments, said):
    """What is wrong is named on standard error, without a traceback, and the status is 1."""
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(said)
    assert "Traceback" not in captured.err


def test_system_errors(capsys, tmp_path):
    """What the system refuses is named too."""
    report = tmp_path / "report.txt"
    report.write_text("全省地区生产总值增长5.5%。", encoding="utf-8")
    command = ["read", str(report), "--region", "川", "--year", "2024"]
    assert main([*command, "--out", str(tmp_path / "gone" / "rows.tsv")]) == 1
    assert "gone" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["prove"], ["rank"], ["show", "x", "--format", "xml"], ["show", "x", "--lang", "fr"],
        ["export", "folder"], ["export", "folder", "croissant", "--format", "sdmx-csv"],
        ["show", "gdp", "--nature", "hope"], ["read", "x", "--region", "川", "--year", "last"],
    ],
)  # fmt: skip
def test_usage(capsys, arguments):
    """Wrong usage ends with 2 and says what is allowed."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m provstats" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_help(capsys, command):
    """Every command says what it is for, with an example of itself."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m provstats {command} " in capsys.readouterr().out + " "


@pytest.mark.parametrize(
    ("name", "value", "head"),
    [("LANG", "zh_CN.UTF-8", "地区"), ("LC_ALL", "en_US.UTF-8", "Region"), ("LANG", "C", "Region")],
)
def test_language_of_the_terminal(monkeypatch, capsys, name, value, head):
    """The language is that of the environment, and ``LC_ALL`` stands above ``LANG``."""
    for other in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv(name, value)
    assert lines(capsys, "show", "little_giants")[1].startswith(head)


def test_documented_example(capsys):
    """The page on other tools shows what the command prints."""
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    ((command, shown),) = re.findall(r"```console\n\$ (.*)\n([^`]*)```", page)
    assert lines(capsys, *command.removeprefix("python -m provstats ").split()) == (
        shown.splitlines()
    )


# --- as a process ---------------------------------------------------------------------------------


def process(*arguments: str, **environment: str) -> subprocess.Popen:
    """Start the command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "provstats", *arguments], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment},
    )  # fmt: skip


def test_reader_that_leaves():
    """A pipe that is closed ends the command without a word."""
    ids = ps.catalog().query("regions > 0")["id"].head(200)
    with process("show", *ids, "--nature", "all", "--format", "csv") as started:
        started.stdout.readline()
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode in (0, 141)  # 0 where the pipe took all before it was closed


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_other_encodings(encoding):
    """JSON stays JSON on any stream, and text and CSV are printed."""
    command = ["show", "little_giants", "--regions", "北京", "--lang", "zh"]
    for format_ in ("json", "csv", "text"):
        with process(*command, "--format", format_, PYTHONIOENCODING=encoding) as started:
            out, err = started.communicate()
        assert (started.returncode, err) == (0, b"")
        if format_ == "json":
            assert json.loads(out.decode(encoding))[0]["printed"] == "突破1000家"
        printed = (
            "突破1000家" if encoding == "gbk" and format_ != "json" else "\\u7a81\\u78341000\\u5bb6"
        )
        assert printed in out.decode(encoding)


def test_all_of_it():
    """Large output arrives whole."""
    ids = ps.catalog().query("regions > 0")["id"]
    with process("show", *ids, "--format", "csv") as started:
        out, err = started.communicate()
    assert err == b""
    rows = [*csv.DictReader(io.StringIO(out.decode()))]
    assert len(rows) == int(ps.load()["indicator"].isin(ids).sum())
