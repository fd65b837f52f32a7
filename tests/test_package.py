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
from provstats.store.regions import list_mainland_codes

PACKAGE = Path(ps.__file__).parent
# Each room may import only from itself and from what stands before it.
ROOMS = [
    "errors", "reading", "store", "catalogue", "indicators", "words", "reports", "building",
    "engines", "compare", "analysis", "tables", "plot", "formats", "service", "shell", "__init__",
    "__main__",
]  # fmt: skip


def module_of(path: Path) -> str:
    """Return the name of a module below the package; of a room, that of its folder."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


PATHS = {module_of(path): path for path in PACKAGE.rglob("*.py")}
ROOT = "__init__"


def names_in(node: ast.AST, module: str) -> list[str]:
    """Return what an import statement names, as full dotted names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    package = ["provstats", *module.split(".")]
    own = package if PATHS[module].name == "__init__.py" else package[:-1]
    base = [*own[: len(own) - node.level + 1]] if node.level else []
    start = ".".join([*base, *filter(None, [node.module])])
    return [f"{start}.{alias.name}" for alias in node.names]


def home_of(name: str) -> str | None:
    """Return the module that a full dotted name leads to; None outside the package."""
    parts = name.split(".")
    if parts.pop(0) != "provstats":
        return None
    while parts and ".".join(parts) not in PATHS:
        parts.pop()
    return ".".join(parts) or ROOT


def statements_of(module: str) -> list[ast.AST]:
    """Return what runs: all of a module but what stands under TYPE_CHECKING."""
    tree = ast.parse(PATHS[module].read_text(encoding="utf-8"))
    typing = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    ]
    return [node for node in ast.walk(tree) if node not in set(typing)]


def imports_of(module: str) -> set[str]:
    """Return the modules of the package that a module imports, wherever and in whatever form."""
    found = {home_of(name) for node in statements_of(module) for name in names_in(node, module)}
    return {home for home in found if home} - {module}


def room_of(module: str) -> str:
    """Return the top level's entry that holds a module."""
    return module.partition(".")[0]


INNER = sorted(set(PATHS) - {ROOT})


@pytest.mark.parametrize("module", INNER)
def test_imports_run_one_way(module):
    """A module imports from its own room and from those below it, and never the front door."""
    allowed = ROOMS[: ROOMS.index(room_of(module)) + 1]
    assert {room_of(name) for name in imports_of(module)} <= set(allowed) - {ROOT}


def test_no_imports_in_a_circle():
    """Whoever takes away modules that import nothing that is left takes away all."""
    left = {module: imports_of(module) for module in INNER}
    while free := [module for module, needed in left.items() if not needed & set(left)]:
        left = {module: needed for module, needed in left.items() if module not in free}
    assert left == {}


@pytest.mark.parametrize("module", INNER)
def test_no_import_by_text(module):
    """A name in a text hides an import; the front door alone has them, to load nothing early."""
    calls = [ast.unparse(n.func) for n in statements_of(module) if isinstance(n, ast.Call)]
    assert not [call for call in calls if call.endswith(("import_module", "__import__"))]


def test_every_module_has_a_room():
    """No module escapes the order, and no room of the order is gone."""
    assert {room_of(module) for module in PATHS} == set(ROOMS)


VERBS = set((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())
# What others call by these names, and what users do.
FIXED = {"main", "_repr_html_", "_repr_mimebundle_", "latest", "of_months", *ps.__all__}


def functions_of(tree):
    """Return the functions of a module that are neither properties nor those of Python itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
            kinds = [ast.unparse(decorator) for decorator in node.decorator_list]
            if not {"property", "cached_property"} & set(kinds):
                yield node.name


def test_a_function_is_a_verb_and_its_object():
    """Each begins with a verb of the list, to which a new one may be added."""
    names = {
        (module, name)
        for module, path in PATHS.items()
        for name in functions_of(ast.parse(path.read_text(encoding="utf-8")))
        if name not in FIXED.union(ps.plot.__all__)
    }
    assert len(names) > 1000
    assert [name for name in names if name[1].strip("_").split("_")[0] not in VERBS] == []


def test_no_variable_is_a_preposition():
    """A variable says what it holds, which ``of`` does not."""
    found = {
        module
        for module, path in PATHS.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if getattr(node, "arg", getattr(node, "id", "")) == "of"
    }
    assert found == {"service.tools"}  # programs call `cite(of=...)`


def test_no_room_hides_a_function():
    """Loading a room sets an attribute of the package: it must not be a public function."""
    assert set(ROOMS) & set(ps.__all__) == {"plot"}


def test_import_is_light():
    """Importing loads neither pandas nor matplotlib nor pyarrow nor numpy, and is silent."""
    code = (
        "import sys, provstats.words.languages; "
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
    readme = " ".join((PACKAGE.parent / "README.md").read_text(encoding="utf-8").split())
    data = ps.load(nature=None, vintage=None)
    assert f"{len(data):,} figures of {data['indicator'].nunique()} indicators" in readme
    own = ps.load().query("region in @provinces", local_dict={"provinces": list_mainland_codes()})
    held = own.groupby(["indicator", "period"])["region"].nunique().groupby("indicator").max()
    panel = f"{(held == 31).sum()} indicators are reported by all 31 provinces"
    assert f"{panel}, {(held >= 29).sum()} by 29 or more" in readme
    few, alone = held.between(2, 28).sum(), (held == 1).sum()
    assert f"{few} more indicators are reported by 2 to 28 provinces, {alone} by one" in readme


def test_readme_counts_the_claims():
    """What the README shows of claims is what the data give."""
    readme = " ".join((PACKAGE.parent / "README.md").read_text(encoding="utf-8").split())
    claims = ps.check_claims()
    counts = claims["verdict"].value_counts()
    told = ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
    assert f"value_counts() # {told} " in readme
    assert claims["en"].iloc[3] in readme.replace(" > ", " ")


def test_chinese_readme_counts_what_there_is():
    """The Chinese page tells the same numbers and commands."""
    english, chinese = (
        (PACKAGE.parent / name).read_text(encoding="utf-8")
        for name in ("README.md", "README.zh.md")
    )
    held = re.search(r"holds ([\d,]+) figures of (\d+) indicators", english)
    assert f"收录 {held[2]} 个指标的 {held[1]} 个数据" in chinese
    panel = re.search(r"(\d+) indicators are reported by all 31 provinces, (\d+)", english)
    assert f"{panel[1]} 个指标 31 个省份齐全，{panel[2]} 个至少有 29 个省份" in chinese
    assert re.search("```bash\n.*?```", english, re.DOTALL)[0] in chinese


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_links_lead_somewhere(name):
    """Every relative link and picture of the README is in the repository."""
    readme = (PACKAGE.parent / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert len(targets) > 5
    assert [target for target in targets if not (PACKAGE.parent / target).is_file()] == []
