"""The command line: ``python -m provstats --help`` says which commands there are."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        The command and its options; those of the process by default.

    Returns
    -------
    int
        0; 1 for any of the named errors, or where the documents do not bear the data out. Wrong
        usage ends the process with 2.
    """
    from provstats.shell.run import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
