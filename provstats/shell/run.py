"""Run: one command, from its arguments to its exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from provstats.errors import ProvstatsError
from provstats.shell.arguments import build_parser
from provstats.shell.questions import QUESTIONS
from provstats.shell.streams import INTERRUPTED, drop_unread_output, set_stream_escapes
from provstats.shell.works import WORKS

if TYPE_CHECKING:
    import argparse

__all__ = ["run"]


def run(arguments: list[str] | None) -> int:
    """Run a command and return its exit status; what is wrong is said on standard error."""
    set_stream_escapes()
    options = build_parser().parse_args(arguments)
    try:
        status = _run_command(options)
        sys.stdout.flush()
    except ProvstatsError as error:
        return _print_error(type(error).__name__, str(error))
    except BrokenPipeError:
        return drop_unread_output()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _print_error("SchemaError", str(error))
    return status


def _run_command(options: argparse.Namespace) -> int:
    if options.command in WORKS:
        return WORKS[options.command](options)
    QUESTIONS[options.command](options)
    return 0


def _print_error(name: str, text: str) -> int:
    print(f"{name}: {text}", file=sys.stderr)
    return 1
