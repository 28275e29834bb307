"""``linewalker records retain``: what is personal goes when its time is over, and a line says so."""

from __future__ import annotations

import datetime
from pathlib import Path

from linewalker.console.commands import write_results_again
from linewalker.errors import InputError
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.records.database import are_there
from linewalker.factory.records.means import Means
from linewalker.factory.records.retention import Pass, check_reason, retain
from linewalker.station.run_folder import (
    AUDIT_FILE,
    EVIDENCE,
    JOURNAL_FILE,
    ORDERS_FILE,
    RECORDS_FILE,
    REPORT_FILE,
    TRUTH_FILE,
    clear_motion,
    sole_lease,
)


def retain_records(folders: list[Path], means: Means, days: int | None, vin: str | None, why: str) -> None:
    """Delete jobs, or give their cars pseudonyms, in records, evidence and results; prints a line for each folder.

    Journal, report and true answers name cars as well, pictures of a motion show them: they are removed where anything
    changed. Announced orders of these cars are forgotten, whatever is done.

    Raises:
        InputError: a station is at work there, there are no records, or nothing bounds what goes.
        StorageFault: the disk does not take it.
    """
    if days is None and vin is None:
        raise InputError("say which cars: --older-than DAYS, --vin VIN, or both")
    before = None if days is None else datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    wanted = Pass(means=means, before=before, vin=vin, why=check_reason(why))
    for folder in folders:
        records = folder / RECORDS_FILE
        if not are_there(records):
            raise InputError("there are no records here; is this the folder of a run?", file=records)
        with sole_lease(folder):
            number = retain(records, folder / EVIDENCE, folder / AUDIT_FILE, wanted)
            OrderBook(folder / ORDERS_FILE).forget(vin=vin, before=before)
            if number:
                for name in (JOURNAL_FILE, REPORT_FILE, TRUTH_FILE):
                    (folder / name).unlink(missing_ok=True)
                clear_motion(folder)
        if number:
            write_results_again(folder)
        print(f"{folder}: {means.value}, {number} jobs")
