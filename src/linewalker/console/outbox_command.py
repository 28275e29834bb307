"""``linewalker records send`` and ``outbox``: results on their way, and where they are."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from linewalker.console.terminal import narrow_table, terminal
from linewalker.errors import InputError
from linewalker.factory.outbox.courier import Courier, sole_courier
from linewalker.factory.outbox.ledger import Ledger
from linewalker.factory.outbox.outbox_file import read_outbox
from linewalker.factory.records.archive import count_commits
from linewalker.factory.records.database import are_there
from linewalker.messages.catalogue import say
from linewalker.station.run_folder import OUTBOX_FILE, RECORDS_FILE

ALL_ARRIVED, SOME_WAIT = 0, 1
_LOOK_EVERY_S = 1.0


def send(folder: Path, to: Path, *, watch: bool) -> int:
    """Deliver what is on record; returns 1 if something waits, or was refused.

    Raises:
        InputError: the file of destinations is wrong, there are no records, or another program delivers them.
        StorageFault: how far it came can not be kept.
    """
    destinations = read_outbox(to)
    records, ledger_file = _records(folder), folder / OUTBOX_FILE
    with sole_courier(ledger_file):
        courier = Courier(records, Ledger(ledger_file), destinations, time.monotonic)
        try:
            courier.deliver()
            while watch:
                time.sleep(_LOOK_EVERY_S)
                courier.deliver()
        except KeyboardInterrupt:
            if not watch:
                raise
    states = _states(folder, to)
    _show(states)
    return SOME_WAIT if any(state["waiting"] or state["refused"] for state in states) else ALL_ARRIVED


def show_outbox(folder: Path, to: Path, *, as_json: bool) -> None:
    """Where everything is.

    Raises:
        InputError: as `send`.
    """
    states = _states(folder, to)
    if as_json:
        print(json.dumps(states, ensure_ascii=False, indent=1))
    else:
        _show(states)


def _states(folder: Path, to: Path) -> list[dict[str, Any]]:
    records, ledger = _records(folder), Ledger(folder / OUTBOX_FILE)
    states = []
    for name in read_outbox(to):
        progress, refusals = ledger.progress(name), ledger.refusals(name)
        states.append(
            {
                "destination": name,
                "waiting": count_commits(records, after=progress.position),
                "arrived": count_commits(records) - count_commits(records, after=progress.position) - len(refusals),
                "refused": [{"position": at, "key": key, "why": why} for at, key, why in refusals],
                "tries": progress.tries,
                "why": progress.why,
                "changed_at": progress.changed_at,
            }
        )
    return states


def _show(states: list[dict[str, Any]]) -> None:
    table = narrow_table(say("Outbox"))
    for heading in ("destination", "arrived", "waiting", "refused", "why it waits"):
        table.add_column(say(heading), overflow="fold")
    for state in states:
        refused = len(state["refused"])
        table.add_row(
            state["destination"], str(state["arrived"]), str(state["waiting"]), str(refused), say(state["why"])
        )
    console = terminal()
    console.print(table)
    for state in states:
        for entry in state["refused"]:
            console.print(say(f"{state['destination']} refused {entry['key']}: {entry['why']}"), soft_wrap=True)


def _records(folder: Path) -> Path:
    file = folder / RECORDS_FILE
    if not are_there(file):
        raise InputError("there are no records here; is this the folder of a run?", file=file)
    return file
