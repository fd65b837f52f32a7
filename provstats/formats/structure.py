"""The structure message of the SDMX data: code lists, concepts, the structure and its dataflow.

It is SDMX-ML 3.0, the newest that the common readers know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from provstats.catalogue.entries import look_up_indicator
from provstats.formats.tables import DESCRIPTION, TITLE, find_preparation_date, read_version
from provstats.reading.vocabulary import Nature, Qualifier
from provstats.store.observations import COLUMNS
from provstats.store.regions import load_regions
from provstats.store.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = ["AGENCY", "FLOW", "VERSION", "build_structure_message"]

AGENCY: Final = "PROVSTATS"
FLOW: Final = "OBSERVATIONS"
#: The version of the structure, not of the data.
VERSION: Final = "1.0.0"

_SCHEMAS: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
_SPACES: Final = {"mes": "message", "str": "structure", "com": "common"}
_URN: Final = "urn:sdmx:org.sdmx.infomodel"

#: The names of an item, by language.
Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Component:
    """A component of the structure, whose values are codes of a list or have a type."""

    id: str
    description: str
    codes: str = ""
    type: str = "String"


_ABOUT: Final = {name: text for name, (_, text) in COLUMNS.items()}
_DIMENSIONS: Final = (
    _Component("REF_AREA", _ABOUT["region"], "CL_AREA"),
    _Component("INDICATOR", _ABOUT["indicator"], "CL_INDICATOR"),
    _Component("NATURE", _ABOUT["nature"], "CL_NATURE"),
    _Component("AMONG", f"{_ABOUT['among']}, which is _Z"),
    _Component("SOURCE", _ABOUT["source"], "CL_SOURCE"),
)
_TIME: Final = _Component(
    "TIME_PERIOD", "the period, as SDMX writes it", "", "ObservationalTimePeriod"
)
_MEASURE: Final = _Component("OBS_VALUE", _ABOUT["value"], "", "Double")
_ATTRIBUTES: Final = (
    _Component("PERIOD", _ABOUT["period"]),
    _Component("LOWER", _ABOUT["lower"], "", "Double"),
    _Component("UPPER", _ABOUT["upper"], "", "Double"),
    _Component("UNIT_MEASURE", _ABOUT["unit"]),
    _Component("QUALIFIER", _ABOUT["qualifier"], "CL_QUALIFIER"),
    _Component("BASIS", _ABOUT["basis"]),
    _Component("PARAGRAPH", _ABOUT["paragraph"], "", "Integer"),
    _Component("PRINTED", _ABOUT["printed"]),
    _Component("NOTE", _ABOUT["note"]),
    _Component("VINTAGE", "publication date of the document"),
)
#: What may be empty.
_OPTIONAL: Final = ("NOTE",)
_COMPONENTS: Final = (*_DIMENSIONS, _TIME, _MEASURE, *_ATTRIBUTES)


def build_structure_message(rows: pd.DataFrame) -> bytes:
    """Return the structure message of observations."""
    spaces = {f"xmlns:{short}": _SCHEMAS + name for short, name in _SPACES.items()}
    message = Element("mes:Structure", spaces)
    _add_header(message)
    structures = SubElement(message, "mes:Structures")
    _add_code_lists(SubElement(structures, "str:Codelists"), _build_code_lists(rows))
    _add_concepts(SubElement(structures, "str:ConceptSchemes"))
    _add_dataflow(SubElement(structures, "str:Dataflows"))
    _add_data_structure(SubElement(structures, "str:DataStructures"))
    indent(message)
    text: str = tostring(message, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add_header(message: Element) -> None:
    header = SubElement(message, "mes:Header")
    _add_text(header, "mes:ID", f"provstats-{read_version().replace('.', '-')}")
    _add_text(header, "mes:Test", "false")
    _add_text(header, "mes:Prepared", f"{find_preparation_date()}T00:00:00Z")
    SubElement(header, "mes:Sender", id=AGENCY)


# --- code lists ---------------------------------------------------------------------------------


def _build_code_lists(rows: pd.DataFrame) -> dict[str, dict[str, Names]]:
    """Return the codes that the observations use, in each list, with their names."""
    titles = sources().set_index("id")[["title", "title_en"]].T.to_dict()
    used = {name: set(rows[name]) for name in ("region", "source")}
    return {
        "CL_AREA": {
            code: {"en": place.name_en, "zh": place.name_zh}
            for code, place in load_regions().items()
            if code in used["region"]
        },
        "CL_INDICATOR": {id_: _find_indicator_names(id_) for id_ in sorted(set(rows["indicator"]))},
        "CL_NATURE": _use_codes_as_names(get_args(Nature)),
        "CL_QUALIFIER": _use_codes_as_names(get_args(Qualifier)),
        "CL_SOURCE": {
            str(id_): {"en": told["title_en"] or str(id_), "zh": told["title"]}
            for id_, told in titles.items()
            if id_ in used["source"]
        },
    }


def _find_indicator_names(id_: str) -> Names:
    known = look_up_indicator(id_)
    return {"en": known.name_en, "zh": known.name_zh} if known else {"en": id_}


def _use_codes_as_names(words: Iterable[str]) -> dict[str, Names]:
    return {word: {"en": word} for word in words}


def _add_code_lists(parent: Element, lists: Mapping[str, Mapping[str, Names]]) -> None:
    for id_, codes in lists.items():
        listed = _add_maintainable(parent, "str:Codelist", id_, {"en": id_})
        for code, names in codes.items():
            urn = _build_urn("codelist.Code", id_, code)
            _add_names(SubElement(listed, "str:Code", urn=urn, id=code), names)


# --- concepts, structure, dataflow ----------------------------------------------------------------


def _add_concepts(parent: Element) -> None:
    scheme = _add_maintainable(parent, "str:ConceptScheme", "CS_PROVSTATS", {"en": "Concepts"})
    for component in _COMPONENTS:
        urn = _build_urn("conceptscheme.Concept", "CS_PROVSTATS", component.id)
        concept = SubElement(scheme, "str:Concept", urn=urn, id=component.id)
        _add_names(concept, {"en": component.id.replace("_", " ").capitalize()})
        _add_text(concept, "com:Description", component.description, {"xml:lang": "en"})


def _add_dataflow(parent: Element) -> None:
    flow = _add_maintainable(parent, "str:Dataflow", FLOW, {"en": TITLE}, DESCRIPTION)
    _add_text(flow, "str:Structure", _build_urn("datastructure.DataStructure", FLOW))


def _add_data_structure(parent: Element) -> None:
    structure = _add_maintainable(parent, "str:DataStructure", FLOW, {"en": TITLE})
    components = SubElement(structure, "str:DataStructureComponents")
    dimensions = _add_component_list(components, "DimensionList", "DimensionDescriptor")
    for place, component in enumerate(_DIMENSIONS, start=1):
        _add_component(dimensions, "Dimension", component, position=str(place))
    _add_component(dimensions, "TimeDimension", _TIME)
    attributes = _add_component_list(components, "AttributeList", "AttributeDescriptor")
    for component in _ATTRIBUTES:
        usage = "optional" if component.id in _OPTIONAL else "mandatory"
        added = _add_component(attributes, "Attribute", component, usage=usage)
        SubElement(SubElement(added, "str:AttributeRelationship"), "str:Observation")
    measures = _add_component_list(components, "MeasureList", "MeasureDescriptor")
    _add_component(measures, "Measure", _MEASURE, usage="mandatory")


def _add_component_list(parent: Element, tag: str, id_: str) -> Element:
    urn = _build_urn(f"datastructure.{id_}", FLOW, id_)
    return SubElement(parent, f"str:{tag}", urn=urn, id=id_)


def _add_component(parent: Element, tag: str, component: _Component, **more: str) -> Element:
    kind = "DataAttribute" if tag == "Attribute" else tag
    urn = _build_urn(f"datastructure.{kind}", FLOW, component.id)
    added = SubElement(parent, f"str:{tag}", {"urn": urn, "id": component.id, **more})
    concept = _build_urn("conceptscheme.Concept", "CS_PROVSTATS", component.id)
    _add_text(added, "str:ConceptIdentity", concept)
    representation = SubElement(added, "str:LocalRepresentation")
    if component.codes:
        _add_text(
            representation, "str:Enumeration", _build_urn("codelist.Codelist", component.codes)
        )
    else:
        SubElement(representation, "str:TextFormat", textType=component.type)
    return added


# --- parts ----------------------------------------------------------------------------------------


def _build_urn(kind: str, id_: str, item: str = "") -> str:
    return f"{_URN}.{kind}={AGENCY}:{id_}({VERSION})" + (f".{item}" if item else "")


_KINDS: Final = {
    "str:Codelist": "codelist.Codelist", "str:ConceptScheme": "conceptscheme.ConceptScheme",
    "str:Dataflow": "datastructure.Dataflow", "str:DataStructure": "datastructure.DataStructure",
}  # fmt: skip


def _add_maintainable(
    parent: Element, tag: str, id_: str, names: Names, about: str = ""
) -> Element:
    """Add an item that has an agency and a version of its own."""
    attributes: dict[str, Any] = {
        "urn": _build_urn(_KINDS[tag], id_), "id": id_, "agencyID": AGENCY, "version": VERSION,
    }  # fmt: skip
    added = _add_names(SubElement(parent, tag, attributes), names)
    if about:
        _add_text(added, "com:Description", about, {"xml:lang": "en"})
    return added


def _add_names(element: Element, names: Names) -> Element:
    for language, name in names.items():
        _add_text(element, "com:Name", name, {"xml:lang": language})
    return element


def _add_text(
    parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    SubElement(parent, tag, attributes or {}).text = text
