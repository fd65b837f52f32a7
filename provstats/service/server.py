"""The server: the tools by the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import ProvstatsError, SchemaError
from provstats.service import tools
from provstats.service.advice import explain_error
from provstats.store import observations

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["make_server", "run_server"]

_INSTRUCTIONS: Final = (
    "Official figures of China's provinces. Every value has an interval; quote it with its "
    "citation, and say nothing that the interval leaves open. Nothing is estimated: what is not "
    "reported is an error that says what there is."
)


def run_server() -> None:
    """Serve until the caller closes the connection."""
    make_server().run()


def make_server() -> Any:  # noqa: ANN401 - of the SDK, which may not be there
    """Return the server with its tools; each reads only what is shipped."""
    server, annotations = _make_empty_server()
    for name, text in tools.TOOLS.items():
        server.add_tool(
            _add_advice_to_errors(getattr(tools, name)),
            name=name,
            description=text,
            annotations=annotations,
        )
    return server


def _make_empty_server() -> tuple[Any, Any]:
    """Return a server without tools, and the annotations of all tools."""
    try:
        from mcp.server import MCPServer  # noqa: PLC0415 - of the extra
        from mcp.types import ToolAnnotations  # noqa: PLC0415
    except ImportError:
        msg = "serving by the Model Context Protocol needs provstats[mcp]"
        raise SchemaError(msg) from None
    version = observations.data_version
    server = MCPServer(
        "provstats", instructions=_INSTRUCTIONS, version=version, log_level="WARNING"
    )
    return server, ToolAnnotations(read_only_hint=True, open_world_hint=False)


def _add_advice_to_errors(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Make the errors of a tool say what to ask instead."""
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415

    @wraps(tool)
    def answer(*args: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - those of the tool
        try:
            return tool(*args, **options)
        except ProvstatsError as error:
            raise ToolError(explain_error(error)) from error

    return answer
