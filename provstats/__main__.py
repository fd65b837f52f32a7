"""The command line: ``python -m provstats build``, ``verify FOLDER`` and ``read FILE``."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from provstats.errors import ProvstatsError


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        The command and its options; those of the process by default.

    Returns
    -------
    int
        0, or 1 where the documents do not bear the data out or the data do not hold.
    """
    parser = argparse.ArgumentParser("provstats", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="make data/provinces.parquet from the text tables beside it")
    proof = commands.add_parser("verify", help="prove the shipped figures against the documents")
    proof.add_argument(
        "folder", type=Path, help="holds one <document id>.txt a text, tables/<id>.tsv a table"
    )
    _add_read(commands.add_parser("read", help="read a report into a draft of rows"))
    _print_anywhere()
    options = parser.parse_args(arguments)
    try:
        if options.command == "read":
            return _read(options)
        return _build() if options.command == "build" else _verify(options.folder)
    except ProvstatsError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1


def _print_anywhere() -> None:
    """Let a stream that has no Chinese print its characters by number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _build() -> int:
    from provstats.building.build import build

    print(f"built {build()}")
    return 0


def _verify(folder: Path) -> int:
    from provstats.building.verify import verify
    from provstats.store.sources import sources

    proofs, encoded = verify(folder), set(sources()["sha256"])
    for proof in proofs:
        state = "FAILED" if proof.findings else "proved"
        other = "" if proof.sha256 in encoded else "; another text than was encoded"
        print(
            f"{state} {proof.source}: {proof.rows} figures stand in their paragraphs; "
            f"{proof.numerals} numerals, {proof.excluded} of them in the ledger of exclusions"
            f"{other}"
        )
    findings = [finding for proof in proofs for finding in proof.findings]
    for finding in findings:
        print(f"  {finding}")
    print(f"{sum(p.rows for p in proofs)} figures proved, {len(findings)} findings")
    return 1 if findings else 0


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the text of the report, a paragraph a line")
    parser.add_argument("--region", required=True, help="the region that the report is of")
    parser.add_argument("--year", required=True, type=int, help="the year that it reviews")
    parser.add_argument("--review", type=Path, help="write a page on which to decide on each row")
    parser.add_argument("--out", type=Path, help="write the rows as a text table")


def _read(options: argparse.Namespace) -> int:
    from provstats.reports.drafts import read_report

    draft = read_report(options.file, region=options.region, year=options.year)
    for row in draft.rows.itertuples():
        print(
            f"{row.certainty:5} {row.paragraph:4}  {row.indicator}  {row.period}  {row.nature}  "
            f"{row.printed}  {row.reason}".rstrip()
        )
    sure = int((draft.rows["certainty"] == "sure").sum())
    print(
        f"{sure} sure rows, {len(draft.rows) - sure} to check, {len(draft.unread)} numerals unread"
    )
    for path in (
        options.review and draft.to_review(options.review),
        options.out and draft.to_table(options.out),
    ):
        if path:
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
