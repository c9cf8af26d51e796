"""What a law answers: how much it looked at and what it found."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a law.

    Args:
        place: a file with its line, or a table with its column.
        problem: what is wrong there and what to do instead.
    """

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of one law.

    Args:
        law: the law in a few words.
        looked_at: how many things were judged.
        things: what they are, in the plural, for people.
        findings: the places that break the law.
        warnings: places that come close to breaking it.
    """

    law: str
    looked_at: int
    things: str
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether the law was checked on something and nothing breaks it."""
        return self.looked_at > 0 and not self.findings

    @property
    def covered(self) -> str:
        """Say in words what the law looked at."""
        return f"{self.looked_at} {self.things}"


def report(
    law: str, looked_at: int, things: str, findings: Iterable[Finding], warnings: Iterable[Finding] = ()
) -> Report:
    """Put a report together, its findings in the order of their places."""
    return Report(law, looked_at, things, tuple(sorted(findings, key=str)), tuple(warnings))
