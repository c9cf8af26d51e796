"""Which table lives in which store: keys apart from everything else."""

from django.db.models import Model

KEY_TABLES = frozenset({"personkey", "tenantkey"})


class KeyStoreRouter:
    """Sends the two key tables to the store ``keys`` and everything else to ``default``."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        """Return the store that answers reads of a table."""
        return "keys" if _is_key_table(model._meta.app_label, model._meta.model_name) else "default"

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        """Return the store that takes writes of a table."""
        return self.db_for_read(model, **hints)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: object) -> bool:
        """Let a migration touch only the store its table lives in."""
        if model_name is None:
            return db == "default"
        return (db == "keys") == _is_key_table(app_label, model_name)


def _is_key_table(app_label: str, model_name: str | None) -> bool:
    return app_label == "foundation" and model_name in KEY_TABLES
