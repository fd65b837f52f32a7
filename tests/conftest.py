"""What all tests share: a backend without a screen, closed figures, a steady Hypothesis profile."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from hypothesis import HealthCheck, settings

mpl.use("Agg")
settings.register_profile(
    "provstats", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("provstats")


@pytest.fixture(autouse=True)
def _no_open_figures():
    """Close what a test has drawn."""
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


@pytest.fixture
def no_chinese(monkeypatch):
    """Make sure that no Chinese font is found."""
    monkeypatch.setattr("provstats.words.fonts._register_family", lambda _: [])
    monkeypatch.setattr("provstats.words.fonts._SYSTEM", ())
