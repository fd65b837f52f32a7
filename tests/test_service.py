"""The example of a service: what it returns is JSON without NaN, and errors keep their names."""

from __future__ import annotations

import json
import runpy
import warnings
from pathlib import Path

import pytest

import provstats as ps

pytest.importorskip("fastapi", reason="the service is not installed")
pytest.importorskip("httpx", reason="the service is not installed")
FOLDER = Path(__file__).parents[1] / "examples" / "service"


@pytest.fixture(scope="module")
def client():
    """Return a client of the service."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # which of two packages the client is made of
        from fastapi.testclient import TestClient

    return TestClient(runpy.run_path(str(FOLDER / "app.py"))["app"])


def strict(answer):
    """Return what an answer holds; NaN and Infinity are no JSON."""

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(answer.text, parse_constant=refuse)


@pytest.mark.parametrize(
    "path",
    [
        "/rank/rd_intensity?period=2023", "/gap/rd_intensity", "/share/rd_expenditure",
        "/yoy/rd_expenditure", "/scorecard?region=北京&region=长三角", "/indicators?search=5G",
        "/table?indicator=rd_intensity&period=2023", "/indicators",
    ],
)  # fmt: skip
def test_every_answer_is_json(client, path):
    """Each comparison is a list of records; what is missing is null."""
    answer = client.get(path)
    assert answer.status_code == 200
    rows = strict(answer)
    assert len(rows) > 1
    assert all(type(row) is dict for row in rows)


def test_answers_are_those_of_the_library(client):
    """The service adds nothing and drops nothing."""
    rows = strict(client.get("/yoy/rd_expenditure"))
    assert rows == ps.to_records(ps.yoy(ps.series("rd_expenditure")))
    assert any(row["yoy"] is None for row in rows)
    assert all(row["printed"] and row["source"] for row in rows)


def test_a_table_is_read(client):
    """A file that is sent becomes rows, with what it was taken for."""
    text = "地区,2023年\n北京,1.1万家\n天津,--\n"
    answer = client.post("/tidy?indicator=firms", content=text.encode("gb18030"))
    found = strict(answer)
    assert found["encoding"] == "gb18030"
    assert [(row["region"], row["lower"]) for row in found["rows"]] == [("CN-BJ", 10500.0)]
    assert "missing" in {row["what"] for row in found["remarks"]}


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/rank/nothing_of_the_kind", 404, "UnknownIndicatorError"),
        ("/rank/rd_intensity?period=1905", 422, "PeriodError"),
        ("/scorecard?region=吉林市", 404, "UnknownRegionError"),
        ("/gap/rd_expenditure", 422, "IncomparableError"),
    ],
)
def test_errors_keep_their_names(client, path, status, error):
    """What is refused says which error it is, and why."""
    answer = client.get(path)
    assert (answer.status_code, strict(answer)["error"]) == (status, error)
    assert len(strict(answer)["message"]) > 20


def test_a_table_that_is_none_is_refused(client):
    """All cells that cannot be read are told."""
    answer = client.post("/tidy?indicator=a&unit=%25", content="地区,2023年\n北京,x\n".encode())
    assert (answer.status_code, strict(answer)["error"]) == (422, "SchemaError")


def test_the_page_and_its_chart(client):
    """The page asks only for what the service has, and nothing from elsewhere."""
    page = client.get("/").text
    assert "innerHTML" not in page
    assert "http" not in page.replace('"http-equiv"', "")
    routes = {route.path for route in client.app.routes}
    assert {"/table", "/chart.svg", "/citations"} <= routes
    chart = client.get("/chart.svg?indicator=rd_intensity&period=2023&lang=en")
    assert chart.headers["content-type"] == "image/svg+xml"
    assert chart.content.startswith(b"<?xml")
    assert client.get("/citations?indicator=rd_intensity").json()
