"""``python -m benchmarks.console``: how fast the console answers where a great many cars are on record."""

from __future__ import annotations

import argparse
import json
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.factory.records import HEADER, judged_car
from benchmarks.motion.__main__ import whole
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.factory.records.records import Records
from linewalker.station.run_folder import RECORDS_FILE

TIMES = 5
"""How often every page is asked for."""
_COPIED = ("shifts", "jobs", "judgements", "clock_readings", "commits")
_KEYS = {"shifts": {"id": 1}, "jobs": {"id": 2, "shift_id": 1}, "commits": {"position": 2, "job_id": 2}}
"""Which columns grow from copy to copy: 1 by one, 2 by the number of cars; of other tables ``job_id``."""


def put_on_record(folder: Path, *, shifts: int, cars: int, characteristics: int) -> None:
    """One shift as a station writes it, and copies of its rows, each car with a VIN of its own."""
    with Records(folder / RECORDS_FILE) as records:
        run = records.begin_run(HEADER)
        for number in range(cars):
            run.commit(judged_car(number, characteristics, came=True))
    with closing(sqlite3.connect(folder / RECORDS_FILE)) as database, database:
        for table in _COPIED:
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            grows = _KEYS.get(table, {"job_id": 2})
            copied = [f"{name} + ? * {(1, cars)[grows[name] - 1]}" if name in grows else name for name in names]
            if table == "jobs":
                copied[names.index("vin")] = "substr(vin, 1, 8) || printf('%09d', id + ? * 1000000)"
            places = sum(text.count("?") for text in copied)
            within = {"shifts": "id = 1", "commits": f"position <= {cars}", "jobs": f"id <= {cars}"}
            first = within.get(table, f"job_id <= {cars}")
            command = f"INSERT INTO {table} SELECT {', '.join(copied)} FROM {table} WHERE {first}"
            database.executemany(command, [(shift,) * places for shift in range(1, shifts)])


@contextmanager
def console(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Where it answers, and its process."""
    command = [sys.executable, "-m", "linewalker", "--lang", "en", "console", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        said = re.search(r"http://\S+?/", process.stdout.readline())
        try:
            assert said is not None, "the console does not say where it is"
            yield said[0].rstrip("/"), process
        finally:
            process.terminate()


def asked(url: str) -> tuple[int, bytes, float]:
    """Status, content, and how long it took, s."""
    began_s = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=120.0) as answer:
            status, content = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, content = refusal.code, refusal.read()
    return status, content, time.perf_counter() - began_s


def measure(folder: Path) -> Iterator[Row]:
    """The history cold, then every page."""
    began_s = time.perf_counter()
    with console(folder) as (url, process):
        waits_s = []
        while True:
            status, content, took_s = asked(f"{url}/api/history")
            waits_s.append(took_s)
            if status == 200:
                break
            time.sleep(0.5)
        yield one("history: the first answer after a start", time.perf_counter() - began_s, "s")
        yield one("history while the records are read: slowest answer", max(waits_s), "s", must=1.0)
        first = json.loads(content)["characteristics"][0]
        newest = json.loads(asked(f"{url}/api/runs")[1])[-1]["id"]
        series = f"/api/series?model={quote(first['model'])}&id={quote(first['id'])}"
        for path in ("/", "/api/runs", f"/api/cars?run={quote(newest)}", "/api/history", series, "/metrics"):
            answers = [asked(url + path) for _ in range(TIMES)]
            assert all(status == 200 for status, _, _ in answers), f"{path} answers {answers[0]}"
            name = path.partition("?")[0]
            yield one(f"{name}: slowest of {TIMES}", max(took_s for _, _, took_s in answers), "s", must=1.0)
        peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
        yield one("memory of the console at most", int(peak[1]) / 1024 if peak else float("nan"), "MB", digits=0)
    yield one("CPU of the console", resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, "s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.console", description=__doc__)
    parser.add_argument("--shifts", type=whole(1), default=1000)
    parser.add_argument("--cars", type=whole(1), default=100, help="of a shift")
    parser.add_argument("--characteristics", type=whole(1), default=28, help="of a car")
    given = vars(parser.parse_args())
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "run"
        folder.mkdir()
        put_on_record(folder, **given)
        words = " ".join(f"--{name} {number}" for name, number in given.items())
        title = "The console of {shifts} shifts, {cars} cars each, {characteristics} characteristics each"
        sheet.show(title.format(**given), measure(folder), f"python -m benchmarks.console {words}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
