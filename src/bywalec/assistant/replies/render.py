"""From a template key and data to the words of a reply."""

import re
from functools import cache
from importlib import resources

import yaml
from django.template import Context, Engine, Template

from bywalec.assistant.grounding.values import Data
from bywalec.assistant.replies.spoken import spoken

LANGUAGES = ("pl", "en", "uk")
_EMPTY_LINES = re.compile(r"\n\s*\n+")
_SPACES = re.compile(r"[ \t]{2,}")


def render(template: str, data: Data, language: str) -> str:
    """The reply in a language; English for languages we do not speak.

    Raises:
        KeyError: there is no such template.
    """
    text = _template(template, reply_language(language)).render(
        Context(spoken(data, reply_language(language)), autoescape=False)
    )
    return _SPACES.sub(" ", _EMPTY_LINES.sub("\n", "\n".join(line.strip() for line in text.splitlines()))).strip()


def reply_language(language: str) -> str:
    """The language we answer in."""
    return language if language in LANGUAGES else "en"


def template_keys(language: str) -> frozenset[str]:
    """The keys a language has."""
    return frozenset(_texts(language))


@cache
def _template(key: str, language: str) -> Template:
    return Template(_texts(language)[key], engine=_engine())


@cache
def _engine() -> Engine:
    return Engine(autoescape=False, string_if_invalid="")


@cache
def _texts(language: str) -> dict[str, str]:
    file = resources.files(__package__) / "texts" / f"{language}.yaml"
    texts: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return texts
