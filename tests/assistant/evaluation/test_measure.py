"""The figures of understanding, on rows whose figures are known."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from bywalec.assistant.evaluation.measure import auroc, macro_f1, measure
from bywalec.assistant.evaluation.understanding_file import Labelled, read_labelled
from bywalec.cli.main import application


def test_macro_f1_is_the_mean_over_the_wanted_skills() -> None:
    said = [("a",), ("a",), ("b", "c")]
    wanted = [("a",), ("b",), ("b", "c")]
    # a: 2·1/(2+1+0) = 2/3; b: 2·1/(2+0+1) = 2/3; c: 1
    assert macro_f1(said, wanted) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


@pytest.mark.parametrize(
    ("positives", "negatives", "area"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.5], 0.5),
        ([], [0.1], None),
    ],
)
def test_auroc_counts_pairs_in_the_right_order(
    positives: list[float], negatives: list[float], area: float | None
) -> None:
    assert auroc(positives, negatives) == area


def test_right_and_wrong_answers_are_counted() -> None:
    rows = [
        Labelled("ile mam punktów", ("loyalty.balance",), "1"),
        Labelled("jaka będzie pogoda", ("out_of_scope",), "2"),
        Labelled("o której zamykacie", ("loyalty.balance",), "3"),  # labelled wrongly on purpose
        Labelled("ile mam punktów i o której zamykacie w sobotę", ("loyalty.balance", "shop.hours"), "4"),
    ]
    measured = measure(rows)
    assert measured.figures.accuracy == 0.75
    assert measured.figures.all_right == 0.75
    assert measured.figures.auroc == 1.0
    assert [one["skill"] for one in measured.predictions[3].skills[:2]] == ["loyalty.balance", "shop.hours"]
    assert measured.predictions[1].skills[0]["skill"] == "out_of_scope"


def test_contexts_in_both_forms(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {
            "text": "tak",
            "skills": ["loyalty.join"],
            "context": {"turns": [], "scenario": "loyalty.join", "asked_slot": "c"},
        },
        {"text": "hej", "skills": ["chat.greet"], "context": [{"who": "bot", "text": "Dzień dobry"}]},
        {"id": 7, "text": "hej", "skills": ["chat.greet"], "context": {"turns": [{"from": "customer", "text": "a"}]}},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    read = list(read_labelled(path))
    assert measure(read).figures.accuracy == 1.0
    assert read[2].understanding_context().turns[0].who == "customer"


def test_a_line_that_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "skills": []}\n{"text": 5, "skills": []}\n', encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="line 2"):
        list(read_labelled(path))


def test_the_command_prints_figures_and_writes_predictions(tmp_path: Path) -> None:
    path, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    path.write_text('{"id": "x", "text": "ile mam punktów", "skills": ["loyalty.balance"]}\n', encoding="utf-8")
    ran = CliRunner().invoke(application, ["evaluate", "understanding", str(path), "--predictions", str(out)])
    assert ran.exit_code == 0
    assert "1.0000" in ran.stdout
    [row] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (row["id"], row["skills"][0]["skill"]) == ("x", "loyalty.balance")
