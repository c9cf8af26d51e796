"""A PostgreSQL server of one's own: private folder, private port, gone afterwards. For tests and measurements."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ADMINISTRATOR = "bywalec"
SYSTEM_ACCOUNT = "postgres"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 30
POLL_SECONDS = 0.05
SETTINGS_FOR_TESTS: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}


class NoPostgres(RuntimeError):
    """There are no PostgreSQL server programs on this machine, or the server did not start."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server.

    Args:
        folder: its data, its socket and its log.
        port: where it listens on 127.0.0.1.
        pid: its process.
    """

    folder: Path
    port: int
    pid: int

    def url(self, database: str) -> str:
        """Return the address of a database in the form of BYWALEC_DATABASE_URL."""
        return f"postgres://{ADMINISTRATOR}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Create an empty database and return its address."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs, if there are any."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(4))
    found = [Path(path).parent for path in [shutil.which("postgres")] if path] + found
    needed = ("initdb", "pg_isready", "postgres")
    return next((folder for folder in reversed(found) if all((folder / name).exists() for name in needed)), None)


@contextmanager
def private_server(settings: Mapping[str, str] = SETTINGS_FOR_TESTS) -> Iterator[PostgresServer]:
    """Run a server of one's own and stop it afterwards, whatever happens.

    Args:
        settings: server settings; the default gives up durability against a crash of the machine, not of the server.

    Raises:
        NoPostgres: it cannot be run here; the message says why.
    """
    binaries = programs()
    if binaries is None:
        raise NoPostgres("PostgreSQL is not installed; on Debian or Ubuntu: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="bywalec-postgres-"))
    try:
        _initialise(binaries, folder)
        process, port = start(binaries, folder, settings)
        try:
            yield PostgresServer(folder, port, process.pid)
        finally:
            stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(
    binaries: Path, folder: Path, settings: Mapping[str, str], port: int | None = None
) -> tuple[subprocess.Popen[bytes], int]:
    """Start a server on an initialised folder, wait until it answers, and return its process and port."""
    port = port or _free_port()
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), **settings}
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(_as_server(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
    question = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        for _ in range(int(START_SECONDS_MAX / POLL_SECONDS)):
            if process.poll() is not None:
                break
            if subprocess.call(question) == 0:
                return process, port
            time.sleep(POLL_SECONDS)
    except BaseException:
        stop(process)
        raise
    stop(process)
    raise NoPostgres("the server did not start:\n" + (folder / "server.log").read_text(encoding="utf-8")[-2_000:])


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server by its process: at once for its clients, cleanly for its data."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _initialise(binaries: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, SYSTEM_ACCOUNT, SYSTEM_ACCOUNT)
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", ADMINISTRATOR, "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        _as_server(command), check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=folder
    )
    if done.returncode:
        raise NoPostgres("initdb failed:\n" + done.stdout + done.stderr)


def _as_server(command: list[str]) -> list[str]:
    """Let a command end with us, and run as the system's database account when we are root: PostgreSQL refuses root."""
    wrapped = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        wrapped += [f"--reuid={SYSTEM_ACCOUNT}", f"--regid={SYSTEM_ACCOUNT}", "--clear-groups"]
    return [*wrapped, *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
