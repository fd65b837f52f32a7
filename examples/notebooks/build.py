"""Build the notebooks of this folder: ``python examples/notebooks/build.py [NAME ...]``.

The source of each is the script of its name in the folder above, in the percent format. It is run
from the top, and its outputs are kept; nothing is kept that would differ in another run. Running
needs ``pip install ".[docs]"``, reading a script nothing.
"""

from __future__ import annotations

import os
import re
import sys
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parent
SCRIPTS = NOTEBOOKS.parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read_cells(script: str) -> list[tuple[str, str]]:
    """Return the kind, ``code`` or ``markdown``, and the text of each cell of a script."""
    head, *parts = re.split(r"^# %%(.*)\n", script, flags=re.MULTILINE)
    markers, texts = parts[::2], [part.strip("\n") for part in parts[1::2]]
    if head or set(markers) - {"", " [markdown]"}:
        msg = f"a script starts with '# %%' and knows '# %% [markdown]', got {head!r}, {markers}"
        raise ValueError(msg)
    return [
        ("markdown", re.sub("^# ?", "", text, flags=re.MULTILINE)) if marker else ("code", text)
        for marker, text in zip(markers, texts, strict=True)
    ]


def make_notebook(script: Path) -> dict[str, Any]:
    """Return the notebook of a script, not yet run."""
    cells = [
        {"cell_type": kind, "id": f"{script.stem}-{place}", "metadata": {}, "source": text}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for place, (kind, text) in enumerate(read_cells(script.read_text(encoding="utf-8")), 1)
    ]
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def build(script: Path) -> Path:
    """Run the notebook of a script in an empty folder, and write it with its outputs."""
    import nbformat  # noqa: PLC0415 - reading cells needs neither
    from nbclient import NotebookClient  # noqa: PLC0415

    notebook = nbformat.from_dict(make_notebook(script))
    with TemporaryDirectory() as empty:
        NotebookClient(
            notebook, record_timing=False, coalesce_streams=True,
            resources={"metadata": {"path": empty}},
        ).execute()  # fmt: skip
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    if warned := [output.text for output in outputs if output.get("name") == "stderr"]:
        msg = f"{script.name} warns: {''.join(warned)}"
        raise RuntimeError(msg)
    for output in outputs:
        if "image/png" in output.get("data", {}):
            output.data["image/png"] = _shrink_picture(output.data["image/png"])
    notebook.metadata = METADATA
    path = NOTEBOOKS / f"{script.stem}.ipynb"
    nbformat.write(notebook, path)
    return path


def _shrink_picture(picture: str) -> str:
    """Return a picture in a palette of 128 colours, in half the bytes."""
    from PIL import Image  # noqa: PLC0415 - comes with Matplotlib

    buffer = BytesIO()
    image = Image.open(BytesIO(b64decode(picture)))
    image.convert("RGB").quantize(128).save(buffer, "png", optimize=True)
    return b64encode(buffer.getvalue()).decode()


def main(names: list[str]) -> None:
    """Build the notebooks named, or all."""
    os.environ["LC_ALL"] = "C.UTF-8"  # the kernels inherit it, and the charts their language
    for script in sorted(SCRIPTS.glob("*.py")):
        if not names or script.stem in names:
            path = build(script)
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
