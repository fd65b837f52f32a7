"""Works: the commands that write files, or prove and compare those that there are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from provstats.analysis.check_text import check_text
from provstats.building.build import build
from provstats.building.changes import compare_data_files, summarize_changes
from provstats.building.verify import verify
from provstats.formats.export import export
from provstats.reports.drafts import read_report
from provstats.service.server import run_server
from provstats.shell.printing import print_answer
from provstats.shell.streams import read_terminal_lang
from provstats.store.sources import sources
from provstats.tables.table import table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    import pandas as pd

__all__ = ["WORKS"]


def _build_data(_: argparse.Namespace) -> int:
    _print_progress("building the data")
    print(f"built {build()}")
    return 0


def _verify_figures(options: argparse.Namespace) -> int:
    proofs, encoded = [], set(sources()["sha256"])
    for proof in verify(options.folder):
        state = "FAILED" if proof.findings else "proved"
        other = "" if proof.sha256 in encoded else "; another text than was encoded"
        print(
            f"{state} {proof.source}: {proof.rows} figures stand in their paragraphs; "
            f"{proof.numerals} numerals, {proof.excluded} of them in the ledger of exclusions"
            f"{other}",
            flush=True,
        )
        proofs.append(proof)
    findings = [finding for proof in proofs for finding in proof.findings]
    for finding in findings:
        print(f"  {finding}")
    print(f"{sum(p.rows for p in proofs)} figures proved, {len(findings)} findings")
    return 1 if findings else 0


def _print_progress(progress: str) -> None:
    """Say what takes time, to someone who waits at a terminal."""
    if sys.stderr.isatty():
        print(f"{progress} ...", file=sys.stderr)


def _print_draft(options: argparse.Namespace) -> int:
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


def _check_text_file(options: argparse.Namespace) -> int:
    found = check_text(options.file)
    if options.format == "text" and found.empty:
        print("the text has no figure")
        return 0
    columns = ["paragraph", "text", "region", "indicator", "period", "verdict", "reason"]
    lang = options.lang or read_terminal_lang()
    print_answer(found, lambda: table(found, lang=lang, columns=columns), options.format)
    return 1 if "contradicted" in set(found["verdict"]) else 0


def _export_data(options: argparse.Namespace) -> int:
    _print_progress("writing the data")
    folder = export(options.folder, options.as_)
    print(f"wrote the data as {options.as_} into {folder}")
    return 0


def _print_changes(options: argparse.Namespace) -> int:
    rows = compare_data_files(options.old, options.new)
    if options.format == "text" and rows.empty:
        print("no figure was added, changed or withdrawn")
        return 0
    print_answer(rows, lambda: summarize_changes(rows), options.format)
    if options.format == "text":
        print(_say_change_counts(rows["change"]))
    return 0


def _say_change_counts(kinds: pd.Series) -> str:
    """Say how many figures were changed in which way."""
    counts = kinds.value_counts(sort=False)
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _serve_mcp(_: argparse.Namespace) -> int:
    run_server()
    return 0


WORKS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "export": _export_data,
    "changes": _print_changes,
    "read": _print_draft,
    "check": _check_text_file,
    "verify": _verify_figures,
    "build": _build_data,
    "mcp": _serve_mcp,
}
