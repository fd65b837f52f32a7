"""Running: the examples of hand-written pages, in one kernel that is reset before each page.

A kernel for each page, as myst-nb starts them, would take longer than all that is run in it.
"""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["run_pages"]

# What a page must not see of the one before it; no name stays, or a page could lack its import.
_CLEAN: Final = """\
%reset -f
__import__("matplotlib.pyplot").pyplot.close("all")
__import__("matplotlib").rcdefaults()
__import__("provstats").set_language(None)
%config InlineBackend.figure_format = "retina"
"""


def run_pages(paths: Sequence[Path]) -> int:
    """Run the pages that have code, and write each as a notebook beside; return how many.

    A cell that raises, or that writes a warning, ends it.
    """
    pages = [path for path in paths if is_myst_markdown_notebook(path.read_text(encoding="utf-8"))]
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    with TemporaryDirectory() as folder:
        client = NotebookClient(nbformat.v4.new_notebook(), kernel_name="python3", timeout=300)
        client.extra_arguments = ["--log-level=ERROR"]
        with client.setup_kernel(env={**os.environ, **inline}, cwd=folder):
            for path in pages:
                _run_page(path, client)
    return len(pages)


def _run_page(path: Path, client: NotebookClient) -> None:
    notebook = read_myst_markdown_notebook(path.read_text(encoding="utf-8"))
    client.nb = nbformat.from_dict(notebook)
    client.nb.cells.insert(0, nbformat.v4.new_code_cell(_CLEAN))
    for place, cell in enumerate(client.nb.cells):
        client.execute_cell(cell, place)
        _refuse_warnings(cell, path)
    del client.nb.cells[0]
    nbformat.write(client.nb, path.with_suffix(".ipynb"))


def _refuse_warnings(cell: nbformat.NotebookNode, path: Path) -> None:
    told = [output["text"] for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    if told:
        msg = f"{path.name} writes to the standard error:\n{cell['source']}\n{''.join(told)}"
        raise RuntimeError(msg)
