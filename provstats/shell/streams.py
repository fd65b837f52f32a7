"""Streams: a terminal without Chinese, and a reader that stops reading."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Final

from provstats.words.languages import choose_language

if TYPE_CHECKING:
    from provstats.words.languages import Lang

__all__ = [
    "BROKEN_PIPE",
    "INTERRUPTED",
    "can_print_unicode",
    "drop_unread_output",
    "read_terminal_lang",
    "set_stream_escapes",
]

#: What a shell reports of a program whose reader has gone: 128 and the number of the signal.
BROKEN_PIPE: Final = 141
#: The same of one that was stopped at the keyboard.
INTERRUPTED: Final = 130


def set_stream_escapes() -> None:
    """Let a stream that has no Chinese print its characters by number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def can_print_unicode() -> bool:
    """Tell whether standard output has all characters."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def read_terminal_lang() -> Lang:
    """Return the language of the terminal: what its environment says, else that of the locale."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next(filter(None, named), "")
    if chosen:
        return "zh" if chosen.lower().startswith("zh") else "en"
    return choose_language(None).lang


def drop_unread_output() -> int:
    """Give up writing, for nobody reads any more; return the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return BROKEN_PIPE
