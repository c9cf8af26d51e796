"""The command as a newcomer types it."""

import subprocess
import sys

import pytest

from bywalec.cli.project import PROJECT

SECONDS_MAX = 300


@pytest.mark.long
def test_the_smoke_command_plays_on_a_fresh_demo_and_ends_with_0() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bywalec.cli", "demo", "--smoke", "--members", "25", "--days", "40"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify: ✓" in done.stdout
    assert done.stdout.rstrip().endswith("Wszystko było tak, jak trzeba.")


@pytest.mark.long
def test_a_demo_that_cannot_start_ends_the_smoke_command_with_1() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bywalec.cli", "demo", "--smoke", "--members", "25", "--days", "40"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
        env={"PATH": "/usr/bin:/bin", "BYWALEC_WEB_THREADS": "many"},
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "before it was ready" in done.stdout
