"""What a run folder says about the cars of its shift, checked as far as it must hold whatever went wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "results.schema.json").read_text())

Judged = set[tuple[str, str, float]]
"""(VIN, characteristic, value)."""


def results_of(folder: Path) -> dict[str, Any]:
    """results.json, in which everything is accounted for and every picture that is named is there."""
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(results, SCHEMA)
    summary, cars = results["summary"], results["cars"]
    for found in summary.values():
        assert sum(count for name, count in found.items() if name != "total") == found["total"]
    assert summary["cars"]["total"] == len(cars)
    for car in cars:
        assert (car["state"] == "judged") == (not car["interrupted"])
        assert car["state"] == "judged" or car["reason"]["en"]
        for entry in car["characteristics"]:
            assert entry["evidence"] is None or (folder / entry["evidence"]).stat().st_size > 100
    return results


def states(results: dict[str, Any]) -> dict[str, str]:
    """How far every car got, by VIN."""
    return {car["vin"]: car["state"] for car in results["cars"]}


def judged_in(results: dict[str, Any]) -> Judged:
    """What the results say was judged."""
    return {
        (car["vin"], entry["id"], entry["value"])
        for car in results["cars"]
        for entry in car["characteristics"]
        if entry["value"] is not None
    }


def half_written(folder: Path) -> list[Path]:
    """Files that are neither whole nor gone."""
    return [path for path in folder.rglob(".*") if path.name != ".in-use"]
