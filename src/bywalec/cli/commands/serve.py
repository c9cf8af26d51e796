"""``bywalec serve``: the web server with the worker inside."""

from typing import Annotated

import typer

from bywalec.cli.language import _

APPLICATION = "bywalec.config.asgi:application"
HEADERS_BYTES_MAX = 32_768
DRAIN_SECONDS_MAX = 20


def serve(
    host: Annotated[str, typer.Option(help=_("Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("Port to listen on."), min=0, max=65_535)] = 8000,
    proxy: Annotated[str, typer.Option(help=_("Address of the proxy in front, whose headers are believed."))] = "",
) -> None:
    """Serve the shop until SIGTERM or Ctrl C; what is being answered then is finished first."""
    import uvicorn

    uvicorn.run(
        APPLICATION,
        host=host,
        port=port,
        lifespan="on",
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
        h11_max_incomplete_event_size=HEADERS_BYTES_MAX,
        timeout_graceful_shutdown=DRAIN_SECONDS_MAX,
    )
