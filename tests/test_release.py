"""What a release brings with it: the bill of materials of the wheel, as it is installed."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution

import pytest


@pytest.fixture(scope="module")
def bill():
    """Return the bill in the metadata of the installed package."""
    try:
        text = distribution("provstats").read_text("sboms/fonts.cdx.json")
    except PackageNotFoundError:
        pytest.skip("the package is not installed")
    assert text is not None
    return text


def test_bill_names_the_fonts(bill):
    """It lists all that the wheel holds of others, with licence and digest, as they lie there."""
    listed = json.loads(bill)["components"]
    files = {str(file): file for file in distribution("provstats").files}
    fonts = [f"provstats/data/fonts/ProvstatsSans{kind}.ttf" for kind in (
        "SC-Regular", "SC-Bold", "-Regular", "-Bold",
    )]  # fmt: skip
    assert [font["name"] for font in listed] == fonts
    assert {font["licenses"][0]["license"]["id"] for font in listed} == {"OFL-1.1"}
    for font in listed:
        if font["name"] in files:  # of an editable install they lie in the checkout
            digest = sha256(files[font["name"]].locate().read_bytes()).hexdigest()
            assert font["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_bill_is_valid(bill):
    """CycloneDX finds nothing amiss."""
    validation = pytest.importorskip("cyclonedx.validation.json")
    schema = pytest.importorskip("cyclonedx.schema")
    strict = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    assert strict.validate_str(bill) is None
