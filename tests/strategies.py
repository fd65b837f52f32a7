"""Shared Hypothesis strategies: printed figures in their many dresses, numerals, spans of months.

A printed figure is made together with what it must be read as, worked out here with fractions
from the parts of which it was put together, so that the library is never asked about itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from provstats.reading.numerals import spell_number

SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
COUNTED = ("家", "个", "项", "台", "户", "款")
AMOUNTS = {"元": "CNY", "美元": "USD", "公里": "km", "吨": "t", "亩": "mu"}
RATES = {"%": ("percent", 1), "成": ("percent", 10), "倍": ("percent", 100),
         "个百分点": ("percentage_point", 1)}  # fmt: skip
UNITS = {
    **dict.fromkeys(COUNTED, ("count", 1)),
    **{word: (unit, 1) for word, unit in AMOUNTS.items()},
    **RATES,
}
#: Qualifier words by where they stand: before the number, inside (before the unit), at the end.
QUALIFIERS = {
    "exact": (("",), (), ()),
    "over": (("超", "超过", "突破", "逾", "不低于", "至少"), ("余", "多"), ("以上",)),
    "nearly": (("近", "接近", "将近"), (), ()),
    "under": (("不足", "不到", "低于", "不超过"), (), ("以下", "以内")),
    "about": (("约", "大约"), (), ("左右", "上下")),
}
NATURES = {"": "outcome", "预计": "forecast", "有望": "forecast", "预计…有望": "forecast",
           "力争": "target", "目标": "target"}  # fmt: skip
FALLS = ("下降", "减少", "回落", "负", "-")
RISES = ("", "增长", "增加", "提高", "同比增长")

_FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}
_TRADITIONAL = str.maketrans(
    "万亿个项台户吨亩余约过达预计将减长点两标争", "萬億個項臺戶噸畝餘約過達預計將減長點兩標爭"
)
_PINYIN = {"万": "(wan)", "亿": "(yi)", "个": "(ge)", "余": "（yu）", "增": "(zeng)"}

#: Every character that the grammar of figures knows, and some that it must refuse.
FIGURE_ALPHABET = (
    "0123456789.,/%-−–—~+０１９．，％－(（)） \u3000…零〇一二两三四五六七八九十百千万亿兩萬億個"
    "几数余多家个项台元美公里吨亩年月天位名第首前榜居国全成倍半过番翻分之点超近约破逾足不到低于高"
    "至少以上下内左右预计有望将力争目标增长降减负提每P持平与比收窄移斤度岁欧‰"
)
#: Words of that grammar, to be put together at random.
FIGURE_WORDS = (
    *("0", "1", "9", "5", "10", "250", "1.8", "1/5", "3/200", ".", ",", "-", "…", "%", "(wan)"),
    *"三两十百千万亿点零成倍家个元年位第前超近约余多半负达为每有",
    *(
        "百分之",
        "个百分点",
        "位数",
        "首位",
        "全国",
        "西部",
        "不足",
        "以上",
        "以下",
        "左右",
        "过半",
        "翻番",
    ),
    *(
        "增长",
        "下降",
        "预计",
        "力争",
        "高于",
        "低于",
        "至",
        "—",
        "比",
        "上年",
        "目标",
        "持平",
        "提升",
        "前移",
        "降幅",
    ),
    *("收窄", "增至", "达到", "个位次", "分之", "翻番", "居", "没", "2024", "千米", "亿度", "‰"),
)
#: Every character that the grammar of periods knows, and some that it must refuse.
PERIOD_ALPHABET = (
    "0123456789０２４９-–—―~～/至到 HQ年月全上下半底末份第季度前个一二两三四五六七八九十以来期间"
    "时截至“”零百"
)


@dataclass(frozen=True)
class Printed:
    """A printed figure, its parts, and what it must be read as."""

    text: str
    value: Fraction
    unit: str
    qualifier: str
    nature: str


@st.composite
def numbers(draw: st.DrawFn, places: tuple[int, ...] = (0, 0, 1, 2)) -> str:
    """Draw a positive number in digits, whole or with one or two decimals."""
    decimals = draw(st.sampled_from(places))
    digits = draw(st.integers(1, 10 ** draw(st.integers(1, 6))))
    zeros = draw(st.integers(0, 3))
    if not decimals:
        return str(digits * 10**zeros)
    whole, part = divmod(digits, 10**decimals)
    return f"{whole}.{part:0{decimals}d}"


@st.composite
def bodies(draw: st.DrawFn) -> Printed:
    """Draw number, scale, unit and qualifier in plain dress, without sign and nature."""
    number = draw(numbers())
    unit_word = draw(st.sampled_from(sorted(UNITS)))
    scale = "" if unit_word in RATES else draw(st.sampled_from(sorted(SCALES)))
    unit, factor = UNITS[unit_word]
    qualifier = draw(st.sampled_from(sorted(QUALIFIERS)))
    words = [(place, w) for place, ws in enumerate(QUALIFIERS[qualifier]) for w in ws]
    place, word = draw(st.sampled_from(words))
    before, inside, after = (word if place == at else "" for at in range(3))
    value = Fraction(number) * SCALES[scale] * factor
    text = f"{before}{number}{scale}{inside}{unit_word}{after}"
    return Printed(text, value, unit, qualifier, "outcome")


@st.composite
def printed_figures(draw: st.DrawFn) -> Printed:
    """Draw a figure with sign and nature words, in one of the dresses that mirrors print."""
    body = draw(bodies())
    nature_word = draw(st.sampled_from(sorted(NATURES)))
    falls = draw(st.booleans())
    sign_word = draw(st.sampled_from(FALLS if falls else RISES))
    value = -body.value if falls else body.value
    text = draw(dressed(nature_word + sign_word + body.text))
    return Printed(text, value, body.unit, body.qualifier, NATURES[nature_word])


@st.composite
def dressed(draw: st.DrawFn, text: str) -> str:
    """Draw another dress of one plain printed figure, of the same meaning."""
    head, number, tail = _split_at_number(text)
    whole, dot, part = number.partition(".")
    dress = draw(st.sampled_from(["plain", "separators", "words"]))
    if dress == "separators":
        number = f"{int(whole):,}{dot}{part}"
    elif dress == "words" and int(whole) < 10**4:
        number = (
            spell_number(int(whole)) + "点" * len(dot) + "".join(spell_number(int(c)) for c in part)
        )
    if draw(st.booleans()):
        head, tail = (f"{s[:1]} {s[1:]}\u3000" if s else s for s in (head, tail))
    text = f"{head}{number}{tail}"
    if draw(st.booleans()):
        char = draw(st.sampled_from(sorted(_PINYIN)))
        text = text.replace(char, char + _PINYIN[char])
    if draw(st.booleans()):
        text = text.translate(_TRADITIONAL)
    return text.translate(_FULL_WIDTH) if draw(st.booleans()) and "(" not in text else text


def _split_at_number(text: str) -> tuple[str, str, str]:
    first = next(i for i, c in enumerate(text) if c.isdigit())
    last = next((i for i in range(first, len(text)) if text[i] not in "0123456789."), len(text))
    return text[:first], text[first:last], text[last:]


@st.composite
def month_spans(
    draw: st.DrawFn, years: tuple[int, int] = (1, 9999)
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Draw first and last (year, month) of a span, in order."""
    month = st.tuples(st.integers(*years), st.integers(1, 12))
    first, last = sorted((draw(month), draw(month)))
    length = draw(st.sampled_from(["any", "in one year", "whole years"]))
    if length == "in one year":
        last = max(first, (first[0], last[1]))
    elif length == "whole years":
        first, last = (first[0], 1), (last[0], 12)
    return first, last


# --- panels of rows ------------------------------------------------------------------------------

PROVINCES = ("CN-BJ", "CN-SH", "CN-GD", "CN-SD", "CN-GS")


@st.composite
def panels(  # noqa: PLR0913
    draw: st.DrawFn,
    *,
    ids: tuple[str, ...] = ("jobs",),
    regions: tuple[str, ...] = PROVINCES,
    periods: tuple[str, ...] = ("2023", "2024", "2024-01/2024-11"),
    natures: tuple[str, ...] = ("outcome",),
    values: tuple[int, int] = (-12, 12),
    least: int = 1,
    most: int = 14,
) -> list[dict[str, object]]:
    """Draw dict rows of distinct keys; values and bounds are quarters, and so exact."""
    key = st.tuples(*map(st.sampled_from, (regions, ids, periods, natures)))
    keys = draw(st.lists(key, min_size=least, max_size=most, unique=True))
    rows: list[dict[str, object]] = []
    for region, id_, period, nature in keys:
        value, down, up = draw(st.integers(*values)), draw(WIDTHS), draw(WIDTHS)
        rows.append({
            "region": region, "indicator": id_, "period": period, "nature": nature,
            "value": value / 4, "lower": (value - down) / 4, "upper": (value + up) / 4,
        })  # fmt: skip
    return rows


#: How far an interval reaches to one side, in quarters.
WIDTHS = st.integers(0, 4)
#: Where in its interval a value lies, in quarters, for as many rows as will be needed.
STEPS = st.lists(st.integers(0, 4), min_size=60, max_size=60)
#: Provinces by other provinces' names.
RENAMINGS = st.permutations(PROVINCES).map(lambda names: dict(zip(PROVINCES, names, strict=True)))
