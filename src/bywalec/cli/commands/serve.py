"""``bywalec serve``: the web server with the worker inside."""

from typing import Annotated

import typer

from bywalec.cli.language import _
from bywalec.cli.project import start_django
from bywalec.cli.terminal import note

Host = Annotated[str, typer.Option(help=_("Address to listen on."))]
Port = Annotated[int, typer.Option(help=_("Port to listen on."), min=1, max=65_535)]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    proxy: Annotated[str, typer.Option(help=_("Address of the proxy in front, whose headers are believed."))] = "",
) -> None:
    """Serve the shop until SIGTERM or Ctrl C; what is being answered then is finished first."""
    start_django()
    from bywalec.cli.serving import run_server

    run_server(
        host=host,
        port=port,
        proxy=proxy,
        when_ready=lambda: note(_("serving at {address}").format(address=f"http://{host}:{port}")),
    )
