"""What the folders of runs have on record, for whoever answers questions; nothing is written to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from linewalker.brain.memory.journal import Entry, read_journal
from linewalker.brain.memory.recorded import (
    History,
    RecordedAttempt,
    RecordedCar,
    RecordedCharacteristic,
    RecordedDecision,
    RecordedEvent,
    RecordedShift,
    Stage,
    attempt_citation,
    characteristic_citation,
    decision_citation,
    event_citation,
    shift_citation,
)
from linewalker.errors import InputError
from linewalker.factory.records.archive import ArchivedRun, Attempt, Job, read_runs
from linewalker.factory.records.database import are_there
from linewalker.factory.records.results import CharacteristicResult
from linewalker.station.run_folder import JOURNAL_FILE, RECORDS_FILE


def read_history(folders: Sequence[Path]) -> History:
    """Every shift in the records of some folders, also of a station that is at work there.

    Args:
        folders: of runs; one named twice counts once.

    Raises:
        InputError: a folder has no records of a shift, or none that this version reads; the message says what to do.
    """
    places = list({folder.resolve(): folder for folder in folders}.values())
    if not places:
        raise InputError("no folder of a run was named; name one with --run DIR")
    shifts = [shift for folder, name in zip(places, folder_names(places)) for shift in _shifts(folder, name)]
    return History(shifts=tuple(sorted(shifts, key=lambda shift: shift.opened_at)))


def folder_names(folders: Sequence[Path]) -> list[str]:
    """What folders are called in citations: their own names, with as many above them as it takes to tell them apart."""
    parts = [folder.resolve().parts for folder in folders]
    longest = max(len(of_folder) for of_folder in parts)
    for depth in range(1, longest + 1):
        names = ["/".join(of_folder[-depth:]) for of_folder in parts]
        if len(set(names)) == len(names):
            return names
    raise AssertionError("folders that differ have names that differ")


def _shifts(folder: Path, name: str) -> list[RecordedShift]:
    file = folder / RECORDS_FILE
    if not are_there(file):
        raise InputError(
            f"there are no records here ({RECORDS_FILE}); name the folder that 'linewalker run --out DIR' or "
            "'linewalker station --out DIR' worked in",
            file=folder,
        )
    runs = read_runs(file)
    if not runs:
        raise InputError("there is no shift in these records yet; run one, or name another folder", file=file)
    entries = read_journal(folder / JOURNAL_FILE)
    ends = [*(run.opened_at for run in runs[1:]), ""]
    return [_shift(run, folder, name, file, _between(entries, run.opened_at, end)) for run, end in zip(runs, ends)]


def _between(entries: Sequence[Entry], begin: str, end: str) -> list[Entry]:
    """What was written from the opening of a run to that of the next; both are UTC, ISO 8601, and sort as they stand.

    A run is opened after its journal, in the same second: what is cut off of a second counts for it.
    """
    return [entry for entry in entries if begin[:19] <= entry.at[:19] and (not end or entry.at[:19] < end[:19])]


def _shift(run: ArchivedRun, folder: Path, name: str, file: Path, entries: Sequence[Entry]) -> RecordedShift:
    citation = shift_citation(name, run.number)
    try:
        opened_at = datetime.datetime.fromisoformat(run.opened_at)
    except ValueError:
        raise InputError(f"shift {run.number} was opened at '{run.opened_at}', which is no time", file=file) from None
    header = run.header
    return RecordedShift(
        citation=citation,
        opened_at=opened_at if opened_at.tzinfo else opened_at.replace(tzinfo=datetime.UTC),
        shift=header.shift,
        plan=header.plan,
        plan_sha256=header.plan_sha256,
        station=header.station,
        robot=header.robot,
        software=header.software,
        seed=header.seed,
        cars=tuple(_car(job, citation, folder) for job in run.jobs),
        decisions=tuple(_decision(entry, name) for entry in entries),
    )


def _car(job: Job, shift: str, folder: Path) -> RecordedCar:
    result, order = job.result, job.result.order
    cited = {a.number: attempt_citation(shift, order.vin, order.sequence, a.number) for a in job.attempts}
    judged_in = {id(entry): cited[attempt.number] for attempt in job.counting for entry in attempt.car.characteristics}
    return RecordedCar(
        citations=tuple(cited[attempt.number] for attempt in job.counting),
        shift=shift,
        sequence=order.sequence,
        vin=order.vin,
        model=order.model,
        options=dict(order.options),
        stage=Stage(job.counting[-1].state),
        verdict=result.verdict,
        why=result.reason,
        began_s=result.began_s,
        finished_s=result.finished_s,
        takt_limit_s=result.takt_limit_s,
        walking_s=result.walking_s,
        inspecting_s=result.inspecting_s,
        characteristics=tuple(_characteristic(entry, judged_in[id(entry)], folder) for entry in result.characteristics),
        attempts=tuple(_attempt(attempt, cited[attempt.number]) for attempt in job.attempts),
    )


def _attempt(attempt: Attempt, citation: str) -> RecordedAttempt:
    return RecordedAttempt(
        citation=citation,
        number=attempt.number,
        stage=Stage(attempt.state),
        interrupted=attempt.car.interrupted,
        began_s=attempt.car.began_s,
        finished_s=attempt.car.finished_s,
        events=tuple(
            RecordedEvent(
                citation=event_citation(citation, i), time_s=event.time_s, kind=event.kind.value, text=event.text
            )
            for i, event in enumerate(attempt.car.events, start=1)
        ),
    )


def _decision(entry: Entry, folder: str) -> RecordedDecision:
    return RecordedDecision(
        citation=decision_citation(folder, entry.id),
        time_s=entry.time_s,
        code=entry.code,
        text=entry.text,
        vin=str(entry.about.get("vin", "")),
    )


def _characteristic(entry: CharacteristicResult, attempt: str, folder: Path) -> RecordedCharacteristic:
    fields = {name: value for name, value in vars(entry).items() if name != "evidence"}
    evidence = None if entry.evidence is None else (folder / entry.evidence).as_posix()
    return RecordedCharacteristic(citation=characteristic_citation(attempt, entry.id), evidence=evidence, **fields)
