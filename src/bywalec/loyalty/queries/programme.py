"""The programme: as people are told about it, and as the actions work with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from bywalec.foundation import clock
from bywalec.loyalty.errors import NoProgramme
from bywalec.loyalty.models import Programme, RuleVersion, Unit
from bywalec.loyalty.queries.sentences import Words, rate_sentence, words_of
from bywalec.loyalty.rules.documents import PointsPerAmount, Policy, RuleInForce, read_document


@dataclass(frozen=True, slots=True)
class ProgrammeInfo:
    """The programme. ``unit_names`` are the forms for one, few and many ("punkt", "punkty", "punktów")."""

    id: UUID
    name: str
    currency: str
    timezone: str
    unit: str
    unit_names: tuple[str, str, str]
    rule_sentence: str


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit: its forms by language, and what ``worth_points`` are worth, where that is told."""

    id: UUID
    code: str
    forms: Mapping[str, Sequence[str]]
    worth_points: int | None
    worth_amount: int | None

    def words(self) -> Words:
        """Return the forms in the language in force."""
        return words_of(self.forms, get_language() or "pl")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rule or policy."""

    id: UUID
    code: str
    number: int
    document: PointsPerAmount | Policy
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class Setup:
    """A programme with its units by code (main one first) and all versions of its rules."""

    id: UUID
    name: str
    currency: str
    timezone: str
    units: Mapping[str, UnitInfo]
    versions: Sequence[Version]

    @property
    def main_unit(self) -> UnitInfo:
        """The unit people mean by "my points"."""
        return next(iter(self.units.values()))

    def unit_by_id(self, unit_id: UUID) -> UnitInfo:
        """Return a unit by its id."""
        return next(unit for unit in self.units.values() if unit.id == unit_id)

    def rules_at(self, at: datetime) -> list[RuleInForce]:
        """Return the earning rules in force at a moment, in the order of their codes."""
        return [
            RuleInForce(id=version.id, code=version.code, version=version.number, document=version.document)
            for version in self._in_force(at)
            if isinstance(version.document, PointsPerAmount)
        ]

    def policy_at(self, at: datetime) -> Policy:
        """Return the owner's policy at a moment; the default one where none was written."""
        policies = (version.document for version in self._in_force(at))
        return next((one for one in policies if isinstance(one, Policy)), Policy())

    def _in_force(self, at: datetime) -> list[Version]:
        """Return for each code the highest version that has begun, unless it has ended."""
        begun = {version.code: version for version in self.versions if version.valid_from <= at}
        return [one for _, one in sorted(begun.items()) if one.valid_to is None or at < one.valid_to]


def load_setup() -> Setup | None:
    """Return the organization's programme with units and rules; None when it has none."""
    programme = Programme.objects.order_by("created_at", "id").first()
    if programme is None:
        return None
    units = Unit.objects.filter(programme=programme).order_by("position", "code")
    versions = RuleVersion.objects.filter(programme=programme).order_by("code", "version")
    return Setup(
        id=programme.id,
        name=programme.name,
        currency=programme.currency,
        timezone=programme.timezone,
        units={
            unit.code: UnitInfo(unit.id, unit.code, unit.forms, unit.worth_points, unit.worth_amount) for unit in units
        },
        versions=[
            Version(row.id, row.code, row.version, read_document(row.document), row.valid_from, row.valid_to)
            for row in versions
        ],
    )


def require_setup() -> Setup:
    """Return the organization's programme.

    Raises:
        NoProgramme: it has none yet.
    """
    setup = load_setup()
    if setup is None:
        raise NoProgramme
    return setup


def programme() -> ProgrammeInfo:
    """Return the organization's programme, in the language in force.

    Raises:
        NoProgramme: it has none yet.
    """
    setup = require_setup()
    words = setup.main_unit.words()
    rules = [rule for rule in setup.rules_at(clock.now()) if rule.document.unit == setup.main_unit.code]
    sentence = " ".join(rate_sentence(rule.document, setup.currency, words) for rule in rules)
    return ProgrammeInfo(
        setup.id, setup.name, setup.currency, setup.timezone, setup.main_unit.code, words.forms, sentence
    )
