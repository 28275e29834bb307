"""The ledger keeps how far each destination is, and as little as that."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.outbox.ledger import Ledger, Progress


def test_it_grows_with_destinations_alone(tmp_path):
    ledger = Ledger(tmp_path / "outbox.sqlite")
    ledger.arrived("mes", 1)
    before = (tmp_path / "outbox.sqlite").stat().st_size
    for position in range(2, 60):
        ledger.arrived("mes", position)
        ledger.failed("mes", "away")
    assert (tmp_path / "outbox.sqlite").stat().st_size == before
    assert ledger.progress("mes").position == 59


def test_failures_in_a_row_are_counted_until_something_arrives(tmp_path):
    ledger = Ledger(tmp_path / "outbox.sqlite")
    assert [ledger.failed("mes", "a"), ledger.failed("mes", "b")] == [1, 2]
    assert (ledger.progress("mes").why, ledger.progress("mes").position) == ("b", 0)
    ledger.arrived("mes", 1)
    assert (ledger.progress("mes").tries, ledger.progress("mes").why) == (0, "")
    assert ledger.progress("other") == Progress()


def test_a_file_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "outbox.sqlite").write_text("no database " * 99)
    with pytest.raises(InputError, match="not usable as the ledger"):
        Ledger(tmp_path / "outbox.sqlite")
