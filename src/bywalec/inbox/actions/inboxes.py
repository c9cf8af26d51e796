"""Setting up an inbox and changing what it shows."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from bywalec.foundation import audit, clock, crypto, tenancy
from bywalec.foundation.errors import Conflict, InvalidInput
from bywalec.foundation.ids import new_id, secret
from bywalec.inbox import sealing
from bywalec.inbox.accent import is_colour
from bywalec.inbox.errors import InboxNotFound
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Inbox
from bywalec.inbox.queries.inboxes import InboxInfo, inbox
from bywalec.inbox.rules.kinds import InboxKind
from bywalec.inbox.rules.origins import normalise_origins

PUBLIC_KEY_BYTES = 12
SECRET_BYTES = 32


def create_inbox(
    *,
    name: str,
    bot_name: str,
    allowed_origins: Sequence[str] = (),
    greeting: Mapping[str, str] | None = None,
    accent: str = "",
    kind: InboxKind = InboxKind.WEB,
) -> InboxInfo:
    """Create an inbox of the current organization with a fresh public key and signing secret.

    Args:
        name: the channel's name for staff.
        bot_name: how the bot calls itself.
        allowed_origins: websites the widget may stand on, such as ``https://sklep.example``.
        greeting: the shop's own first words by language; ours where it has none.
        accent: colour instead of the organization's, as ``#rrggbb``; empty for the organization's.
        kind: how it is reached.

    Raises:
        OriginInvalid: a website's address is none.
        InvalidInput: the colour is none, or too many websites.
        Conflict: the name is taken.
    """
    if Inbox.objects.filter(name=name).exists():
        raise Conflict(_("There is an inbox of that name already."), field="name", value=name)
    inbox_id = new_id()
    Inbox(
        id=inbox_id,
        organization_id=tenancy.current(),
        kind=kind,
        name=name,
        public_key=secret(PUBLIC_KEY_BYTES),
        secret_sealed=_fresh_secret(inbox_id),
        allowed_origins=_checked_origins(allowed_origins),
        bot_name=bot_name,
        greeting=dict(greeting or {}),
        accent=_checked_colour(accent),
        created_at=clock.now(),
    ).save(force_insert=True)
    audit.record("inbox.create", subject_kind="inbox", subject=inbox_id)
    return inbox(inbox_id)


def update_inbox(
    *,
    inbox_id: UUID,
    name: str | None = None,
    bot_name: str | None = None,
    allowed_origins: Sequence[str] | None = None,
    greeting: Mapping[str, str] | None = None,
    accent: str | None = None,
    active: bool | None = None,
) -> InboxInfo:
    """Change what an inbox shows and where; None leaves a thing as it is.

    Raises:
        InboxNotFound: no such inbox.
        OriginInvalid: a website's address is none.
        InvalidInput: the colour is none, or too many websites.
    """
    row = Inbox.objects.select_for_update().filter(id=inbox_id).first()
    if row is None:
        raise InboxNotFound(value=str(inbox_id))
    changes: dict[str, object] = {"name": name, "bot_name": bot_name, "active": active}
    changes["allowed_origins"] = None if allowed_origins is None else _checked_origins(allowed_origins)
    changes["greeting"] = None if greeting is None else dict(greeting)
    changes["accent"] = None if accent is None else _checked_colour(accent)
    changed = {key: value for key, value in changes.items() if value is not None}
    for key, value in changed.items():
        setattr(row, key, value)
    row.save(update_fields=list(changed))
    audit.record("inbox.update", subject_kind="inbox", subject=inbox_id, data={"changed": sorted(changed)})
    return inbox(inbox_id)


def renew_secret(*, inbox_id: UUID) -> None:
    """Replace the signing secret; tokens signed with the old one stop working at once.

    Raises:
        InboxNotFound: no such inbox.
    """
    if not Inbox.objects.filter(id=inbox_id).update(secret_sealed=_fresh_secret(inbox_id)):
        raise InboxNotFound(value=str(inbox_id))
    audit.record("inbox.renew_secret", subject_kind="inbox", subject=inbox_id)


def _fresh_secret(inbox_id: UUID) -> bytes:
    crypto.ensure_keys([inbox_id])
    return sealing.seal_text(secret(SECRET_BYTES), subject=inbox_id, field=sealing.SIGNING, row=inbox_id)


def _checked_origins(origins: Sequence[str]) -> list[str]:
    if len(origins) > limits().allowed_origins_max:
        raise InvalidInput(_("Too many websites."), field="allowed_origins", value=len(origins))
    return normalise_origins(origins)


def _checked_colour(accent: str) -> str:
    if accent and not is_colour(accent):
        raise InvalidInput(_("This is not a colour."), field="accent", value=accent, remedy=_("Write it like #0f766e."))
    return accent
