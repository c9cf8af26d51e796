"""Setting up the programme and changing its rules; both can be repeated without harm."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_new_rows
from bywalec.loyalty.errors import BadProgramme
from bywalec.loyalty.models import Programme, Reward, RuleVersion, Unit
from bywalec.loyalty.queries.programme import Setup, require_setup
from bywalec.loyalty.rules.documents import Document, PointsPerAmount, Policy, read_document
from bywalec.loyalty.rules.wallet import PROGRAMME_ACCOUNTS

MAIN = "main"
BASE_RULE = "base"
POLICY = "policy"
POINT_FORMS: Mapping[str, tuple[str, str, str]] = {
    "pl": ("punkt", "punkty", "punktów"),
    "en": ("point", "points", "points"),
    "uk": ("бал", "бали", "балів"),
}


class NewReward(msgspec.Struct, frozen=True, kw_only=True):
    """A reward to be offered; ``code`` is its stable short name, ``stock`` None when there is no limit."""

    code: str
    name: str
    points: int
    description: str = ""
    stock: int | None = None
    active: bool = True


def set_up(
    *,
    name: str,
    currency: str = "PLN",
    timezone: str = "Europe/Warsaw",
    rule: PointsPerAmount | None = None,
    policy: Policy | None = None,
    rewards: Sequence[NewReward] = (),
    unit_forms: Mapping[str, Sequence[str]] = POINT_FORMS,
    worth: tuple[int, int] | None = None,
    since: datetime | None = None,
) -> Setup:
    """Set up the organization's programme with one unit, "points"; what is there already stays as it is.

    Args:
        name: as members see it.
        currency: of the amounts the rules speak of.
        timezone: in which its days begin and end.
        rule: how purchases earn; 1 point for every full 1,00 by default.
        policy: the owner's other decisions.
        rewards: what points can be spent on.
        unit_forms: what a point is called, by language.
        worth: so many points are worth so much money (smallest unit), where members are told.
        since: from when the rules are in force; now by default, earlier for an import of old receipts.

    Raises:
        InvalidInput: `BadProgramme`.
    """
    now, organization = clock.now(), tenancy.current()
    programme, created = Programme.objects.get_or_create(
        organization_id=organization,
        code=MAIN,
        defaults={"name": name, "currency": currency, "timezone": timezone, "created_at": now},
    )
    unit, _made = Unit.objects.get_or_create(
        organization_id=organization,
        programme=programme,
        code="points",
        defaults={
            "forms": {language: list(forms) for language, forms in unit_forms.items()},
            "worth_points": worth[0] if worth else None,
            "worth_amount": worth[1] if worth else None,
        },
    )
    _open_programme_accounts(unit.id)
    if created:
        add_version(code=BASE_RULE, document=rule or PointsPerAmount(), valid_from=since or now)
        add_version(code=POLICY, document=policy or Policy(), valid_from=since or now)
        audit.record("loyalty.set_up", subject_kind="programme", subject=programme.id)
    offer_rewards(rewards)
    return require_setup()


def add_version(*, code: str, document: Document, valid_from: datetime, valid_to: datetime | None = None) -> UUID:
    """Write the next version of a rule or policy; return its id.

    Raises:
        InvalidInput: `BadProgramme`: a document out of range, an unknown unit, or a beginning before that of the
            version in force: what was promised for the past is not changed.
    """
    programme = Programme.objects.order_by("created_at", "id").get()
    stored = msgspec.to_builtins(_checked(document))
    if isinstance(document, PointsPerAmount) and not Unit.objects.filter(code=document.unit).exists():
        raise BadProgramme(field="unit", value=document.unit)
    last = RuleVersion.objects.filter(programme=programme, code=code).order_by("-version").first()
    if last is not None and valid_from < max(last.valid_from, clock.now()):
        raise BadProgramme(
            field="valid_from", value=valid_from.isoformat(), remedy=_("Let the change begin now or later.")
        )
    row = RuleVersion.objects.create(
        organization_id=tenancy.current(),
        programme=programme,
        code=code,
        kind="policy" if isinstance(document, Policy) else "earning",
        version=last.version + 1 if last is not None else 1,
        document=stored,
        valid_from=valid_from,
        valid_to=valid_to,
        created_at=clock.now(),
    )
    audit.record(
        "loyalty.rule_version", subject_kind="rule", subject=row.id, data={"code": code, "version": row.version}
    )
    return row.id


def offer_rewards(rewards: Sequence[NewReward]) -> None:
    """Add rewards; one whose code exists already is left as it is."""
    for place, reward in enumerate(rewards):
        if reward.points <= 0 or (reward.stock is not None and reward.stock < 0):
            raise BadProgramme(field=f"rewards[{place}]", value=reward.code)
    setup = require_setup()
    columns = ("id", "organization_id", "programme_id", "unit_id", *NewReward.__struct_fields__)
    own = tenancy.current(), setup.id, setup.main_unit.id
    rows = [(new_id(), *own, *msgspec.structs.astuple(one)) for one in rewards]
    if rows:
        insert_new_rows(Reward._meta.db_table, columns, rows)


def _checked(document: Document) -> Document:
    """Return a document that was built in Python only if it would also be read back."""
    try:
        return read_document(msgspec.to_builtins(document))
    except msgspec.ValidationError as error:
        raise BadProgramme(field="rule", value=str(error)) from error


def _open_programme_accounts(unit: UUID) -> None:
    rows = [(new_id(), tenancy.current(), unit, kind) for kind in PROGRAMME_ACCOUNTS]
    insert_new_rows("loyalty_account", ("id", "organization_id", "unit_id", "kind"), rows)
