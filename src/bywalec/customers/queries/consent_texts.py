"""The texts people are asked to agree to, by version."""

import hashlib
from functools import cache
from pathlib import Path

import yaml

from bywalec.customers.errors import BadConsent

TEXTS = Path(__file__).resolve().parents[1] / "texts" / "consents.yaml"
CURRENT_TEXT_VERSION = "1"
LANGUAGE_WITHOUT_TEXT = "pl"


def consent_text(purpose: str, *, version: str = CURRENT_TEXT_VERSION, language: str = "pl") -> str:
    """Return the text of a consent in a language, in Polish where it is not translated.

    Raises:
        InvalidInput: there is no text of this purpose and version.
    """
    by_language = _texts().get(version, {}).get(purpose)
    if by_language is None:
        raise BadConsent(field="text_version", value=f"{purpose} {version}")
    return by_language.get(language) or by_language[LANGUAGE_WITHOUT_TEXT]


def consent_text_hash(purpose: str, *, version: str = CURRENT_TEXT_VERSION, language: str = "pl") -> bytes:
    """Return the SHA-256 of a consent's text, the proof of what was shown.

    Raises:
        InvalidInput: there is no text of this purpose and version.
    """
    return hashlib.sha256(consent_text(purpose, version=version, language=language).encode()).digest()


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return loaded
