"""The catalogues of translated texts: compiled when older than their source, filled with what the source asks for.

Every area has its own in ``<area>/locale/<language>/LC_MESSAGES/django.po``; the compiled ``.mo`` is never committed.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUES = "*/locale/*/LC_MESSAGES/django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A text that the source asks to be translated.

    Args:
        text: the English original, the singular where there are two.
        plural: the English plural, or empty.
        context: what tells equal originals apart, or empty.
        place: file and line that asks.
    """

    text: str
    plural: str
    context: str
    place: str


def compile_catalogues(source: Path = SOURCE) -> int:
    """Compile what is older than its source and return how many that were; safe to run twice at once."""
    compiled = 0
    for path in source.glob(CATALOGUES):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with path.open("rb") as readable:
            catalogue = read_po(readable, locale=path.parts[-3])
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as writable:
            write_mo(writable, catalogue)
        Path(writable.name).chmod(0o644)
        Path(writable.name).replace(target)
        compiled += 1
    return compiled


def messages(area: Path) -> Iterator[Message]:
    """Yield every text that an area's Python files and templates ask to be translated."""
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    for path in sorted(area.rglob("*")):
        if path.suffix == ".py":
            code = path.read_bytes()
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()
        else:
            continue
        name = path.relative_to(area.parent).as_posix()
        for line, found, _comments, context in extract("python", BytesIO(code), keywords=KEYWORDS):
            text, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
            yield Message(text, plural, context or "", f"{name}:{line}")
