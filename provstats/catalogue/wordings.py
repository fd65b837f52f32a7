"""Wordings: how the growth, the addition or the claimed rank of a thing is named."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["WORDINGS", "Wording"]


class Wording(NamedTuple):
    """How something that follows from an indicator is named; ``{}`` is the indicator's name."""

    zh: str
    en: str
    #: What people write instead, the most usual first.
    spoken_zh: tuple[str, ...]
    spoken_en: tuple[str, ...]
    #: Its definition, before that of the indicator.
    definition: str
    definition_zh: str

    def make_aliases(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the most usual wording of each name, in its language."""
        usual = {True: self.spoken_en[0], False: self.spoken_zh[0]}
        return tuple(usual[name.isascii()].format(name) for name in names)


#: By the suffix of the id.
WORDINGS: Final[dict[str, Wording]] = {
    "average_growth": Wording(
        "{}年均增速", "{}, average annual growth",
        ("{}年均增长率", "{}年均增长", "{}年均增幅", "{}平均增速"),
        ("average annual growth of {}", "{}, average growth", "average growth of {}"),
        "Average growth a year over several years, in percent.",
        "若干年间平均每年的增长速度，以百分数表示。",
    ),
    "total_growth": Wording(
        "{}累计增幅", "{}, growth over several years",
        ("{}累计增长", "{}累计增速"), ("total growth of {}", "{}, total growth"),
        "Growth over several years as a whole, in percent.",
        "若干年间累计的增长幅度，以百分数表示。",
    ),
    "growth": Wording(
        "{}同比增速", "{}, year-on-year growth",
        ("{}增速", "{}同比增长", "{}增长率", "{}增长", "{}增幅", "{}同比"),
        ("{} growth", "growth of {}", "growth in {}", "{} growth rate", "growth rate of {}",
         "year-on-year growth of {}"),
        "Growth over the same period of the year before, in percent.",
        "比上年同期增长的百分比。",
    ),
    "change": Wording(
        "{}变动", "{}, change", ("{}变化", "{}增减"), ("change of {}", "change in {}"),
        "Change from the same period of the year before, of a rate in percentage points.",
        "比上年同期的增减，比率以百分点计。",
    ),
    "new": Wording(
        "新增{}", "{}, added in the period",
        ("{}新增", "{}增量", "新建{}", "新培育{}", "新认定{}"),
        ("new {}", "newly added {}", "{} added", "additional {}"),
        "What was added within the period.",
        "报告期内新增加的部分。",
    ),
    "rank": Wording(
        "{}位次", "{}, claimed rank", ("{}排名", "{}排位", "{}全国位次"),
        ("rank of {}", "{} rank", "rank by {}", "{} ranking"),
        "The rank that a report itself claims.",
        "报告自称的位次。",
    ),
    "gap": Wording(
        "{}与全国差距", "{}, claimed gap to the nation", ("{}差距", "{}与全国之差"),
        ("gap of {}", "{} gap", "{} gap to the nation", "gap to the nation of {}"),
        "The distance from the nation that a report itself claims; above it is positive.",
        "报告自称的与全国之差，高于全国为正。",
    ),
}  # fmt: skip
