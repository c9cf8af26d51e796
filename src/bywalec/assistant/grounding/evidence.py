"""The evidence of a reply: what was found out or done in this turn, and by which skill."""

from collections.abc import Mapping

import msgspec

from bywalec.assistant.grounding.values import Data, Datum


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply may rest on.

    Args:
        skill: the skill that returned it.
        template: key of the reply's template.
        data: typed values.
        claims: what may be said to be done, offered or promised, such as ``done.enrolled``.
        sources: where the data are from, such as ``loyalty.balance`` or ``knowledge:<id>``.
    """

    skill: str
    template: str
    data: Data = msgspec.field(default_factory=dict)
    claims: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()

    def as_json(self) -> Mapping[str, object]:
        """The form in which it is stored beside the message ("Dlaczego tak odpowiedziałem?")."""
        return {
            "skill": self.skill,
            "template": self.template,
            "data": {key: _plain(datum) for key, datum in self.data.items()},
            "claims": sorted(self.claims),
            "sources": list(self.sources),
        }


def _plain(datum: Datum) -> object:
    return msgspec.to_builtins(datum)
