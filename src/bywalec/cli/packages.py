"""What tests need from the operating system: found, else installed where that is allowed, else named."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bywalec.cli import postgres
from bywalec.cli.terminal import note

INSTALL_SECONDS_MAX = 900


@dataclass(frozen=True, slots=True)
class Program:
    """Something that Debian packages bring.

    Args:
        name: what people call it.
        packages: the packages that bring it.
        there: says whether it is installed.
    """

    name: str
    packages: tuple[str, ...]
    there: Callable[[], bool]


POSTGRESQL = Program("PostgreSQL", ("postgresql",), lambda: postgres.programs() is not None)
CHROMIUM = Program("Chromium", ("chromium", "fonts-dejavu-core"), lambda: shutil.which("chromium") is not None)


def missing(programs: Sequence[Program]) -> list[Program]:
    """Return the programs that are not there and could not be installed."""
    absent = [program for program in programs if not program.there()]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([package for program in absent for package in program.packages])
    return [program for program in absent if not program.there()]


def _install(packages: Sequence[str]) -> None:
    """Install packages quietly; when it fails, the caller sees that they are still missing."""
    note(f"installing {', '.join(packages)} (apt-get)")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *command],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS_MAX,
        )
        if done.returncode:
            note((done.stdout + done.stderr).strip()[-1_000:])
