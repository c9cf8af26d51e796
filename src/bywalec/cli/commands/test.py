"""``bywalec test``: the tests on SQLite and on a PostgreSQL server of our own."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from bywalec.cli import postgres
from bywalec.cli.packages import CHROMIUM, POSTGRESQL, missing
from bywalec.cli.project import PROJECT
from bywalec.cli.terminal import note

NO_TESTS = 5
READ_BYTES = 65_536
OPTIONS_WITH_VALUE = ("-k", "-m", "-n", "-p", "-c", "-o", "-W", "--rootdir", "--durations")


class Database(StrEnum):
    """On what the tests run."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run of pytest ended.

    Args:
        database: where it ran.
        code: its exit code.
        closing: its last line.
    """

    database: Database
    code: int
    closing: str


def test(
    context: typer.Context,
    database: Annotated[Database, typer.Option(help="Run on this database.")] = Database.BOTH,
    long: Annotated[bool, typer.Option("--long", help="Also run the tests that take minutes.")] = False,
    workers: Annotated[int | None, typer.Option("-n", help="Processes; 2 for a full run, else 1.")] = None,
) -> None:
    """Run the tests; further arguments go to pytest."""
    arguments = list(context.args)
    full = not _selects(arguments)
    databases = [Database.SQLITE, Database.POSTGRESQL] if database is Database.BOTH else [database]
    databases = _available(databases, browser=full)
    processes = (2 if full else 0) if workers is None else workers
    command = [sys.executable, "-m", "pytest", *arguments, *(["--long"] if long else [])]
    command += ["-n", str(processes), "--dist", "loadfile"] if processes > 1 else []
    command += ["--color=yes"] if sys.stdout.isatty() else []
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever stops the run also stops its server
    try:
        outcomes = [_run(command, one, record=full) for one in databases]
    except postgres.NoPostgres as error:
        note(str(error))
        raise typer.Exit(1) from error
    _close(outcomes, partly=database is Database.BOTH and len(databases) < 2)


def _selects(arguments: Sequence[str]) -> bool:
    """Say whether arguments for pytest choose some of the tests."""
    paths = [
        word
        for before, word in zip(["", *arguments], arguments, strict=False)
        if not word.startswith("-") and before not in OPTIONS_WITH_VALUE
    ]
    return bool(paths) or any(
        word.startswith(("-k", "-m", "--lf", "--deselect", "--last-failed")) for word in arguments
    )


def _available(databases: Sequence[Database], *, browser: bool) -> list[Database]:
    """Leave out what this machine cannot run, aloud; with CI=true that is a failure instead."""
    wanted = [POSTGRESQL] if Database.POSTGRESQL in databases else []
    wanted += [CHROMIUM] if browser else []
    absent = missing(wanted)
    for program in absent:
        note(f"{program.name} IS MISSING; on Debian or Ubuntu: apt-get install {' '.join(program.packages)}")
    if absent and os.environ.get("CI", "").lower() in {"1", "true"}:
        raise typer.Exit(1)
    if POSTGRESQL in absent:
        note("the tests on PostgreSQL ARE SKIPPED")
        databases = [database for database in databases if database is not Database.POSTGRESQL]
    if not databases:
        raise typer.Exit(1)
    return list(databases)


def _run(command: Sequence[str], database: Database, *, record: bool) -> Outcome:
    """Run pytest once, in a folder and on a server that nobody else uses."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bywalec-test-"))
        environment = os.environ | {"BYWALEC_VAR": folder, "BYWALEC_TEST_FOLDER": folder}
        environment.pop("BYWALEC_DATABASE_URL", None)
        environment.pop("BYWALEC_KEYS_DATABASE_URL", None)
        environment.pop("BYWALEC_REQUIREMENTS_REPORT", None)
        if record:
            environment["BYWALEC_REQUIREMENTS_REPORT"] = str(PROJECT / "var" / "requirements.json")
        if database is Database.POSTGRESQL:
            server = stack.enter_context(postgres.private_server())
            environment["BYWALEC_DATABASE_URL"] = server.create("bywalec")
            environment["BYWALEC_KEYS_DATABASE_URL"] = server.create("keys")
            subprocess.run([sys.executable, "-m", "bywalec.cli", "migrate"], env=environment, check=True)
            environment["BYWALEC_TEST_MIGRATED"] = "true"
        note(f"tests on {database}")
        code, closing = _stream(command, environment)
        return Outcome(database, code, closing)


def _stream(command: Sequence[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run a command, pass on what it prints as it comes, and return its exit code and last line."""
    tail = b""
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        try:
            while part := os.read(run.stdout.fileno(), READ_BYTES):
                os.write(sys.stdout.fileno(), part)
                tail = (tail + part)[-READ_BYTES:]
        except BaseException:
            run.terminate()
            raise
    lines = [line for line in tail.decode(errors="replace").splitlines() if line.strip()]
    return run.returncode, lines[-1] if lines else ""


def _close(outcomes: Sequence[Outcome], *, partly: bool) -> None:
    """Repeat the closing line of each run, the worse one last, and end with a code that tells."""
    if partly:
        note("only SQLite was tested; PostgreSQL is missing")
    ordered = sorted(outcomes, key=lambda outcome: outcome.code not in {0, NO_TESTS})
    if len(ordered) > 1:
        typer.echo("")
        for outcome in ordered:
            typer.echo(f"{outcome.database}:")
            typer.echo(outcome.closing)
    bad = [outcome.code for outcome in outcomes if outcome.code not in {0, NO_TESTS}]
    if all(outcome.code == NO_TESTS for outcome in outcomes):
        bad.append(NO_TESTS)
    raise typer.Exit(bad[0] if bad else 0)
