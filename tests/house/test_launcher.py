"""``./bywalec``: what is installed is not installed again, and what is missing is named."""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from bywalec.cli.project import PROJECT

ECHO = f"#!{sys.executable}\nimport sys\nprint(sys.argv[1:])\n"
UNABLE = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay out a checkout whose environment is a Python that only says how it was called."""
    shutil.copy(PROJECT / "bywalec", tmp_path)
    shutil.copytree(PROJECT / "requirements", tmp_path / "requirements")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(ECHO, encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def stamp(checkout: Path, kind: str) -> None:
    """Say that an environment was made from a lock."""
    digest = hashlib.sha256((checkout / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()
    (checkout / ".venv" / "bywalec-stamp").write_text(f"{kind} {checkout} {digest}", encoding="utf-8")


def start(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the launcher."""
    return subprocess.run(
        [sys.executable, checkout / "bywalec", *arguments], check=False, capture_output=True, text=True, timeout=60
    )


def module(checkout: Path) -> ModuleType:
    """Load the launcher as a module."""
    loader = SourceFileLoader("launcher", str(checkout / "bywalec"))
    loaded = ModuleType("launcher")
    loaded.__file__ = str(checkout / "bywalec")
    loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize(("kind", "command"), [("runtime", "demo"), ("development", "demo"), ("development", "lint")])
def test_a_prepared_environment_is_used_at_once(checkout: Path, kind: str, command: str) -> None:
    stamp(checkout, kind)

    done = start(checkout, command, "--port", "8001")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(["-m", "bywalec.cli", command, "--port", "8001"])


def test_an_environment_without_the_developers_packages_does_not_serve_them(checkout: Path) -> None:
    stamp(checkout, "runtime")

    launcher = module(checkout)

    assert launcher.prepared(False)
    assert not launcher.prepared(True)


def test_another_lock_or_another_place_makes_the_environment_again(checkout: Path) -> None:
    stamp(checkout, "runtime")
    launcher = module(checkout)
    with (checkout / "requirements" / "runtime.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert not launcher.prepared(False)

    stamp(checkout, "runtime")
    assert launcher.prepared(False)
    moved = checkout.parent / "moved"
    shutil.copytree(checkout, moved)
    assert not module(moved).prepared(False)


def test_a_machine_without_a_new_python_is_told_what_to_install(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher = module(checkout)
    monkeypatch.setattr(launcher, "OLDEST", (99, 0))

    with pytest.raises(SystemExit) as ended:
        launcher.main()

    assert ended.value.code == 2
    assert "needs Python 99.0 or newer" in capsys.readouterr().err


def test_a_python_that_cannot_make_environments_is_not_taken(checkout: Path) -> None:
    python = checkout / "python3"
    python.write_text(UNABLE, encoding="utf-8")
    python.chmod(0o755)

    launcher = module(checkout)

    assert not launcher.usable(str(python))
    assert not launcher.usable(str(checkout / "nothing"))
    assert launcher.usable(sys.executable)


def test_the_locks_name_no_index_and_check_every_file() -> None:
    for name in ("runtime.txt", "development.txt", "uv.txt"):
        text = (PROJECT / "requirements" / name).read_text(encoding="utf-8")
        assert not [
            line for line in text.splitlines() if "://" in line or line.startswith(("-i", "--index", "--extra"))
        ]
        pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)


def test_the_developers_lock_holds_all_of_the_runtime_lock() -> None:
    runtime, development = (
        {
            line.split(" ")[0]
            for line in (PROJECT / "requirements" / name).read_text("utf-8").splitlines()
            if "==" in line
        }
        for name in ("runtime.txt", "development.txt")
    )

    assert runtime <= development


def test_the_launcher_can_be_executed() -> None:
    assert os.access(PROJECT / "bywalec", os.X_OK)
