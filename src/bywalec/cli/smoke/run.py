"""The smoke run as a whole: make a fresh demo, play, stop the server, verify the ledger, say how it went."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx

from bywalec.cli.demo.notes import read_notes
from bywalec.cli.language import _
from bywalec.cli.smoke.expectation import Disappointed
from bywalec.cli.smoke.server import Server
from bywalec.cli.smoke.story import Say, play
from bywalec.foundation.chance import random_source

VERIFY_SECONDS_MAX = 120
ENDED_WELL = (0, -signal.SIGTERM)


def smoke(options: list[str], say: Say) -> int:
    """Play the main job on a fresh demo and return 0 when everything was as it should be, else 1.

    Args:
        options: passed on to the demo, such as ``--members 40``.
        say: told each step and, at the end, the outcome.
    """
    with tempfile.TemporaryDirectory(prefix="bywalec-smoke-") as folder:
        server = Server(Path(folder), options)
        try:
            return outcome(lambda: _play(server, say), say)
        finally:
            server.stop()


def outcome(act: Callable[[], None], say: Say) -> int:
    """Do something and say how it went; return 0 when it went well, 1 when not, with the reason said."""
    try:
        act()
    except (Disappointed, httpx.HTTPError, OSError, subprocess.TimeoutExpired) as error:
        say(_("FAILED: {reason}").format(reason=f"{type(error).__name__}: {error}"))
        return 1
    say(_("Everything was as it should be."))
    return 0


def _play(server: Server, say: Say) -> None:
    server.wait_until_ready()
    notes = read_notes(server.folder)
    if notes is None or not notes.complete:
        raise Disappointed("the demo is not complete")
    say(_("the demo is served at {address}, its data in {folder}").format(address=server.address, folder=server.folder))
    play(server.address, notes, random_source(), say)
    code = server.stop()
    if code not in ENDED_WELL:
        raise Disappointed(f"the server ended with {code} after SIGTERM")
    verify(server, say)


def verify(server: Server, say: Say) -> None:
    """Replay the ledger with ``bywalec verify``.

    Raises:
        Disappointed: it found something.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bywalec.cli", "verify"],
        env=server.environment(),
        capture_output=True,
        text=True,
        timeout=VERIFY_SECONDS_MAX,
        check=False,
    )
    told = " ".join((done.stdout + done.stderr).split())
    if done.returncode != 0:
        raise Disappointed(f"verify ended with {done.returncode}: {told}")
    say(_("verify: {told}").format(told=told))
