"""Arguments: the commands, their options, and examples of each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.shell.printing import FORMATS
from provstats.store.keys import NATURES
from provstats.words.phrases import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["build_parser"]

_PROG: Final = "python -m provstats"
_ABOUT: Final = (
    "Figures of China's provinces, each with its interval and its source.\n"
    "An indicator is an id or a name of it, a region any code or name."
)
_MONTHS: Final = "--period 2024-01/2024-11"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    first = (command.examples[0] for command in _COMMANDS.values())
    whole = _add_examples(argparse.ArgumentParser(_PROG, description=_ABOUT), first)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        about = f"{command.about[0].upper()}{command.about[1:]}."
        added = commands.add_parser(name, help=command.about, description=about)
        command.add_options(_add_examples(added, command.examples))
    return whole


def _add_examples(
    parser_: argparse.ArgumentParser, examples: Iterable[str]
) -> argparse.ArgumentParser:
    parser_.formatter_class = argparse.RawDescriptionHelpFormatter
    parser_.epilog = "\n".join(["examples:", *(f"  {_PROG} {line}" for line in examples)])
    return parser_


# --- options --------------------------------------------------------------------------------------


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=FORMATS, default="text",
        help="text for people (the default), or CSV or JSON with all columns",
    )  # fmt: skip
    command.add_argument(
        "--lang", choices=LANGS, help="language of the text; by default that of the terminal"
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--period", nargs="+", metavar="PERIOD", help="such as 2024, 2024-Q1 or 2021-2023"
    )
    command.add_argument(
        "--regions",
        nargs="+",
        metavar="REGION",
        help="provinces, or groups of them such as 长三角",
    )
    command.add_argument("--nature", choices=[*NATURES, "all"], default="outcome")
    command.add_argument(
        "--vintage", default="latest",
        help="latest (the default), first, a date or a document: what was known then; or all",
    )  # fmt: skip
    _add_output(command)


def _add_one_indicator(command: argparse.ArgumentParser) -> None:
    command.add_argument("indicator", metavar="INDICATOR", help="an id, or a name that is its own")
    _add_selection(command)


def _add_indicators(command: argparse.ArgumentParser) -> None:
    command.add_argument("indicator", nargs="+", metavar="INDICATOR", help="ids or names")
    _add_selection(command)


def _add_search(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help="a name or a word of it, in any language")
    _add_output(command)


def _add_scorecard(command: argparse.ArgumentParser) -> None:
    command.add_argument("region", metavar="REGION", help="a province, by any code or name")
    _add_output(command)


def _add_cite(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="+", metavar="INDICATOR|DOCUMENT")
    command.add_argument("--style", choices=["gb7714", "bibtex", "apa"], default="gb7714")
    _add_selection(command)


def _add_export(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="FOLDER", help="it is made if need be")
    either = command.add_mutually_exclusive_group(required=True)
    told = "datapackage, sdmx-csv or croissant"
    either.add_argument("as_", nargs="?", metavar="FORMAT", help=told)
    either.add_argument("--format", dest="as_", metavar="FORMAT", help="the same, as an option")


def _add_changes(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", type=Path, metavar="OLD.parquet", help="an older data file")
    command.add_argument("new", type=Path, nargs="?", metavar="NEW.parquet", help="or the shipped")
    _add_output(command)


def _add_read(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="the text of the report, a paragraph a line")
    command.add_argument("--region", required=True, help="the region that the report is of")
    command.add_argument("--year", required=True, type=int, help="the year that it reviews")
    command.add_argument("--review", type=Path, help="write a page on which to decide on each row")
    command.add_argument("--out", type=Path, help="write the rows as a text table")


def _add_check(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a text of one's own, in UTF-8")
    _add_output(command)


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, help="holds one <id>.txt a text, tables/<id>.tsv a table"
    )


def _add_nothing(_: argparse.ArgumentParser) -> None:
    """Leave a command without options."""


class _Command(NamedTuple):
    """What a command is for, what it takes, and how it is called."""

    about: str
    add_options: Callable[[argparse.ArgumentParser], None]
    examples: tuple[str, ...]


_COMMANDS: Final = {
    "show": _Command(
        "show the figures of indicators", _add_indicators,
        ("show little_giants", "show rd_intensity --period 2021-2023 --regions 京,沪 --lang zh",
         "show rd_intensity --vintage all --format csv"),
    ),
    "search": _Command(
        "find indicators by name, and how many provinces report them", _add_search,
        ("search 5G", "search 专精特新 --format json"),
    ),
    "rank": _Command(
        "rank provinces, with the range that intervals allow", _add_one_indicator,
        (f"rank industrial_value_added_growth {_MONTHS}", "rank rd_intensity --period 2023"),
    ),
    "gap": _Command(
        "measure how far provinces are from the nation", _add_one_indicator,
        ("gap rd_intensity --period 2023", "gap rd_intensity --period 2023 --regions 长三角"),
    ),
    "share": _Command(
        "give the part of provinces in the nation", _add_one_indicator,
        ("share rd_expenditure --period 2023",),
    ),
    "yoy": _Command(
        "measure the change over a year", _add_one_indicator,
        ("yoy base_stations_5g", "yoy rd_expenditure --period 2023 --format csv"),
    ),
    "scorecard": _Command(
        "show a province in all its indicators", _add_scorecard,
        ("scorecard 重庆", "scorecard CN-SD --lang zh"),
    ),
    "cite": _Command(
        "give the documents of an indicator, or one by its id", _add_cite,
        ("cite rd_intensity --period 2023", "cite nbs-rd-bulletin-2023 --style bibtex"),
    ),
    "export": _Command(
        "write all data in an open format", _add_export,
        ("export open/ datapackage", "export open/ sdmx-csv", "export open/ croissant"),
    ),
    "changes": _Command(
        "show what was added, changed or withdrawn since an older data file", _add_changes,
        ("changes old/provinces.parquet", "changes old/provinces.parquet --format csv"),
    ),
    "read": _Command(
        "read a report into a draft of rows", _add_read,
        ("read report.txt --region 川 --year 2024 --review page.html",),
    ),
    "check": _Command(
        "hold the figures of a text of one's own against the data", _add_check,
        ("check draft.txt", "check draft.txt --format json"),
    ),
    "verify": _Command(
        "prove the shipped figures against the documents", _add_verify, ("verify documents/",)
    ),
    "build": _Command(
        "make data/provinces.parquet from the text tables beside it", _add_nothing, ("build",)
    ),
    "mcp": _Command(
        "serve the data to language models, by the Model Context Protocol", _add_nothing, ("mcp",)
    ),
}  # fmt: skip
