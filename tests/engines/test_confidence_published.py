"""Confidence sets for ranks beside a published example: 37 countries in mathematics, PISA 2018.

Scores and standard errors are those of the OECD, as the data set ``pisa2018`` of the R package
csranks 1.2.2 has them; ranks and sets are what its reference page prints of ``csranks(math_score,
diag(math_se^2))``, with ``simul=FALSE`` and ``simul=TRUE``: 95 percent, two-sided, stepwise, the
quantile of 1,000 draws without a seed. The package is by the authors of the method. What follows
from the values is exactly alike; the sets rest on two simulations, and may part as far as these do.
"""

from __future__ import annotations

import pandas as pd
import pytest

from provstats import Panel, rank
from provstats.engines import confidence

#: Country, score, standard error; as printed: rank, marginal set, simultaneous set.
PRINTED = """\
Australia       491.3600252 1.939833031 24 15 26 12 30
Austria         498.9423138 2.970998694 18 10 24  7 26
Belgium         508.0703063 2.262662011 10  5 18  4 18
Canada          512.0169429 2.357475749  7  4 12  3 17
Chile           417.4065563  2.41588757 35 35 36 35 36
Colombia        390.9322732 2.989559274 37 37 37 37 37
Czech_Republic  499.4676508 2.460661531 17 10 24  7 25
Denmark         509.3983746 1.735002337  8  5 14  4 18
Estonia         523.4145802 1.743602224  3  1  6  1  6
Finland         507.3013618 1.967920411 11  5 18  4 18
France          495.4075794 2.320214487 20 12 26 12 26
Germany         500.0437805 2.647083096 15 10 24  7 25
Greece          451.3703438 3.091228197 34 32 34 32 34
Hungary         481.0826364 2.319596741 30 25 31 23 31
Iceland         495.1873762 1.953082603 21 12 26 12 26
Ireland          499.632894 2.198621128 16 10 24  8 25
Israel          463.0345488 3.498563228 32 32 34 31 34
Italy           486.5898573 2.780045867 25 19 31 15 31
Japan           526.9732502 2.471475318  1  1  4  1  6
Korea            525.933002 3.121394315  2  1  6  1  7
Latvia          496.1263306 1.962766789 19 12 25 12 26
Lithuania       481.1911884 1.953282039 29 25 31 23 31
Luxembourg       483.421485 1.097632409 27 25 31 23 31
Mexico          408.8014734 2.493225544 36 35 36 35 36
Netherlands     519.2309824 2.632277885  4  1  7  1 11
New_Zealand      494.489676 1.705942856 22 12 26 12 26
Norway          500.9637885 2.219044878 14 10 23  7 24
Poland          515.6478747 2.602085176  5  2 11  1 12
Portugal        492.4874062 2.684570081 23 12 26 12 31
Slovak_Republic 486.1648542 2.555595707 26 20 31 18 31
Slovenia        508.8975441 1.363877596  9  5 14  4 18
Spain           481.3926126 1.462417763 28 25 31 24 31
Sweden          502.3877022 2.654250935 12  7 23  5 24
Switzerland     515.3147131 2.908003898  6  2 11  1 13
Turkey          453.5077774 2.260406789 33 32 34 32 34
United_Kingdom  501.7698992 2.564428111 13  8 23  6 24
United_States   478.2447174 3.235444099 31 25 31 23 32
"""
SETS = [
    "rank_marginal_lower", "rank_marginal_upper",
    "rank_simultaneous_lower", "rank_simultaneous_upper",
]  # fmt: skip
#: The quantile of 0.95 in 1,000 draws, and the standard error of the place of such a quantile.
PLACE, ERROR = 950, 6.9


def published():
    """Return the scores as a panel of one's own regions, and the table as printed."""
    names = ["region", "value", "se", "rank", *SETS]
    table = pd.DataFrame([line.split() for line in PRINTED.splitlines()], columns=names)
    table = table.astype({"value": float, "se": float, **dict.fromkeys(["rank", *SETS], int)})
    rows = table[["region", "value", "se"]].assign(indicator="mathematics", period=2018)
    return Panel(rows, regions=set(rows["region"])), table


def ranked_at(place, monkeypatch):
    """Rank with a bar that so many of 1,000 draws do not reach."""
    monkeypatch.setattr(confidence, "BAR", place)
    return rank(published()[0], se="se")


def test_ranks():
    """Ranks follow from the scores alone."""
    panel, table = published()
    assert rank(panel, se="se")["rank"].tolist() == table["rank"].tolist()


def test_sets_are_the_published_ones_as_far_as_simulations_agree(monkeypatch):
    """Printed ends lie between those of bars three standard errors of two simulations apart."""
    _, table = published()
    far = round(3 * 2**0.5 * ERROR)
    least, most = (ranked_at(PLACE + step, monkeypatch) for step in (-far, far))
    for lower, upper in (SETS[:2], SETS[2:]):
        assert (most[lower] <= table[lower]).all()
        assert (table[lower] <= least[lower]).all()
        assert (least[upper] <= table[upper]).all()
        assert (table[upper] <= most[upper]).all()


@pytest.mark.parametrize("name", SETS)
def test_our_bar_errs_on_the_side_of_wider_sets(name):
    """Two standard errors above the quantile our ends are the printed ones, or one or two wider."""
    panel, table = published()
    wider = (rank(panel, se="se")[name] - table[name]) * (1 if name.endswith("upper") else -1)
    assert wider.between(-1, 3).all()
    assert (wider == 0).mean() > 0.5
