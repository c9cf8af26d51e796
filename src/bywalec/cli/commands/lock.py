"""``bywalec lock``: re-makes the lock files after a change of dependencies in pyproject.toml."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from bywalec.cli.project import PROJECT
from bywalec.cli.terminal import note

UNIVERSAL = ("--generate-hashes", "--universal", "--python-version", "3.11", "--no-emit-index-url", "--no-header")
LOCKS = {
    "runtime.txt": ("pyproject.toml", "--extra", "columns"),
    "development.txt": ("pyproject.toml", "--extra", "columns", "--group", "dev"),
    "uv.txt": ("-",),
}


def lock(
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Take the newest versions that are allowed.")] = False,
) -> None:
    """Write requirements/*.txt: every package with version and hashes, no address of any index."""
    uv = Path(sys.executable).with_name("uv")
    for name, wanted in LOCKS.items():
        note(f"locking requirements/{name}")
        command = [str(uv), "pip", "compile", *wanted, *UNIVERSAL, "--quiet", "-o", f"requirements/{name}"]
        command += ["--upgrade"] if upgrade else []
        subprocess.run(command, cwd=PROJECT, input=b"uv\n", stdout=subprocess.DEVNULL, check=True)
