"""Sayings: what a sentence says of which indicator, region and period, and what may be doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from provstats.analysis.parts.mentions import find_unit, read_period_label
from provstats.indicators import CLAIMS, GROWTHS, look_up_indicator, make_linked_id, split_id
from provstats.reading.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.analysis.parts.mentions import Mention

__all__ = ["Saying", "find_sayings"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A figure of a sentence and what it describes; ``ids`` are all that the words may mean."""

    start: int
    end: int
    text: str
    figure: Figure | None
    region: str = ""
    ids: tuple[str, ...] = ()
    #: What the name itself means, whatever the words say of it.
    concepts: tuple[str, ...] = ()
    period: str = ""
    nature: str = "outcome"
    among: str = ""
    #: For a rank among those that report: how many they are by the text.
    reporting: int | None = None
    doubts: tuple[str, ...] = ()


_FIGURES: Final = ("figure", "range", "rank")
_BEHIND: Final = ("gap", "average", "growth", "share", "plain")
_KEPT: Final = ("forecast", "target")
_VAGUE: Final = {
    "span": "so many years", "streak": "so many years", "plan": "the years of a plan",
    "every": "per something", "steps": "steps passed",
    "from": "the start of a change", "sum": "a sum", "award": "added or in all",
    "act": "added or in all",
}  # fmt: skip


@dataclass(slots=True)
class _State:
    """What a sentence has named so far."""

    label: str = ""
    carried: bool = False
    regions: list[str] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    roles: dict[str, Mention] = field(default_factory=dict)
    chain: list[Saying] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    reporting: int | None = None
    before: Mention | None = None


def find_sayings(sentences: Iterable[list[Mention]]) -> Iterator[Saying]:
    """Return what the sentences of a paragraph say; a period stays valid for the next ones."""
    last = _State()
    goes_on = False
    for mentions in sentences:
        state = _State(label=last.label, carried=bool(last.label))
        if goes_on:
            state = _State(label=last.label, carried=last.carried, ids=last.ids)
        yield from _Walk(state).read_mentions(mentions)
        last, goes_on = state, bool(mentions) and mentions[-1].text in {"；", ";"}


class _Walk:
    """One walk over the mentions of a sentence."""

    def __init__(self, state: _State) -> None:
        self.state = state

    def read_mentions(self, mentions: list[Mention]) -> Iterator[Saying]:
        """Read each mention, and return a saying for each figure."""
        each = _pair_figures_with_regions(mentions)
        self._read_sole_period(mentions)
        for place, mention in enumerate(mentions):
            if mention.kind in _FIGURES:
                self._read_name_behind(mention, mentions[place + 1 :])
                self._read_roles_behind(mentions[place + 1 :])
                yield self._build_saying(mention, each.get(place))
            else:
                self._read_mention(mention)
            self.state.before = mention

    def _read_mention(self, mention: Mention) -> None:
        state = self.state
        match mention.kind:
            case "region":
                is_listed = state.before is not None and state.before.kind in ("pause", "and")
                listed = state.regions if is_listed and not state.chain else []
                state.regions, state.chain = [*listed, mention.meaning], []
            case "indicator":
                self._read_indicator(mention)
            case "period":
                self._read_period(mention)
            case "of":
                state.reporting = mention.meaning
            case "comma":
                state.roles = {kind: state.roles[kind] for kind in _KEPT if kind in state.roles}
            case "unknown" | "name":
                state.doubts.append(f"words that are not understood: {mention.text[:12]}")
            case kind:
                self._read_role(kind, mention)

    def _read_indicator(self, mention: Mention) -> None:
        state = self.state
        before = state.before
        is_foreign = before is not None and before.kind in ("unknown", "name", "indicator")
        state.doubts = ["words before the name"] if is_foreign else []
        state.ids, state.chain, state.reporting = mention.meaning, [], None

    def _read_period(self, mention: Mention) -> None:
        year = re.match("[0-9]{4}", self.state.label)
        if label := read_period_label(mention.meaning, int(year[0]) if year else None):
            self.state.label, self.state.carried = label, False
        else:
            self.state.doubts.append("a period that is not understood")

    def _read_role(self, kind: str, mention: Mention) -> None:
        if kind in _VAGUE:
            self.state.doubts.append(_VAGUE[kind])
        if kind == "base" and re.search("[0-9]{4}|末", mention.text):
            self.state.doubts.append("against another year")
        self.state.roles[kind] = mention

    def _read_sole_period(self, mentions: list[Mention]) -> None:
        """Read the only period of a sentence, wherever it stands."""
        periods = [mention for mention in mentions if mention.kind == "period"]
        if len(periods) == 1:
            self._read_period(periods[0])

    def _read_name_behind(self, figure: Mention, rest: list[Mention]) -> None:
        """Read the name that stands behind its figure: 2,089 little giants, 6.73% in Beijing."""
        state = self.state
        is_count = isinstance(figure.meaning, Figure) and figure.meaning.unit == "count"
        if rest and rest[0].kind == "indicator" and (is_count or not state.ids):
            state.ids, state.chain, state.doubts = rest[0].meaning, [], []
        for place, mention in enumerate(rest):
            if mention.kind == "region" and place and rest[place - 1].text.lower() == "in":
                state.regions = [mention.meaning]
            elif mention.kind == "indicator" and not state.ids:
                state.ids, state.doubts = mention.meaning, []
            if mention.kind not in ("plain", "region"):
                return

    def _read_roles_behind(self, rest: list[Mention]) -> None:
        """Read what stands behind a figure and belongs to it: 1.8 points above the nation."""
        if {"growth", "fall", "gap", "change"} & self.state.roles.keys():
            return
        for mention in rest:
            if mention.kind not in _BEHIND:
                return
            self.state.roles.setdefault(mention.kind, mention)

    # --- figures ----------------------------------------------------------------------------------

    def _build_saying(self, mention: Mention, turn: int | None) -> Saying:
        state = self.state
        region, doubts = self._choose_region(turn)
        made = Saying(
            mention.start, mention.end, mention.text, None, region, concepts=state.ids,
            period=state.label, doubts=(*state.doubts, *doubts), nature=self._choose_nature(),
        )  # fmt: skip
        if mention.meaning is not None:
            made = self._add_rank(made, mention) if mention.kind == "rank" else self._add_figure(
                made, mention.meaning
            )  # fmt: skip
        state.chain.append(made)
        state.roles = {kind: state.roles[kind] for kind in _KEPT if kind in state.roles}
        return made

    def _choose_region(self, turn: int | None) -> tuple[str, list[str]]:
        regions = self.state.regions
        if turn is not None and turn < len(regions):
            return regions[turn], []
        carried = ["the period is carried over"] if self.state.carried else []
        if len(regions) > 1:
            return "", [*carried, "one figure after several regions"]
        return (regions[0] if regions else ""), carried

    def _choose_nature(self) -> str:
        return next((kind for kind in _KEPT if kind in self.state.roles), "outcome")

    def _add_rank(self, made: Saying, mention: Mention) -> Saying:
        figure, among = mention.meaning
        ids = self._find_ranked_ids()
        if "growth" in self.state.roles or re.search("增速|增幅", mention.text):
            ids = tuple(make_linked_id(id_, "growth") for id_ in self.state.ids)
        return replace(
            made, figure=figure, ids=tuple(make_linked_id(id_, "rank") for id_ in ids), among=among,
            reporting=self.state.reporting,
        )  # fmt: skip

    def _find_ranked_ids(self) -> tuple[str, ...]:
        """Return the ids that are ranked: those of the last figure, or what the name means."""
        ids = self.state.ids
        for said in self.state.chain:
            ids = tuple(id_ for id_ in said.ids if split_id(id_)[1] not in CLAIMS) or ids
        return ids

    def _add_figure(self, made: Saying, figure: Figure) -> Saying:
        gap = self.state.roles.get("gap")
        falls = "fall" in self.state.roles or (
            gap is not None and re.search("低|慢|少|below|lower|slower", gap.text)
        )
        if falls and figure.value > 0:
            ends = (-figure.value, -figure.upper, -figure.lower)
            figure = Figure(*ends, figure.unit, figure.qualifier, figure.nature, figure.printed)
        if re.search("[0-9]$", made.text):
            figure = _convert_to_index(figure, made.text, self.state.ids)
        ids = [id_ for base in self.state.ids if (id_ := self._choose_id(base, figure.unit))]
        nature = made.nature if figure.nature == "outcome" else figure.nature
        return replace(made, figure=figure, ids=tuple(ids), nature=nature)

    def _choose_id(self, base: str, unit: str) -> str:
        """Return the id of a figure, by its unit and the words around it; empty if unclear."""
        if unit == "percentage_point":
            return self._choose_id_for_points(base)
        if unit == "percent":
            return self._choose_id_for_percent(base)
        if find_unit(base) != unit or {"growth", "fall"} & self.state.roles.keys():
            return ""
        is_new = "new" in self.state.roles and split_id(base)[1] == ""
        return make_linked_id(base, "new") if is_new else base

    def _choose_id_for_points(self, base: str) -> str:
        roles = self.state.roles
        if "gap" in roles:
            said = [id_ for one in self.state.chain for id_ in one.ids if id_.startswith(base)]
            stem = next((id_ for id_ in said if find_unit(id_) == "percent"), base)
            if find_unit(stem) != "percent" or "增" in roles["gap"].text:
                stem = make_linked_id(base, "growth")
            return make_linked_id(stem, "gap")
        if find_unit(base) == "percentage_point":
            return base
        is_change = {"growth", "fall", "change"} & roles.keys() and find_unit(base) == "percent"
        return make_linked_id(base, "change") if is_change else ""

    def _choose_id_for_percent(self, base: str) -> str:
        roles, known = self.state.roles, look_up_indicator(base)
        if find_unit(base) == "percent":
            moves = {"growth", "fall"} & roles.keys()
            is_level = known is not None and (known.measure in GROWTHS or known.concept == "cpi")
            return base if is_level or not moves else ""
        if "share" in roles:  # a share of anything else than the nation is named as such
            return make_linked_id(base, "share") if _OF_NATION.search(roles["share"].text) else ""
        if "average" in roles:
            return make_linked_id(base, "average_growth")
        if not {"growth", "fall", "compound"} & roles.keys():
            return ""
        is_long = "compound" in roles or re.fullmatch("[0-9]{4}/[0-9]{4}", self.state.label)
        return make_linked_id(base, "total_growth" if is_long else "growth")


def _convert_to_index(figure: Figure, text: str, ids: tuple[str, ...]) -> Figure:
    """Return a number without a unit as the rounded value of an index, if it is of one."""
    units = [unit for id_ in ids if "=100" in (unit := find_unit(id_)) or unit == "index"]
    if not units or figure.unit != "count":
        return figure
    half = 0.5 * 10.0 ** -len(text.rpartition(".")[2] if "." in text else "")
    lower, upper = min(figure.lower, figure.value - half), max(figure.upper, figure.value + half)
    return replace(figure, unit=units[0], lower=lower, upper=upper)  # type: ignore[arg-type]


_OF_NATION: Final = re.compile("全国|nation|China", re.IGNORECASE)


def _pair_figures_with_regions(mentions: list[Mention]) -> dict[int, int]:
    """Return, by the place of a figure, which region it is of, where all are in one order."""
    if not any(mention.kind == "each" for mention in mentions):
        return {}
    regions = sum(mention.kind == "region" for mention in mentions)
    figures = [place for place, m in enumerate(mentions) if m.kind in ("figure", "range")]
    return dict(zip(figures, range(regions), strict=False)) if len(figures) == regions else {}
