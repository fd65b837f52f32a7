"""Stub."""

from typing import Any


def tilemap_spec(*args: Any) -> Any: ...
