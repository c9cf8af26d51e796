"""The server under test: ``bywalec demo`` as a process of its own, on a free port, with its data in a fresh folder."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from bywalec.cli.smoke.expectation import Disappointed

START_SECONDS_MAX = 300.0
STOP_SECONDS_MAX = 30.0
PAUSE_SECONDS = 0.1
OWN_DATABASE = ("BYWALEC_DATABASE_URL", "BYWALEC_KEYS_DATABASE_URL", "BYWALEC_MASTER_KEY", "BYWALEC_SECRET_KEY")


class Server:
    """A running demo.

    Args:
        folder: its data.
        options: further options of the command.
    """

    def __init__(self, folder: Path, options: list[str]) -> None:
        self.folder = folder
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._output = (folder / "server.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bywalec.cli", "demo", "--data", str(folder), "--port", str(port), *options],
            stdout=self._output,
            env=self.environment(),
        )

    def environment(self) -> dict[str, str]:
        """Return the environment for commands on the same data; a database of the caller's stays untouched."""
        kept = {name: value for name, value in os.environ.items() if name not in OWN_DATABASE}
        return kept | {"BYWALEC_VAR": str(self.folder)}

    def wait_until_ready(self) -> None:
        """Wait until the server answers that it is ready.

        Raises:
            Disappointed: it ended, or the time is over.
        """
        ends = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < ends:
            if self._process.poll() is not None:
                raise Disappointed(f"the server ended with {self._process.returncode} before it was ready")
            try:
                if httpx.get(f"{self.address}/readyz", timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(PAUSE_SECONDS)
        raise Disappointed(f"the server was not ready after {START_SECONDS_MAX:.0f} s")

    def stop(self) -> int:
        """Ask the server to end, as an operating system does, and return its exit code."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()
        return self._process.returncode


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port
