"""The server, by the client of the SDK: sixty questions in memory, some over standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from questions import QUESTIONS

import provstats as ps
from provstats.__main__ import main
from provstats.service import tools
from provstats.service.server import make_server

ROOT = Path(ps.__file__).parents[1]
#: Of English and JSON a token has some four characters; three are counted, to be on the safe side.
TOKENS, CHARACTERS = 3000, 3
#: Under which name a tool lists what it found; others have rows.
LISTS = {"search_indicators": "indicators", "check_text": "figures"}


def test_without_the_sdk(monkeypatch, capsys):
    """Without the extra, the command says which one is needed."""
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert main(["mcp"]) == 1
    assert "SchemaError: serving by the Model Context Protocol needs provstats[mcp]" in (
        capsys.readouterr().err
    )


@pytest.fixture(scope="module")
def client():
    """Return a way to have calls answered by the server, all within one connection."""
    mcp, anyio = pytest.importorskip("mcp"), pytest.importorskip("anyio")

    def call(to, do):
        async def connected():
            async with mcp.Client(to, read_timeout_seconds=120) as open_:
                return await do(open_)

        return anyio.run(connected)

    return call


@pytest.fixture(scope="module")
def answers(client):
    """Return the answers to all questions."""

    async def ask(open_):
        return [await open_.call_tool(tool, arguments) for _, tool, arguments, _ in QUESTIONS]

    return client(make_server(), ask)


def as_written(value):
    """Return what rounds to a literal, to as many decimals as it has."""
    decimals = len(str(value).partition(".")[2])
    return pytest.approx(value, abs=0.501 * 10**-decimals, rel=0)


def test_sixty_questions():
    """There are sixty, and each is another."""
    assert len({question for question, *_ in QUESTIONS}) == len(QUESTIONS) == 60


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=[q for q, *_ in QUESTIONS])
def test_question(answers, place):
    """The answer has what is known; what cannot be answered says what to ask."""
    _, tool, _, wanted = QUESTIONS[place]
    answer = answers[place]
    text = answer.content[0].text
    if isinstance(wanted, str):
        assert answer.is_error
        assert wanted in text
        assert "Traceback" not in text
        return
    assert not answer.is_error, text
    told = answer.structured_content
    assert json.loads(text) == told
    row = told[LISTS.get(tool, "rows")][0]
    for name, value in wanted.items():
        assert row[name] == (as_written(value) if isinstance(value, float) else value), name
    founded = row["rows"][0] if tool == "check_text" else row
    if tool != "search_indicators":
        assert {"value", "lower", "upper", "printed", "paragraph", "citation"} <= set(founded)


@pytest.mark.filterwarnings("default")
def test_tools_are_brief(client):
    """All that a caller must read before it asks is within 3,000 tokens."""

    async def ask(open_):
        return open_.instructions, (await open_.list_tools()).tools

    instructions, listed = client(make_server(), ask)
    assert [tool.name for tool in listed] == [*tools.TOOLS]
    assert all(tool.annotations.read_only_hint for tool in listed)
    texts = [tool.model_dump_json(by_alias=True, exclude_none=True) for tool in listed]
    assert len("".join(texts) + instructions) < TOKENS * CHARACTERS


@pytest.mark.filterwarnings("default")
def test_bad_arguments(client):
    """An argument that is none is refused by name, and the connection holds."""

    async def ask(open_):
        bad = [
            await open_.call_tool("compare", {"indicator": "rd_intensity", "how": "best"}),
            await open_.call_tool("compare", {}),
            await open_.call_tool("get_observations", {"indicator": "rd_intensity", "limit": 999}),
        ]
        return bad, await open_.call_tool("search_indicators", {"query": "5G"})

    bad, good = client(make_server(), ask)
    assert [answer.is_error for answer in (*bad, good)] == [True, True, True, False]
    texts = [answer.content[0].text for answer in bad]
    assert "'rank', 'gap', 'share', 'change'" in texts[0]
    assert "indicator" in texts[1]
    assert "limit must be from 1 to 200" in texts[2]


@pytest.mark.filterwarnings("default")
def test_standard_input_and_output(client):
    """As a process of its own, it lists its tools, answers, and refuses."""
    mcp = pytest.importorskip("mcp")
    server = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "provstats", "mcp"], cwd=ROOT
    )
    chosen = [0, 9, 33, 43, 46]

    async def ask(open_):
        listed = (await open_.list_tools()).tools
        called = [await open_.call_tool(*QUESTIONS[place][1:3]) for place in chosen]
        return listed, called

    listed, called = client(server, ask)
    assert len(listed) == len(tools.TOOLS)
    assert [answer.is_error for answer in called] == [False, False, False, False, True]
    assert called[1].structured_content["rows"][0]["printed"] == "突破1000家"


def test_end_of_input():
    """Where nobody calls any more, the process ends by itself, with nothing to say."""
    pytest.importorskip("mcp")
    done = subprocess.run(
        [sys.executable, "-m", "provstats", "mcp"], stdin=subprocess.DEVNULL, check=True,
        capture_output=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"", b"")
