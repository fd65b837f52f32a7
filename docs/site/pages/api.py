"""Pages of the API: one for each public name, from its docstring, and the list of them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Final

from words import say
from writing import Either, Page, Table, make_fenced_block

import provstats as ps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meanings import Lang
    from writing import Block

__all__ = ["list_public_names", "make_index_page", "make_page"]

#: The order of the rooms in the list; one that is not named here would be an error.
_ROOMS: Final = (
    "catalogue", "compare", "analysis", "plot", "tables", "reports", "reading", "store", "formats",
    "words", "errors",
)  # fmt: skip
#: The modules, to which docstrings refer; they have no page of their own.
_MODULES: Final = ".. py:module:: provstats\n\n.. py:module:: provstats.plot"
#: Rooms whose names stand with those of another one.
_WITH: Final = {"engines": "compare", "indicators": "catalogue"}


def list_public_names() -> Mapping[str, object]:
    """Return all public names with what they are, those of the charts behind the others."""
    own = {f"provstats.{name}": getattr(ps, name) for name in ps.__all__ if name != "plot"}
    return own | {f"provstats.plot.{name}": getattr(ps.plot, name) for name in ps.plot.__all__}


def _find_room(name: str, value: object) -> str:
    """Return the room of a public name: that of its module."""
    if name.startswith("provstats.plot."):
        return "plot"
    module = getattr(value, "__module__", "provstats.store.observations").split(".")[1]
    return _WITH.get(module, module)


def _read_summary(value: object) -> str:
    """Return the first line of the docstring of a name; a constant has that of its type."""
    told = inspect.getdoc(value) if callable(value) else None
    return (told or "").split("\n", maxsplit=1)[0]


def make_index_page(lang: Lang) -> Page:
    """Return the list of the public names, by the room that they live in."""
    rooms: dict[str, list[str]] = {room: [] for room in _ROOMS}
    for name, value in list_public_names().items():
        rooms[_find_room(name, value)].append(name)
    modules = Either(make_fenced_block(_MODULES, "{eval-rst}"), "")
    blocks: list[Block] = [say(lang, "api_told"), *_write_tables(rooms, lang), modules]
    return Page("api/index", say(lang, "api"), blocks, is_leaf=False)


def _write_tables(rooms: Mapping[str, list[str]], lang: Lang) -> Iterator[Block]:
    for room, names in rooms.items():
        yield f"## {say(lang, f'room_{room}')}"
        cells = [
            [
                f"[{_shorten_name(name)}](/api/{name}.md)",
                _simplify_backticks(_read_summary(list_public_names()[name])),
            ]
            for name in sorted(names, key=str.lower)
        ]
        yield Table([say(lang, "name"), say(lang, "meaning")], cells, "ll")


def _shorten_name(name: str) -> str:
    return name.replace("provstats", "ps", 1)


def _simplify_backticks(text: str) -> str:
    return text.replace("``", "`")


# --- a page for each name -------------------------------------------------------------------------


def make_page(name: str, lang: Lang) -> Page:
    """Return the page of a public name, of which Sphinx draws the docstring."""
    value = list_public_names()[name]
    block = Either(
        make_fenced_block(_make_directive(name, value), "{eval-rst}"), _write_docstring(name, value)
    )
    up = [f"[{say(lang, 'api')}](/api/index.md)"]
    return Page(
        f"api/{name}",
        _shorten_name(name),
        [block],
        _simplify_backticks(_read_summary(value)),
        up=up,
    )


def _make_directive(name: str, value: object) -> str:
    module, _, own = name.rpartition(".")
    kind = "data"
    if inspect.isclass(value):
        kind = "exception" if issubclass(value, BaseException) else "class"
    elif callable(value):
        kind = "function"
    members = "   :members:\n" if kind == "class" else ""
    return f".. currentmodule:: {module}\n\n.. auto{kind}:: {own}\n{members}"


def _write_docstring(name: str, value: object) -> str:
    """Return the signature and the docstring, for programs that read."""
    if not callable(value):
        return f"{value!r}"
    try:
        signature = f"{_shorten_name(name)}{inspect.signature(value)}"
    except ValueError:
        signature = _shorten_name(name)
    return f"{make_fenced_block(signature, 'python')}\n\n{inspect.getdoc(value)}"
