"""The index holds what the records hold, whatever is added, and forgets what is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from linewalker.console.web.history_index import REASONS, HistoryIndex, StillReading
from linewalker.console.web.library import Library
from linewalker.inspection.verdict import Reason, Verdict
from tests.console.web.runs import records
from tests.factory.samples import bad_car, good_car

GAP = ("sedan", "gap_hood_fender_left")


def test_measurements_of_all_folders_stand_in_their_order(tmp_path: Path) -> None:
    for name in ("a", "b"):
        records(tmp_path / name, [good_car(), bad_car()], shifts=2)
    columns = HistoryIndex(Library([tmp_path])).columns()
    rows = columns.of_key(GAP)
    assert columns.value[rows].tolist() == [4.12, 5.43] * 4
    assert sorted({columns.cars[job][0] for job in columns.job[rows]}) == ["a:1", "a:2", "b:1", "b:2"]
    assert (np.diff(columns.at_s[rows]) >= 0.0).all()
    assert [Verdict(int(v)) for v in columns.verdict[rows[:2]]] == [Verdict.OK, Verdict.NOK]
    assert REASONS[columns.reason[rows[1]]] == Reason.OUTSIDE_TOLERANCE.value
    assert np.isnan(columns.value[columns.of_key(("sedan", "variant_badge_rear"))]).all()
    assert columns.described[GAP].unit == "mm"
    assert len(columns.of_key(("sedan", "none"))) == 0


def test_what_is_added_is_taken_up_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    records(tmp_path / "a", [good_car()])
    index = HistoryIndex(Library([tmp_path]))
    assert len(index.columns().of_key(GAP)) == 1
    before = index.columns()
    assert index.columns() is before
    records(tmp_path / "a", [bad_car()])
    records(tmp_path / "b", [good_car()])
    assert len(index.columns().of_key(GAP)) == 3
    shutil.rmtree(tmp_path / "b")
    records(tmp_path / "b", [bad_car(), good_car()])  # other records in the same place
    assert index.columns().value[index.columns().of_key(GAP)].tolist() == [4.12, 5.43, 5.43, 4.12]
    shutil.rmtree(tmp_path / "b")
    records(tmp_path / "b", [good_car()])
    shutil.rmtree(tmp_path / "a")
    assert len(index.columns().of_key(GAP)) == 1
    records(tmp_path / "a", [good_car()])  # other records under the same name
    assert len(index.columns().of_key(GAP)) == 2


def test_nobody_waits_for_whoever_reads(tmp_path: Path) -> None:
    records(tmp_path / "a", [good_car()])
    index = HistoryIndex(Library([tmp_path]))
    with index._lock, pytest.raises(StillReading, match="0 cars"):
        index.columns(patience_s=0.0)
    before = index.columns()
    records(tmp_path / "a", [bad_car()])
    with index._lock:
        assert index.columns(patience_s=0.0) is before
    assert len(index.columns(patience_s=0.0).cars) == 2


def test_nothing_at_all_is_no_trouble(tmp_path: Path) -> None:
    assert HistoryIndex(Library([tmp_path])).columns().keys == []
