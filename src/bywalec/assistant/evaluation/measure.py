"""Figures of understanding on labelled messages: accuracy, macro-F1, out-of-scope AUROC, latency."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bywalec.assistant.evaluation.understanding_file import Labelled, Prediction
from bywalec.assistant.understanding import Understanding, understand
from bywalec.assistant.understanding.types import OUT_OF_SCOPE, SkillGuess


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out.

    Args:
        messages: how many were read.
        accuracy: share whose first skill is right.
        all_right: share whose skills are all right and in order.
        macro_f1: mean F1 over the skills of the file.
        auroc: how well confidence tells in scope from out of scope; None when the file has only one of them.
        p50_ms, p99_ms: time of one message.
    """

    messages: int
    accuracy: float
    all_right: float
    macro_f1: float
    auroc: float | None
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures and every prediction."""

    figures: Figures
    predictions: tuple[Prediction, ...]


def measure(labelled: Iterable[Labelled]) -> Measured:
    """Understand every message and compare."""
    rows: list[tuple[Labelled, Understanding]] = []
    times: list[float] = []
    for one in labelled:
        began = time.perf_counter()
        understood = understand(one.text, one.understanding_context())
        times.append((time.perf_counter() - began) * 1000)
        rows.append((one, understood))
    times.sort()
    return Measured(_figures(rows, times), tuple(_prediction(one, understood) for one, understood in rows))


def _figures(rows: Sequence[tuple[Labelled, Understanding]], times: Sequence[float]) -> Figures:
    if not rows:
        return Figures(0, 0.0, 0.0, 0.0, None, 0.0, 0.0)
    said = [tuple(guess.skill for guess in understood.skills) for _, understood in rows]
    wanted = [one.skills for one, _ in rows]
    return Figures(
        messages=len(rows),
        accuracy=sum(got[:1] == want[:1] for got, want in zip(said, wanted, strict=True)) / len(rows),
        all_right=sum(got == want for got, want in zip(said, wanted, strict=True)) / len(rows),
        macro_f1=macro_f1(said, wanted),
        auroc=auroc(
            [in_scope_score(understood) for (one, understood) in rows if OUT_OF_SCOPE not in one.skills],
            [in_scope_score(understood) for (one, understood) in rows if OUT_OF_SCOPE in one.skills],
        ),
        p50_ms=times[len(times) // 2],
        p99_ms=times[min(len(times) - 1, int(len(times) * 0.99))],
    )


def in_scope_score(understood: Understanding) -> float:
    """How sure we are that a message is in scope: of its best skill, less of "out of scope"."""
    guesses = [*understood.skills, *understood.candidates]
    inside = max((guess.confidence for guess in guesses if guess.skill != OUT_OF_SCOPE), default=0.0)
    outside = max((guess.confidence for guess in guesses if guess.skill == OUT_OF_SCOPE), default=0.0)
    return inside - outside


def macro_f1(said: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> float:
    """Mean over the skills of F1 = 2 TP / (2 TP + FP + FN), each message a set of skills."""
    hits, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for got, want in zip(said, wanted, strict=True):
        hits.update(set(got) & set(want))
        false.update(set(got) - set(want))
        missed.update(set(want) - set(got))
    names = {skill for want in wanted for skill in want}
    return sum(2 * hits[name] / (2 * hits[name] + false[name] + missed[name]) for name in names) / len(names)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Area under the ROC curve = share of pairs in the right order, ties half (Mann and Whitney, 1947)."""
    if not positives or not negatives:
        return None
    ordered = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    rank_sum, place = 0.0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        rank_sum += sum(label for _, label in ordered[place:end]) * (place + 1 + end) / 2
        place = end
    count = len(positives)
    return (rank_sum - count * (count + 1) / 2) / (count * len(negatives))


def _prediction(one: Labelled, understood: Understanding) -> Prediction:
    best_first: dict[str, SkillGuess] = {}
    for guess in (*understood.skills, *understood.candidates):
        best_first.setdefault(guess.skill, guess)
    entities: list[dict[str, str | int]] = [
        {"type": entity.type, "value": entity.value, "text": entity.text, "start": entity.start, "end": entity.end}
        for entity in understood.entities
    ]
    return Prediction(
        one.id, [{"skill": guess.skill, "confidence": guess.confidence} for guess in best_first.values()], entities
    )
