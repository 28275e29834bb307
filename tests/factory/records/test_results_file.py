"""results.json says at every moment what is on record, whole, whoever reads it and however long."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from linewalker.errors import StorageFault
from linewalker.factory.records.records import NOT_YET, UNDER_WAY, Records, RunRecords
from linewalker.factory.records.results import CarResult, results_document
from linewalker.factory.records.results_file import ResultsFile, remove_spares
from linewalker.inspection.verdict import Reason, Verdict
from tests.dying import Death, dies
from tests.factory.samples import HEADER, bad_car, build_order, fallen_car, gap, good_car
from tests.station.accounts import SCHEMA

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[RunRecords]:
    with Records(tmp_path / "records.sqlite") as records:
        yield records.begin_run(HEADER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.json"


def awaited(car: CarResult) -> CarResult:
    entries = tuple(
        gap(e.id, None, Verdict.NOT_DECIDABLE, Reason.NOT_INSPECTED, time_s=0.0) for e in car.characteristics
    )
    return replace(
        car, characteristics=entries, events=(), finished_s=car.began_s, interrupted=NOT_YET, inspected=False
    )


def cars(number: int) -> list[CarResult]:
    return [
        replace(good_car(), order=replace(build_order(), sequence=i + 1, vin=f"LSVAA49J1320{i:05d}"))
        for i in range(number)
    ]


def said(path: Path) -> dict:
    document = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(document, SCHEMA)
    return document


def on_record(run: RunRecords) -> dict:
    return results_document(run.header, run.cars())


@pytest.mark.parametrize("seed", range(2))
def test_after_every_change_it_says_what_is_on_record(tmp_path, seed):
    random = np.random.default_rng(seed)
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER, expected=[awaited(car) for car in cars(2)])
        with ResultsFile(tmp_path / "results.json", run) as results:
            assert said(tmp_path / "results.json") == on_record(run)
            for car in random.permutation(np.array(cars(4), dtype=object)):
                for _ in range(random.integers(3)):
                    broken = replace(fallen_car(), order=car.order)
                    run.keep(replace(broken, interrupted=UNDER_WAY))
                    results.update(car.order)
                    run.interrupt(broken)
                    results.update(car.order)
                detail = "x" * int(random.choice([0, 10, 900, 5000]))
                entries = tuple(replace(entry, detail=detail) for entry in bad_car().characteristics)
                run.commit(replace(car, characteristics=entries, events=bad_car().events))
                results.update(car.order)
                assert said(tmp_path / "results.json") == on_record(run)
        run.write_results(tmp_path / "again.json")
        assert said(tmp_path / "again.json") == said(tmp_path / "results.json")
        assert len((tmp_path / "again.json").read_bytes()) <= len((tmp_path / "results.json").read_bytes())
    assert {entry.name for entry in tmp_path.iterdir()} == {"records.sqlite", "results.json", "again.json"}


def test_a_change_writes_as_much_after_many_cars_as_after_few(run, path, monkeypatch):
    wholes, written, write = [], [], ResultsFile._write
    monkeypatch.setattr(ResultsFile, "_write", lambda self, room: (wholes.append(1), write(self, room))[1])
    with ResultsFile(path, run) as results:
        for car in cars(20):
            run.commit(car)
            results.update(car.order)
            written.append(sum(len(data) for _, data in results._missing))
    assert max(written) - min(written) < 50
    assert len(wholes) == 1


def test_whoever_reads_finds_one_whole_state_or_another(run, path):
    over, found, broken = threading.Event(), set(), []

    def read() -> None:
        while not over.is_set():
            with path.open("rb", buffering=0) as stream:  # little by little, as a slow reader does
                text = b"".join(iter(lambda: stream.read(700), b""))
            try:
                found.add(len(json.loads(text)["cars"]))
            except ValueError as error:
                broken.append(error)

    with ResultsFile(path, run) as results:
        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for car in cars(15):
            run.commit(car)
            results.update(car.order)
        over.set()
        for reader in readers:
            reader.join()
    assert broken == []
    assert len(found) > 1


def test_a_reader_that_takes_his_time_keeps_what_he_opened(run, path):
    """He has one state open while several others come and go."""
    with ResultsFile(path, run) as results:
        kept = []
        for car in cars(6):
            run.commit(car)
            results.update(car.order)
            kept.append((path.open("rb"), len(run.cars())))
        for stream, number in kept:
            with stream:
                assert len(json.loads(stream.read())["cars"]) == number


def test_without_leases_or_second_names_it_is_whole_as_well(run, path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr(os, "link", refuse)
    with ResultsFile(path, run) as results:
        for car in cars(4):
            run.commit(car)
            results.update(car.order)
            assert said(path) == on_record(run)


def test_what_another_program_wrote_meanwhile_is_written_anew(run, path):
    with ResultsFile(path, run) as results:
        for number, car in enumerate(cars(4)):
            run.commit(car)
            if number == 1:
                run.write_results(path)
            if number == 2:
                path.unlink()
            results.update(car.order)
            assert said(path) == on_record(run)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_file_whole_and_nothing_else(run, path, monkeypatch, call):
    with ResultsFile(path, run) as results:
        for car in cars(3):
            run.commit(car)
            results.update(car.order)
        before = path.read_bytes()
        run.commit(good_car(1))
        with monkeypatch.context() as patch:
            patch.setattr(os, call, lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
            with pytest.raises(StorageFault, match=r"results.json can not be written: .*; free some space"):
                results.update(good_car(1).order)
        assert path.read_bytes() == before
        assert not [entry for entry in path.parent.iterdir() if entry.name.startswith(".")]
        results.update(good_car(1).order)
        assert said(path) == on_record(run)


def test_killed_at_any_step_it_is_whole_and_the_next_one_clears_up(tmp_path):
    die_at, died = 0, True
    while died:
        die_at += 1
        folder = tmp_path / str(die_at)
        died = dies(work_and_die, folder, die_at)
        before = said(folder / "results.json")
        with Records(folder / "records.sqlite") as records:
            run = records.last_run()
            assert len(on_record(run)["cars"]) - len(before["cars"]) in (0, 1)
            with ResultsFile(folder / "results.json", run):
                assert said(folder / "results.json") == on_record(run)
        assert [entry.name for entry in folder.glob(".*")] == []
    assert die_at > 8


def work_and_die(folder: Path, die_at: int) -> None:
    """Two cars; at the n-th call that changes the file or its names, the process is gone."""
    with Records(folder / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        with ResultsFile(folder / "results.json", run) as results:
            death = Death(die_at)
            with pytest.MonkeyPatch.context() as patch:
                for name in ("fsync", "replace", "link", "unlink"):
                    patch.setattr(os, name, death.before(getattr(os, name)))
                for car in cars(2):
                    run.commit(car)
                    results.update(car.order)


def test_what_a_killed_program_left_is_removed(path):
    for end in ("next", "old"):
        path.with_name(f".results.json.{end}").touch()
    path.with_name(".results.json.mine").touch()
    remove_spares(path)
    assert [entry.name for entry in path.parent.iterdir()] == [".results.json.mine"]
