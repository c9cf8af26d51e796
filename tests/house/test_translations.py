"""Texts without a finished Polish translation are caught, and the catalogue is filled from the source."""

from pathlib import Path

import pytest

from bywalec.cli.catalogues import compile_catalogues, messages, untranslated, update_catalogue
from bywalec.cli.laws.translations import texts_are_translated

HEADER = 'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CODE = 'from django.utils.translation import gettext as _\n\nhello = _("Good day, %(name)s")\n'
TEMPLATE = (
    '{% load i18n %}<p title="{% translate "Close" %}">'
    "{% blocktranslate count n=n %}One{% plural %}Many{% endblocktranslate %}</p>"
)


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Write an area that greets."""
    folder = tmp_path / "bywalec" / "store"
    (folder / "templates").mkdir(parents=True)
    (folder / "greeting.py").write_text(CODE)
    return folder


def catalogue(area: Path, entries: str) -> Path:
    """Write the area's Polish catalogue."""
    path = area / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + entries, encoding="utf-8")
    return path


def problems(area: Path) -> list[str]:
    """Say what the law finds."""
    return [finding.problem for finding in texts_are_translated([area]).findings]


def test_a_translated_text_is_lawful(area: Path) -> None:
    catalogue(area, 'msgid "Good day, %(name)s"\nmsgstr "Dzień dobry, %(name)s"\n')

    assert texts_are_translated([area]).holds


def test_an_area_without_a_catalogue_is_caught(area: Path) -> None:
    assert problems(area) == ["has texts for people but no catalogue pl/LC_MESSAGES/django.po"]


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (
            'msgid "Something else"\nmsgstr "Coś innego"\n',
            "is not in the Polish catalogue of store: 'Good day, %(name)s'",
        ),
        ('msgid "Good day, %(name)s"\nmsgstr ""\n', "has no translation"),
        ('#, fuzzy\nmsgid "Good day, %(name)s"\nmsgstr "Cześć, %(name)s"\n', "is fuzzy"),
        ('msgid "Good day, %(name)s"\nmsgstr "Cześć"\n', "changes the placeholders: 'Cześć'"),
    ],
)
def test_a_text_that_is_not_finished_is_caught(area: Path, entries: str, problem: str) -> None:
    catalogue(area, entries)

    assert problems(area) == [problem]


def test_texts_of_templates_are_found(area: Path) -> None:
    (area / "templates" / "page.html").write_text(TEMPLATE)

    assert {(found.text, found.plural) for found in messages(area)} == {
        ("Good day, %(name)s", ""),
        ("Close", ""),
        ("One", "Many"),
    }


def test_a_catalogue_is_filled_and_keeps_its_translations(area: Path) -> None:
    path = catalogue(
        area, 'msgid "Good day, %(name)s"\nmsgstr "Dzień dobry, %(name)s"\n\nmsgid "Old"\nmsgstr "Stare"\n'
    )
    (area / "templates" / "page.html").write_text(TEMPLATE)

    assert update_catalogue(area, "pl") == path
    text = path.read_text(encoding="utf-8")
    assert '"Dzień dobry, %(name)s"' in text
    assert "Old" not in text
    assert untranslated(path, "pl") == ["Close", "('One', 'Many')"]


def test_a_catalogue_is_compiled_when_it_is_older_than_its_source(area: Path) -> None:
    path = catalogue(area, 'msgid "Good day, %(name)s"\nmsgstr "Dzień dobry, %(name)s"\n')

    assert [compile_catalogues(area.parent), compile_catalogues(area.parent)] == [1, 0]
    assert path.with_suffix(".mo").stat().st_size > 0
