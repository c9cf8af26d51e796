"""The laws of the house applied to the project itself; `bywalec.cli.laws` holds the laws."""

from collections.abc import Callable, Mapping

from bywalec.cli.laws import (
    chance,
    configuration,
    foreign_tables,
    pages,
    silenced,
    sizes,
    tables,
    translations,
)
from bywalec.cli.laws.layers import layers
from bywalec.cli.laws.report import Report
from bywalec.cli.laws.sources import sources
from bywalec.cli.project import PROJECT, SOURCE


def laws() -> Mapping[str, Callable[[], Report]]:
    """Return every law by its short name, ready to be checked on the project; Django must be started."""
    return {
        "foreign keys": lambda: tables.foreign_keys_point_down(_models(), layers(PROJECT / ".importlinter")),
        "tenant": lambda: tables.rows_have_a_tenant(_models()),
        "organization first": lambda: tables.organization_comes_first(_models()),
        "personal data": _personal_data,
        "private tables": lambda: foreign_tables.tables_are_private(
            sources(PROJECT, ".py", folders=("src",)), _owners()
        ),
        "time and chance": lambda: chance.time_and_chance_are_arguments(sources(PROJECT, ".py", folders=("src",))),
        "pages": lambda: pages.pages_are_self_contained(sources(PROJECT, *pages.SUFFIXES, folders=("src",))),
        "translations": lambda: translations.texts_are_translated(
            sorted(path for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__")
        ),
        "sizes": lambda: sizes.files_are_short(sources(PROJECT, ".py", ".js", ".css", ".html")),
        "silenced": lambda: silenced.checkers_are_rarely_silenced(sources(PROJECT, ".py")),
        "configuration": lambda: configuration.checkers_are_not_weakened(PROJECT),
    }


def _models() -> list[tables.AnyModel]:
    from django.apps import apps

    return tables.own(apps.get_models(include_auto_created=True))


def _owners() -> dict[str, str]:
    return {model._meta.db_table: model._meta.app_label for model in _models()}


def _personal_data() -> Report:
    from bywalec.foundation.registries import columns_declared_not_personal, personal_fields

    return tables.personal_data_is_listed(_models(), personal_fields(), columns_declared_not_personal())
