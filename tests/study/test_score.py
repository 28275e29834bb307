"""The score of runs whose errors are made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linewalker.errors import InputError
from linewalker.study.score import score_run

Judged = tuple[str, str, Any, str, Any, str]
"""id, method, value, verdict, true value, true verdict."""

CARS: dict[str, list[Judged]] = {
    "VIN1": [
        ("G1", "gap", 4.05, "OK", 4.0, "OK"),
        ("G2", "gap", 5.5, "NOK", 5.6, "NOK"),
        ("F1", "flush", 0.2, "OK", 1.4, "NOK"),
        ("P1", "presence", "present", "OK", "present", "OK"),
        ("V1", "variant", "rs", "NOK", "gt", "OK"),
    ],
    "VIN2": [
        ("G1", "gap", 3.95, "OK", 4.0, "OK"),
        ("G2", "gap", 4.4, "NOT_DECIDABLE", 4.1, "OK"),
        ("P1", "presence", None, "NOT_DECIDABLE", "missing", "NOK"),
    ],
}


def write_run(folder: Path, cars: dict[str, list[Judged]] = CARS, truth: bool = True) -> None:
    results, answers = [], []
    for vin, judged in cars.items():
        entries = [
            {"id": i, "method": m, "value": v, "verdict": d, "reason": {"en": "because"}} for i, m, v, d, _, _ in judged
        ]
        events = [{"kind": "contact", "time_s": 1.0, "text": ""}] if vin == "VIN2" else []
        results.append({"vin": vin, "model": "box", "takt_s": 80.0, "events": events, "characteristics": entries})
        true = [{"id": i, "method": m, "value": v, "verdict": d} for i, m, _, _, v, d in judged]
        answers.append({"vin": vin, "characteristics": true})
    (folder / "results.json").write_text(json.dumps({"format": "linewalker.results/1", "cars": results}))
    if truth:
        (folder / "truth.json").write_text(json.dumps({"format": "linewalker.truth/1", "cars": answers}))


def test_errors_are_measured_minus_true_over_what_was_decided(tmp_path: Path) -> None:
    write_run(tmp_path)
    gap = score_run(tmp_path)["methods"]["gap"]
    assert gap["measured"] == 3  # the undecided one does not count
    assert gap["bias_mm"] == pytest.approx((0.05 - 0.1 - 0.05) / 3, abs=1e-4)
    assert gap["worst_mm"] == pytest.approx(0.1)
    assert gap["share_within_0.10_mm"] == 1.0


def test_outcomes_are_counted_per_method_per_characteristic_and_over_all(tmp_path: Path) -> None:
    write_run(tmp_path)
    score = score_run(tmp_path)
    overall = score["overall"]
    counts = {key: overall[key] for key in ("count", "true_nok", "found", "misses", "false_alarms", "undecided")}
    assert counts == {"count": 8, "true_nok": 3, "found": 1, "misses": 1, "false_alarms": 1, "undecided": 2}
    for groups in (score["methods"], score["characteristics"]):
        for key, total in counts.items():
            assert sum(row[key] for row in groups.values()) == total
    assert score["characteristics"]["box/G1"]["count"] == 2
    assert (score["contacts"], score["falls"], score["longest_takt_s"]) == (1, 0, 80.0)
    assert [finding["outcome"] for finding in score["findings"]] == ["miss", "false_alarm", "undecided", "undecided"]


def test_missing_foreign_and_mismatched_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"results\.json.*folder of a run"):
        score_run(tmp_path)
    write_run(tmp_path, truth=False)
    with pytest.raises(InputError, match=r"truth\.json.*real car"):
        score_run(tmp_path)
    write_run(tmp_path)
    (tmp_path / "truth.json").write_text('{"format": "other"}')
    with pytest.raises(InputError, match="other"):
        score_run(tmp_path)
    (tmp_path / "truth.json").write_text('{"format": "linewalker.truth/1", "cars": []}')
    with pytest.raises(InputError, match="no truth about G1 of VIN1"):
        score_run(tmp_path)


def test_errors_of_unlike_units_are_not_mixed(tmp_path: Path) -> None:
    write_run(tmp_path, {"VIN1": [*CARS["VIN1"], ("L1", "brightness", 130.0, "OK", 120.0, "OK")]})
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    results["cars"][0]["characteristics"][-1]["unit"] = "grey"
    (tmp_path / "results.json").write_text(json.dumps(results), encoding="utf-8")
    score = score_run(tmp_path)
    assert score["methods"]["brightness"] == {
        "count": 1, "true_nok": 0, "found": 0, "misses": 0, "false_alarms": 0, "undecided": 0,
        "measured": 1, "bias_grey": 10.0, "std_grey": None, "p95_grey": 10.0, "worst_grey": 10.0,
    }  # fmt: skip
    overall = score["overall"]
    assert (overall["measured"], overall["bias_grey"]) == (4, 10.0)
    assert overall["worst_mm"] == pytest.approx(1.2)
