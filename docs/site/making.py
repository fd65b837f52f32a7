"""Making: the generated pages as tasks, each of which writes its page in both languages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pages import api, data_model, documents, domains, gallery, indicators, provinces
from shipped import catalogued, paged
from shipped import documents as all_documents
from shipped import provinces as all_provinces
from words import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meanings import Lang
    from writing import Page

__all__ = ["Task", "make", "tasks"]


class Task(NamedTuple):
    """One page in both languages: the section it is listed in, and its subject, if it has one."""

    section: str
    subject: str = ""


@cache
def tasks() -> list[Task]:
    """Return all pages, in the order in which lists have them."""
    sections = {
        "indicators": ["", *paged()], "domain": [*catalogued()],
        "provinces": ["", "CN", *all_provinces()],
        "documents": ["", *all_documents()["id"]],
        "gallery": [""], "data_model": [""], "api": ["", *api.public_names()],
    }  # fmt: skip
    return [Task(section, subject) for section, many in sections.items() for subject in many]


def make(task: Task, build: Path) -> tuple[str, dict[Lang, Page]]:
    """Make a page in both languages, and return them without their text."""
    return task.section, {lang: _made(task, lang, build) for lang in LANGS}


def _made(task: Task, lang: Lang, build: Path) -> Page:
    beside = build / "html" / lang
    page = _page(task, lang, beside)
    page.write(build / "source" / lang, beside)
    return replace(page, blocks=())


def _page(task: Task, lang: Lang, beside: Path) -> Page:
    section, subject = task
    pages: dict[str, Callable[[], Page]] = {
        "indicators": lambda: indicators.page_of(subject, lang, beside),
        "domain": lambda: domains.page_of(subject, lang),
        "provinces": lambda: provinces.page_of(subject, lang, beside),
        "documents": lambda: documents.page_of(subject, lang),
        "api": lambda: api.page_of(subject, lang),
    }
    lists: dict[str, Callable[[], Page]] = {
        "indicators": lambda: domains.index_page(lang),
        "provinces": lambda: provinces.index_page(lang),
        "documents": lambda: documents.index_page(lang),
        "gallery": lambda: gallery.page_of(lang, beside),
        "data_model": lambda: data_model.page_of(lang),
        "api": lambda: api.index_page(lang),
    }
    return (pages if subject else lists)[section]()
