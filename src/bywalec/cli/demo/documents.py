"""Reading the documents in ``world/`` into frozen, checked values; a slip in one of them stops with its place."""

from pathlib import Path
from typing import TypeVar

import msgspec

WORLD = Path(__file__).parent / "world"
Document = TypeVar("Document")


def read(name: str, kind: type[Document]) -> Document:
    """Return a document of the demo's world.

    Args:
        name: the file's name without its ending.
        kind: what it must look like.

    Raises:
        msgspec.ValidationError: it does not look like that.
    """
    return msgspec.yaml.decode((WORLD / f"{name}.yaml").read_bytes(), type=kind)
