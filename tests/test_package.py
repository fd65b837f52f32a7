"""The package as a whole: what importing costs, what is public, which way imports run."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import provstats as ps

PACKAGE = Path(ps.__file__).parent
# Each module may import only what stands before it.
ORDER = [
    "errors", "files", "fonts", "numerals", "units", "figures", "keys", "periods", "places",
    "documents", "blocks", "frames", "engines", "answers", "codes", "intervals", "columns",
    "values", "cells", "panels", "routes", "observations", "indicators", "phrases", "languages",
    "indicator_series", "comparables", "groups", "benchmarks", "marks", "changes", "bases",
    "calendars", "ranks", "standings", "compare", "reconciliations", "plans.schemas",
    "plans.meanings", "plans.relations", "plans.ranks", "plans.gaps", "plans.changes", "plans",
    "inequalities", "dispersions", "weights", "composites", "goals", "claims", "scorecards",
    "labels", "plot.alternatives", "plot.grids", "plot.lines", "plot.captions", "plot.findings",
    "plot.selections", "plot.canvases", "plot.columns", "plot.scales", "plot.timelines",
    "plot.ends", "plot.margins", "plot.insets", "plot.rankings", "plot.gaps", "plot.changes",
    "plot.trends", "plot.multiples", "plot.rooms", "plot.keys", "plot.cells", "plot.steps",
    "plot.tilemaps", "plot.standings", "plot.scorecards", "plot.spines", "plot.profiles",
    "plot.tallies", "plot.coverages", "plot", "tables", "citations", "__init__", "__main__",
]  # fmt: skip


def module_of(path: Path) -> str:
    """Return the name of a module below the package; of a package, that of its folder."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


PATHS = {module_of(path): path for path in PACKAGE.rglob("*.py")}


def imports_of(module: str) -> set[str]:
    """Return the modules of the package that a module names in its imports."""
    tree = ast.parse(PATHS[module].read_text(encoding="utf-8"))
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    names = {node.module or "" for node in froms}
    return {name.removeprefix("provstats.") for name in names if name.startswith("provstats.")}


@pytest.mark.parametrize("module", ORDER)
def test_imports_run_one_way(module):
    """A module imports only modules below it."""
    assert imports_of(module) <= set(ORDER[: ORDER.index(module)])


def test_order_names_every_module():
    """No module escapes the rule."""
    assert set(PATHS) == set(ORDER)


def test_no_module_hides_a_function():
    """Loading a submodule sets an attribute of the package: it must not be a public function."""
    assert set(ORDER) & set(ps.__all__) == {"plot"}
    assert not set(ORDER) & {f"plot.{name}" for name in ps.plot.__all__}


def test_import_is_light():
    """Importing loads neither pandas nor matplotlib nor pyarrow nor numpy, and is silent."""
    code = (
        "import sys, provstats.languages; "
        "print(sorted({'pandas', 'matplotlib', 'pyarrow', 'numpy', 'narwhals'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=True, cwd=PACKAGE.parent,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_public_names():
    """Every public name is there, is listed, and has a docstring."""
    assert set(ps._HOME_OF) | {"plot"} == set(ps.__all__) <= set(dir(ps))
    assert all(inspect.getdoc(getattr(ps, name)) for name in ps.__all__)


def test_unknown_name():
    """A name that is not public is refused as in any module."""
    with pytest.raises(AttributeError, match="'provstats' has no attribute 'ranking'"):
        _ = ps.ranking


@pytest.mark.parametrize(
    "error",
    [
        ps.UnknownRegionError, ps.UnknownIndicatorError, ps.FigureError, ps.PeriodError,
        ps.IncomparableError, ps.SchemaError,
    ],
)  # fmt: skip
def test_errors_have_one_root(error):
    """Whoever catches the root catches every error."""
    assert issubclass(error, ps.ProvstatsError)


def test_readme_counts_what_there_is():
    """The README's numbers are those of the data."""
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    data = ps.load(nature=None, vintage=None)
    assert f"{len(data):,} figures of {data['indicator'].nunique()} indicators" in readme


def test_readme_links_lead_somewhere():
    """Every relative link and picture of the README is in the repository."""
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert "docs/gallery/ranking-en.png" in targets
    assert [target for target in targets if not (PACKAGE.parent / target).is_file()] == []
