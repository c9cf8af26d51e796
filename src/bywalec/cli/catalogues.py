"""The catalogues of translated texts: compiled when older than their source, filled with what the source asks for.

Every area has its own in ``<area>/locale/<language>/LC_MESSAGES/django.po``; the compiled ``.mo`` is never committed.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUES = "*/locale/*/LC_MESSAGES/django.po"
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
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


def update_catalogue(area: Path, language: str) -> Path:
    """Bring an area's catalogue in line with its source: new texts empty, translations kept, the rest dropped."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    asked = Catalog(charset="utf-8")
    for message in messages(area):
        place = message.place.rsplit(":", 1)[0]
        asked.add(
            (message.text, message.plural) if message.plural else message.text,
            locations=[(place, 0)],
            context=message.context or None,
        )
    path = area / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue = read_catalogue(path, language) or Catalog(locale=language, charset="utf-8")
    catalogue.update(asked, no_fuzzy_matching=True)
    entries = BytesIO()
    write_po(entries, catalogue, width=120, ignore_obsolete=True, include_lineno=False, omit_header=True)
    header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + entries.getvalue())
    return path


def read_catalogue(path: Path, language: str) -> "Catalog | None":
    """Read a catalogue, if there is one."""
    from babel.messages.pofile import read_po

    if not path.exists():
        return None
    with path.open("rb") as readable:
        return read_po(readable, locale=language, abort_invalid=True)


def untranslated(path: Path, language: str) -> list[str]:
    """Return the texts of a catalogue that have no translation yet."""
    catalogue = read_catalogue(path, language) or ()
    entries = [(entry.id, entry.string) for entry in catalogue if entry.id]
    return [str(text) for text, given in entries if not all(given if isinstance(given, list | tuple) else (given,))]
