"""Numbers: units that readers know, decimals as printed, signs that are true."""

from __future__ import annotations

import pytest
from drawings import frame
from hypothesis import example, given
from hypothesis import strategies as st

import provstats as ps
from provstats.words.languages import Language
from provstats.words.numbers import Scale, choose_scale, format_signed_number

ZH, EN = Language("zh"), Language("en")


def printed(rows, language=EN, **options):
    """Print all values of a frame."""
    scale = choose_scale(rows, language, **options)
    return [
        scale.format_value(*row) for row in rows[["value", "lower", "upper"]].to_numpy().tolist()
    ]


@pytest.mark.parametrize(
    ("value", "width", "said"),
    [
        (8.3, 0.1, "8.3%"), (7, 1, "7%"), (7, 0.1, "7.0%"), (-3.9, 0.1, "−3.9%"), (-0.0, 0, "0%"),
        (-0.00001, 0.1, "−0.00001%"), (12345, 0, "12,345%"), (78.333333, 0, "78.33%"),
        (1234.5, 0, "1,234.5%"), (0.0234, 0, "0.0234%"),
    ],
)  # fmt: skip
def test_decimals(value, width, said):
    """Digits are those of the figure, signs are true signs, and zero has none."""
    assert printed(frame([value], width=width)) == [said]


def test_decimals_are_alike():
    """Values whose intervals do not come from rounding share their decimals."""
    assert printed(frame([76, 75.8], width=0.33)) == ["76.0%", "75.8%"]


def test_no_false_decimals():
    """What was worked out has four significant digits at the greatest, not all of the least."""
    assert printed(frame([11115.396, 5.396, 0.0], unit="元/人"), ZH) == [
        "11,115元/人",
        "5元/人",
        "0元/人",
    ]
    assert printed(frame([11.15396, 5.396], unit="GW")) == ["11.15 GW", "5.40 GW"]


AMOUNT = frame([1e12]).assign(unit="CNY", indicator="software_revenue")


@pytest.mark.parametrize(
    ("value", "half", "zh", "en"),
    [
        (4.3e12, 1e11, "4.3万亿元", "CNY 4.3 trn"),
        (3.482e11, 5e7, "3,482亿元", "CNY 348.2 bn"),
        (2392.7e8, 5e6, "2,392.7亿元", "CNY 239.27 bn"),
        (7.2e8, 5e6, "7.2亿元", "CNY 0.72 bn"),
        (54321, 0, "54,321元", "CNY 54,321"),
        (5.5e7, 5e5, "0.55亿元", "CNY 55 m"),
    ],
)
def test_amounts(value, half, zh, en):
    """The greatest unit that needs few decimals, and in which the least is still readable."""
    rows = AMOUNT.assign(value=value, lower=value - half, upper=value + half)
    assert printed(rows, ZH) == [zh]
    assert printed(rows, EN) == [en]


def test_counts():
    """万 where it was printed so, a full count in full."""
    rows = frame([11000], unit="count").assign(lower=10500, upper=11500)
    assert printed(rows, ZH) == ["1.1万"]
    assert printed(frame([857, 2089], unit="count"), ZH) == ["857", "2,089"]
    assert printed(frame([21843000], unit="count").assign(lower=21842500, upper=21843500)) == [
        "21.843 m"
    ]


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("GW", "3 GW", "3 GW"),
        ("项", "3项", "3项"),
        ("{x}", "3 {x}", "3 {x}"),
        ("mu", "3亩", "3 mu"),
        ("percentage_point", "3个百分点", "3 pp"),
    ],
)
def test_other_units(unit, zh, en):
    """Units follow their number, whatever is in them."""
    assert printed(frame([3], unit=unit), ZH) == [zh]
    assert printed(frame([3], unit=unit), EN) == [en]


def test_units_asked_for():
    """A caller's unit stands, with the decimals that it needs; others are refused by name."""
    rows = AMOUNT.assign(value=3.482e11, lower=3.4815e11, upper=3.4825e11)
    assert printed(rows, ZH, unit="万亿元") == ["0.3482万亿元"]
    assert printed(rows, EN, unit="CNY bn") == ["CNY 348.2 bn"]
    with pytest.raises(ps.SchemaError, match=r"\['万亿元', '亿元', '万元', '元'\], got '万亿'"):
        printed(rows, ZH, unit="万亿")


@given(st.floats(-1000, 1000, allow_subnormal=False), st.integers(0, 3))
def test_no_signed_zero(value, digits):
    """A difference that is printed as zero has no sign; any other has one."""
    text = format_signed_number(value, digits)
    assert (text[0] in "+−") == any(c in "123456789" for c in text)
    assert "-" not in text


@given(st.integers(-9999, 9999), st.integers(0, 3))
def test_a_rounded_figure_is_printed_as_it_was(number, digits):
    """From the interval of a rounded figure its decimals are known again."""
    value, half = number / 10**digits, 0.5 / 10**digits
    label = Scale(1.0, "{}").format_value(value, value - half, value + half)
    assert label == f"{value:z,.{digits}f}".replace("-", "−")


INFINITE = float("inf")


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((8.25, 8.35), ("8.25", "8.35")),
        ((1e9, 2e9), ("1,000,000,000", "2,000,000,000")),
        ((2.0, INFINITE), ("2", "∞")),
        ((-INFINITE, INFINITE), ("−∞", "∞")),
    ],
)
def test_ends(ends, said):
    """Ends have the decimals that they need; one that is infinite is the sign of it."""
    assert Scale(1.0, "{}").format_bounds(*ends) == said


@given(st.floats(allow_nan=False), st.floats(allow_nan=False), st.integers(0, 6))
def test_any_ends_are_printed(low, high, most):
    """No number is too great or too small to be printed."""
    assert all(Scale(1.0, "{}").format_bounds(*sorted((low, high)), most))


@example(value=100000000000.5, around=(0.0, 0.0))
@given(
    st.floats(-1e13, 1e13) | st.floats(-200, 200),
    st.tuples(*[st.floats(0, 1e13) | st.floats(0, 1) | st.floats(0, 1e-5)] * 2),
)
def test_a_label_is_within_the_ends_beside_it(value, around):
    """The ends are rounded outwards where the label is rounded."""
    scale, lower, upper = Scale(1.0, "{}", 1), value - around[0], value + around[1]
    digits = scale.choose_decimals(value, lower, upper)
    texts = (
        scale.format_value(value, lower, upper),
        *scale.format_matching_bounds(value, digits, lower, upper),
    )
    label, low, high = (float(text.replace("−", "-").replace(",", "")) for text in texts)
    assert low <= label <= high
