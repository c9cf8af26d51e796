"""Inboxes, their public face and the code that puts the widget on a website."""

from dataclasses import dataclass
from html import escape
from uuid import UUID

from bywalec.foundation import queries, tenancy
from bywalec.foundation.errors import InvalidToken
from bywalec.foundation.ids import public_token, split_token
from bywalec.inbox import sealing
from bywalec.inbox.accent import Accent, readable_accent
from bywalec.inbox.errors import InboxNotFound
from bywalec.inbox.greeting import LANGUAGES, greeting_text, spoken_language
from bywalec.inbox.models import Inbox
from bywalec.inbox.rules.kinds import InboxKind

OPENER = "bi"
WIDGET_SCRIPT = "/static/widget/bywalec-chat.js"


@dataclass(frozen=True, slots=True)
class InboxInfo:
    """An inbox as staff see it; ``token`` is public and stands in the embed code."""

    id: UUID
    kind: InboxKind
    name: str
    token: str
    bot_name: str
    greeting: dict[str, str]
    accent: str
    allowed_origins: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class WidgetConfig:
    """What the widget needs to know before it shows itself; nothing in it is secret."""

    name: str
    bot_name: str
    greeting: str
    language: str
    languages: tuple[str, ...]
    accent: Accent


def inbox(inbox_id: UUID) -> InboxInfo:
    """Return an inbox of the current scope.

    Raises:
        InboxNotFound: no such inbox.
    """
    row = Inbox.objects.filter(id=inbox_id).first()
    if row is None:
        raise InboxNotFound(value=str(inbox_id))
    return _info(row)


def inboxes() -> list[InboxInfo]:
    """Return the inboxes of the current scope, oldest first."""
    return [_info(row) for row in Inbox.objects.order_by("created_at", "id")]


def organization_of(token: str) -> UUID:
    """Return the organization whose scope an inbox's public token belongs to; proves nothing yet.

    Raises:
        InvalidToken: it has another form.
    """
    return split_token(token, OPENER)[0]


def inbox_by_token(token: str) -> InboxInfo:
    """Return the active inbox of a public token; call it inside the scope of `organization_of`.

    Raises:
        InvalidToken: it has another form.
        InboxNotFound: no active inbox carries it.
    """
    key = split_token(token, OPENER)[1]
    row = Inbox.objects.filter(public_key=key, active=True).first()
    if row is None:
        raise InboxNotFound
    return _info(row)


def allowed_origins(token: str) -> frozenset[str]:
    """Return the origins on which the widget of a public token may stand; opens its own unit of work.

    An unknown token is allowed nowhere.
    """
    try:
        organization = organization_of(token)
    except InvalidToken:
        return frozenset()
    with tenancy.reading(organization):
        key = split_token(token, OPENER)[1]
        row = Inbox.objects.filter(public_key=key, active=True).values_list("allowed_origins", flat=True).first()
    return frozenset(row or ())


def widget_config(token: str, *, language: str | None = None, accent: str | None = None) -> WidgetConfig:
    """Return the public face of an inbox; call it inside the scope of `organization_of`.

    Args:
        token: the public token.
        language: wanted language, such as ``pl`` or ``en-GB``.
        accent: a colour that the website asks for instead of the shop's own, as ``#rrggbb``.

    Raises:
        InvalidToken: the token has another form.
        InboxNotFound: no active inbox carries it.
    """
    info, shop = inbox_by_token(token), queries.organization()
    spoken = spoken_language(language, default=spoken_language(shop.language))
    return WidgetConfig(
        name=shop.name,
        bot_name=info.bot_name,
        greeting=greeting_text(own=info.greeting.get(spoken, ""), bot=info.bot_name, shop=shop.name, language=spoken),
        language=spoken,
        languages=LANGUAGES,
        accent=readable_accent(accent, info.accent, shop.accent),
    )


def embed_snippet(inbox_id: UUID, *, base_url: str, language: str | None = None) -> str:
    """Return the HTML that puts the widget on a website, ready to be pasted.

    Args:
        inbox_id: an inbox of the current scope.
        base_url: where this server is reached, such as ``https://bywalec.example``.
        language: fixed language; by default the page's own.
    """
    base = escape(base_url.rstrip("/"), quote=True)
    spoken = f' data-lang="{escape(language, quote=True)}"' if language else ""
    return (
        f'<script type="module" src="{base}{WIDGET_SCRIPT}"></script>\n'
        f'<bywalec-chat data-inbox="{escape(inbox(inbox_id).token, quote=True)}"{spoken}></bywalec-chat>'
    )


def signing_secret(inbox_id: UUID) -> str:
    """Return the secret by which a shop's server signs visitor tokens; for its owner and for the check only.

    Raises:
        InboxNotFound: no such inbox.
    """
    row = Inbox.objects.filter(id=inbox_id).first()
    secret = sealing.open_text(row.secret_sealed, subject=row.id, field=sealing.SIGNING, row=row.id) if row else None
    if secret is None:
        raise InboxNotFound(value=str(inbox_id))
    return secret


def _info(row: Inbox) -> InboxInfo:
    return InboxInfo(
        id=row.id,
        kind=InboxKind(row.kind),
        name=row.name,
        token=public_token(OPENER, row.organization_id, row.public_key),
        bot_name=row.bot_name,
        greeting=dict(row.greeting),
        accent=row.accent,
        allowed_origins=tuple(row.allowed_origins),
        active=row.active,
    )
