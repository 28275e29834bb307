"""``python -m benchmarks.factory``: measure and print."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import factory
from benchmarks.factory.scene import Scene, scene
from benchmarks.factory.ticks import Loop
from benchmarks.factory.trigger import comes_in_s, triggers_ms
from benchmarks.motion.__main__ import positive, whole
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output

TEN = "10 clients and requests of 20,000 nodes"
FLOODS = "chunks without end and 64 idle connections"
IDLE_S = 10.0


def idle(at: Scene) -> Iterator[Row]:
    """What the server costs while nobody asks anything of it."""
    before_s = at.cpu_s
    time.sleep(IDLE_S)
    yield one("process of the server, idle", 100 * (at.cpu_s - before_s) / IDLE_S, "% of a core", aim=2, digits=1)
    yield one("process of the server, resident", at.memory_mb, "MB", aim=150, digits=0)


def trigger(at: Scene, jobs: int) -> Iterator[Row]:
    """From StartInspect to Busy."""
    for turn, (load, what) in enumerate((("", "alone"), ("clients", TEN))):
        p50, p99 = np.percentile(triggers_ms(at, load, jobs, 1 + turn * jobs), [50, 99])
        yield Row(
            what=f"trigger to Busy, secured: {what}",
            values={"p50": p50, "p99": p99},
            unit="ms",
            must={"p99": 25},
            digits=1,
        )


def floods(at: Scene, logins: int) -> Iterator[Row]:
    """Strangers who want to keep the line out."""
    took_s, grown_mb = comes_in_s(at, "floods", logins)
    yield one(f"a line logs in under {FLOODS}: slowest", max(took_s), "s", must=2)
    yield one(f"memory of the server under {FLOODS}", grown_mb, "MB more", must=64, digits=0)


def ticks(at: Scene, seconds: float) -> Iterator[Row]:
    """The control tick while the server is busy."""
    loop = Loop("g1", 0)
    alone, loaded = (float(np.percentile(loop.ticks_ms(at, kind, seconds), 99.9)) for kind in ("", "clients"))
    yield one("control tick p99.9, alone", alone, "ms")
    yield one(f"control tick p99.9, {TEN}", loaded, "ms")
    yield one("with load against alone", loaded / alone, "times", must=1.1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory", description=factory.__doc__)
    parser.add_argument("--jobs", type=whole(10), default=300, help="of each trigger to Busy")
    parser.add_argument("--logins", type=whole(1), default=20, help="under floods")
    parser.add_argument("--seconds", type=positive, default=60.0, help="of control, each")
    given = parser.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder, scene(Path(folder)) as at:
        sheet.show("The server", idle(at), "python -m benchmarks.factory")
        sheet.show("The line", trigger(at, given.jobs), f"python -m benchmarks.factory --jobs {given.jobs}")
        sheet.show("Strangers", floods(at, given.logins), f"python -m benchmarks.factory --logins {given.logins}")
        sheet.show("Control", ticks(at, given.seconds), f"python -m benchmarks.factory --seconds {given.seconds:g}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
