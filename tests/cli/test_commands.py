"""The commands as a person starts them: in a process of their own, on a data folder of their own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bywalec.cli.main import application

OWN = ("BYWALEC_DATABASE_URL", "BYWALEC_KEYS_DATABASE_URL", "BYWALEC_TEST_FOLDER", "BYWALEC_LANGUAGE")
START_SECONDS_MAX = 120


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return what a command started on a data folder sees."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | {"BYWALEC_VAR": str(folder)} | variables


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bywalec.cli", *arguments],
        check=False,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=START_SECONDS_MAX,
    )


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate a data folder."""
    folder = tmp_path_factory.mktemp("var")
    done = run(folder, "migrate")
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start the server and wait until it says that it answers."""
    command = [sys.executable, "-m", "bywalec.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment(folder), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert f"http://127.0.0.1:{port}" in process.stderr.readline()
            yield process
        finally:
            process.terminate()
            process.wait(START_SECONDS_MAX)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_doctor_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")

    assert done.returncode == 1
    assert "✗ baza default: brakuje migracji" in done.stdout
    assert "→ Uruchom: ./bywalec migrate" in done.stdout


def test_the_doctor_finds_a_migrated_installation_well(migrated: Path) -> None:
    done = run(migrated, "doctor")

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Wszystko w porządku.")


def test_the_doctor_notices_a_key_that_others_can_read(migrated: Path) -> None:
    key = migrated / "master_key.txt"
    key.chmod(0o644)
    try:
        done = run(migrated, "doctor", BYWALEC_LANGUAGE="en")
    finally:
        key.chmod(0o600)

    assert done.returncode == 1
    assert "✗ master key: others can read it" in done.stdout


def test_the_doctor_names_a_setting_that_is_wrong(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", BYWALEC_DATABASE_URL="nonsense")

    assert done.returncode == 1
    assert "✗ ustawienia: " in done.stdout
    assert "BYWALEC_DATABASE_URL is not an address" in done.stdout


def test_migrating_again_does_nothing(migrated: Path) -> None:
    done = run(migrated, "migrate")

    assert done.returncode == 0
    assert done.stderr.count("aktualna") == 2


def test_the_server_answers_and_ends_when_it_is_told_to(migrated: Path) -> None:
    port = free_port()
    with serving(migrated, port) as process:
        assert httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=20).status_code == 200

        taken = run(migrated, "serve", "--port", str(port))

        process.send_signal(signal.SIGTERM)
        assert process.wait(START_SECONDS_MAX) in {0, -signal.SIGTERM}
    assert taken.returncode == 1
    assert "--port" in taken.stderr
    assert "Traceback" not in taken.stderr


def test_verifying_nothing_does_not_look_green(migrated: Path) -> None:
    assert run(migrated, "verify").returncode == 1


def test_the_worker_ends_when_it_is_told_to(migrated: Path) -> None:
    command = [sys.executable, "-m", "bywalec.cli", "worker"]
    with subprocess.Popen(command, env=environment(migrated), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "działa" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(START_SECONDS_MAX) == 0


def test_there_is_no_command_that_does_nothing_yet() -> None:
    commands = {
        command.name or getattr(command.callback, "__name__", "") for command in application.registered_commands
    }
    groups = {group.name for group in application.registered_groups}

    assert commands | groups <= {
        "demo", "serve", "worker", "migrate", "import", "export", "backup", "restore", "verify", "simulate", "diagnose",
        "evaluate", "doctor", "test", "lint", "bench", "lock", "messages",
    }  # fmt: skip
