"""What a test run promises: warnings fail, requirements are recorded on each database, the server is ours alone."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from bywalec.cli import postgres
from bywalec.cli.commands.test import Database, _selects
from bywalec.cli.project import PROJECT
from tests.plugins.requirements_report import VARIABLE, known_requirements, merge

OUTCOMES = """
import pytest

@pytest.mark.req("L1", "L2")
def test_that_passes():
    pass

@pytest.mark.req("L2")
def test_that_fails():
    assert False

@pytest.mark.req("L4")
@pytest.mark.skip
def test_that_is_skipped():
    pass

@pytest.fixture
def broken():
    raise ValueError

@pytest.mark.req("L5")
def test_whose_preparation_fails(broken):
    pass
"""


def run(folder: Path, code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a file of tests under the project's own configuration."""
    file = folder / "test_planted.py"
    file.write_text(code, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(PROJECT / "pyproject.toml"),
        "-p",
        "no:cacheprovider",
        str(file),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "BYWALEC_"))}
    return subprocess.run(
        [*command, *arguments],
        check=False,
        cwd=PROJECT,
        env=environment | variables | {"BYWALEC_VAR": str(folder)},
        capture_output=True,
        text=True,
    )


def test_a_warning_fails_the_test_that_causes_it(tmp_path: Path) -> None:
    done = run(tmp_path, "import warnings\n\ndef test_planted():\n    warnings.warn('old', DeprecationWarning)\n")

    assert done.returncode == 1
    assert "FAILED" in done.stdout
    assert "::test_planted - DeprecationWarning: old" in done.stdout


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_outcomes_are_recorded_by_requirement(tmp_path: Path, workers: list[str]) -> None:
    target = tmp_path / "requirements.json"
    target.write_text('{"L1": {"postgresql": ["passed"]}, "L9": {"sqlite": ["passed"]}}', encoding="utf-8")

    run(tmp_path, OUTCOMES, "-p", "tests.plugins.requirements_report", *workers, **{VARIABLE: str(target)})

    recorded = json.loads(target.read_text(encoding="utf-8"))
    recorded["L2"]["sqlite"].sort()
    assert recorded == {
        "L1": {"postgresql": ["passed"], "sqlite": ["passed"]},
        "L2": {"sqlite": ["failed", "passed"]},
        "L4": {"sqlite": ["skipped"]},
        "L5": {"sqlite": ["failed"]},
    }


def test_a_requirement_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    code = 'import pytest\n\n@pytest.mark.req("L999")\ndef test_planted():\n    pass\n'

    done = run(tmp_path, code, "-p", "tests.plugins.requirements_report")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "marked for L999" in done.stderr


def test_the_lists_of_requirements_are_read() -> None:
    known = known_requirements(PROJECT / "docs" / "requirements")

    assert {"L1", "L28", "C12", "O7", "G4", "S15", "A1", "R1"} <= known


def test_a_run_replaces_the_outcomes_of_its_own_database_only() -> None:
    old = {"L1": {"sqlite": ["failed"], "postgresql": ["passed"]}, "L2": {"sqlite": ["passed"]}}

    assert merge(old, "sqlite", {"L10": ["passed"]}) == {
        "L1": {"postgresql": ["passed"]},
        "L10": {"sqlite": ["passed"]},
    }


@pytest.mark.parametrize(
    ("arguments", "selects"),
    [
        ([], False),
        (["-q", "-x"], False),
        (["-n", "3"], False),
        (["--durations=5"], False),
        (["tests/house"], True),
        (["-q", "tests/house/test_runs.py::test_x"], True),
        (["-k", "ledger"], True),
        (["-m", "browser"], True),
        (["--lf"], True),
    ],
)
def test_a_run_of_some_tests_is_told_from_a_full_one(arguments: list[str], *, selects: bool) -> None:
    assert _selects(arguments) is selects


def test_there_is_one_name_for_each_database() -> None:
    assert [database.value for database in Database] == ["sqlite", "postgresql", "both"]


@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is missing: apt-get install postgresql")
class TestPrivateServer:
    """The server that tests run on."""

    def test_it_answers_and_is_gone_afterwards(self) -> None:
        with postgres.private_server() as server:
            address = server.create("shop")
            with psycopg.connect(address) as connection:
                row = connection.execute("SELECT current_database()").fetchone()
            assert row == ("shop",)

        assert not server.folder.exists()
        with pytest.raises(ProcessLookupError):
            os.kill(server.pid, 0)

    def test_it_ends_when_the_run_is_killed(self) -> None:
        code = (
            "from bywalec.cli import postgres\n"
            "with postgres.private_server() as server:\n"
            "    print(server.url('postgres'), flush=True)\n"
            "    input()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT / "src"
        ) as owner:
            assert owner.stdout is not None
            address = owner.stdout.readline().strip()
            connection = psycopg.connect(address)
            owner.send_signal(signal.SIGKILL)
            owner.wait()

        with pytest.raises(psycopg.OperationalError):
            for _notice in connection.notifies(timeout=30):
                pass
        connection.close()
