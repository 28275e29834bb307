"""Everything committed arrives, in its order, and once, whoever is away and whenever the courier is killed."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.factory.outbox.courier import Courier, sole_courier
from linewalker.factory.outbox.destination import Destination, Folder, NotNow, Refused, Server
from linewalker.factory.outbox.ledger import Ledger
from linewalker.factory.outbox.parcel import Parcel
from tests.dying import Death, dies
from tests.factory.outbox.samples import commit, plant_server
from tests.factory.quality.dfq_reader import read_dfq


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class Fussy:
    """Says in turn what it is told to; notes what arrived."""

    def __init__(self, *says: type[Exception] | None):
        self.says, self.arrived = list(says), list[int]()

    def deliver(self, parcel: Parcel, *, first: bool) -> None:
        assert first == (not self.arrived and parcel.position == 1)
        if self.says and (says := self.says.pop(0)) is not None:
            raise says("not this way")
        self.arrived.append(parcel.position)


def courier(folder: Path, clock: Clock | None = None, **destinations: Destination) -> Courier:
    return Courier(folder / "records.sqlite", Ledger(folder / "outbox.sqlite"), destinations, clock or Clock())


def test_results_arrive_in_the_order_of_their_commits(tmp_path):
    commit(tmp_path, 3, 1, 2)
    there = tmp_path / "there"
    there.mkdir()
    assert courier(tmp_path, mes=Folder(path=there, format="json")).deliver() == 3
    sequences = [json.loads(path.read_text())["sequence"] for path in sorted(there.glob("*.jsonl"))]
    assert sequences == [3, 1, 2]
    commit(tmp_path, 9)
    again = courier(tmp_path, mes=Folder(path=there, format="json"))
    assert [again.deliver(), again.deliver()] == [1, 0]
    assert len(list(there.glob("*.jsonl"))) == 4


def test_what_is_away_is_waited_for_and_hinders_nobody_else(tmp_path):
    commit(tmp_path, 1, 2)
    clock, away, there = Clock(), Fussy(*[NotNow] * 3), Fussy()
    both = courier(tmp_path, clock, away=away, there=there)
    both.deliver()
    assert (away.arrived, there.arrived) == ([], [1, 2])
    both.deliver()
    assert len(away.says) == 2  # it is not asked again at once
    progress = Ledger(tmp_path / "outbox.sqlite").progress("away")
    assert (progress.position, progress.tries, progress.why) == (0, 1, "not this way")
    waited = 0.0
    while not away.arrived:
        clock.now_s += 1.0
        waited += 1.0
        both.deliver()
    assert (away.arrived, waited) == ([1, 2], 1.0 + 2.0 + 4.0)
    assert Ledger(tmp_path / "outbox.sqlite").progress("away").why == ""


def test_one_that_is_away_for_long_is_asked_every_minute(tmp_path):
    commit(tmp_path, 1)
    clock, away = Clock(), Fussy(*[NotNow] * 40)
    waiting = courier(tmp_path, clock, away=away)
    asked = []
    for _ in range(1800):
        clock.now_s += 1.0
        before = len(away.says)
        waiting.deliver()
        asked += [clock.now_s] * (before - len(away.says))
    assert asked[-1] - asked[-2] == 60.0


def test_what_is_refused_is_set_aside_and_the_next_one_goes_on(tmp_path):
    commit(tmp_path, 1, 2, 3)
    mes = Fussy(None, Refused)
    courier(tmp_path, mes=mes).deliver()
    assert mes.arrived == [1, 3]
    ((position, key, why),) = Ledger(tmp_path / "outbox.sqlite").refusals("mes")
    assert (position, len(key), why) == (2, 24, "not this way")


def test_a_server_that_comes_and_goes_gets_each_result_once(tmp_path):
    commit(tmp_path, 1, 2, 3)
    clock = Clock()
    with plant_server(503, 201, 429, 302, 409, 400) as server:
        sending = courier(tmp_path, clock, mes=Server(url=server.url, token="secret"))
        for _ in range(9):
            sending.deliver()
            clock.now_s += 100.0
        assert [document["position"] for _, document in server.got] == [1, 2]
        assert server.tokens == {"Bearer secret"}
    ledger = Ledger(tmp_path / "outbox.sqlite")
    assert [(position, why[-8:]) for position, _, why in ledger.refusals("mes")] == [(3, "400: so.")]
    commit(tmp_path, 4)
    sending.deliver()
    assert "does not answer" in ledger.progress("mes").why


def test_killed_at_any_write_everything_arrives_once_and_in_order(tmp_path):
    commit(tmp_path, 1, 2)
    die_at, died = 0, True
    while died:
        die_at += 1
        folder, there = tmp_path / f"{die_at}", tmp_path / f"{die_at}" / "there"
        there.mkdir(parents=True)
        (folder / "records.sqlite").write_bytes((tmp_path / "records.sqlite").read_bytes())
        destinations = {
            "single": Folder(path=there / "single", format="dfq"),
            "growing": Folder(path=there / "growing", format="dfq", append=True),
        }
        for destination in destinations.values():
            destination.path.mkdir()
        died = dies(deliver_and_die, folder, destinations, die_at)
        courier(folder, **destinations).deliver()
        single = [read_dfq(path.read_bytes()) for path in sorted((there / "single").glob("*.dfq"))]
        (growing,) = (there / "growing").glob("*.dfq")
        vins = [value["K0014"] for value in read_dfq(growing.read_bytes()).values[1]]
        assert vins == [file.values[1][0]["K0014"] for file in single]
        assert vins == ["LSVAA49J132000001", "LSVAA49J132000002"]
    assert 20 < die_at < 200


def deliver_and_die(folder: Path, destinations: dict[str, Destination], die_at: int) -> None:
    """At the n-th thing that is written, half of it is there, and the process is gone."""
    death = Death(die_at)

    def torn(path: Path, data: bytes) -> None:
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            with path.open("ab") as stream:
                stream.write(part)
            death.step()

    class Connection(sqlite3.Connection):
        def __exit__(self, *error):
            death.step()
            return super().__exit__(*error)

    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "replace"):
            patch.setattr(os, name, death.before(getattr(os, name)))
        patch.setattr("linewalker.factory.quality.aqdef_file.append", torn)
        patch.setattr(sqlite3, "connect", lambda path, **more: connect(path, **{"factory": Connection, **more}))
        courier(folder, **destinations).deliver()


def test_two_couriers_never_carry_the_same(tmp_path):
    ledger = tmp_path / "outbox.sqlite"
    with sole_courier(ledger), pytest.raises(InputError, match="another program delivers"), sole_courier(ledger):
        pass
    with sole_courier(ledger):
        pass
