"""The web server in this process: uvicorn with the root application, named as text because layers forbid its import."""

import socket
import sys
from collections.abc import Callable

import uvicorn

from bywalec.cli.language import _
from bywalec.foundation.errors import Conflict

APPLICATION = "bywalec.config.asgi:application"
DRAIN_SECONDS_MAX = 20


class PortTaken(Conflict):
    """Another program listens on the port."""

    code = "server.port_taken"


class AnnouncingServer(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start and announce it."""
        await super().startup(sockets)
        if self.started:
            self._when_ready()


def run_server(*, host: str, port: int, when_ready: Callable[[], None], proxy: str = "") -> None:
    """Serve until SIGTERM or SIGINT; what is being answered then is finished first.

    Args:
        host: address to listen on.
        port: port to listen on.
        when_ready: called once, when the first request can be answered.
        proxy: address of the proxy whose headers are believed, if there is one.

    Raises:
        PortTaken: another program listens there.
        SystemExit: with 3 when the application does not start.
    """
    _check_port(host, port)
    config = uvicorn.Config(
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
        timeout_graceful_shutdown=DRAIN_SECONDS_MAX,
    )
    server = AnnouncingServer(config, when_ready)
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(3)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sentence = _("Port {port} at {host} cannot be used: {reason}.")
            raise PortTaken(
                sentence.format(port=port, host=host, reason=error.strerror),
                remedy=_("Choose another one with --port."),
            ) from error
