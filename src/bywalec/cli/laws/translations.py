"""Polish first: every text for people stands in its area's Polish catalogue, finished."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Message as Entry

from bywalec.cli.catalogues import messages, read_catalogue
from bywalec.cli.laws.report import Finding, Report, report

LANGUAGE = "pl"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w+}|%[sd]")


def texts_are_translated(areas: Iterable[Path]) -> Report:
    """Check that what an area asks to be translated is in its catalogue, and that nothing there is fuzzy or empty."""
    findings: list[Finding] = []
    looked_at = 0
    for area in areas:
        path = area / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        asked = list(messages(area))
        catalogue = read_catalogue(path, LANGUAGE)
        if asked and catalogue is None:
            findings.append(
                Finding(area.name, f"has texts for people but no catalogue {LANGUAGE}/LC_MESSAGES/django.po")
            )
            continue
        if catalogue is None:
            continue
        for message in asked:
            looked_at += 1
            if catalogue.get(message.text, message.context or None) is None:
                findings.append(
                    Finding(message.place, f"is not in the Polish catalogue of {area.name}: {message.text!r}")
                )
        for entry in catalogue:
            if entry.id:
                looked_at += 1
                findings += [Finding(f"{area.name}/…/django.po {entry.id!r}", problem) for problem in _problems(entry)]
    return report("texts are translated", looked_at, "texts and entries", findings)


def _problems(entry: Entry) -> Iterable[str]:
    """Yield what is wrong with one entry: fuzzy, empty, or its placeholders are not the original's."""
    originals = entry.id if isinstance(entry.id, list | tuple) else (entry.id,)
    given = entry.string if isinstance(entry.string, list | tuple) else (entry.string,)
    translations = [text or "" for text in given]
    if entry.fuzzy:
        yield "is fuzzy"
    if not all(translations):
        yield "has no translation"
        return
    known = {name for original in originals for name in PLACEHOLDER.findall(original)}
    for translation in translations:
        used = set(PLACEHOLDER.findall(translation))
        if used - known or (len(originals) == 1 and known - used):
            yield f"changes the placeholders: {translation!r}"
