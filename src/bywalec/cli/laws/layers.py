"""The order of the layers, read from the one place that has it: ``.importlinter``."""

from configparser import ConfigParser
from pathlib import Path

SECTION = "importlinter:contract:layers"


def layers(config: Path) -> list[list[str]]:
    """Return the areas by layer, top first; areas of one layer are independent of each other."""
    parser = ConfigParser()
    parser.read_string(config.read_text(encoding="utf-8"))
    lines = [line.strip() for line in parser[SECTION]["layers"].splitlines() if line.strip()]
    return [[part.strip().strip("()") for part in line.split("|")] for line in lines]
