"""``python -m benchmarks.soak``: the long runs, two at a time, and at the end one table of all their numbers."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.motion.__main__ import positive, whole
from benchmarks.table import Row, Sheet, one
from linewalker.limbs.profiles import PROFILES

AT_ONCE = 2
TESTS = (
    "tests/test_soak.py",
    "tests/test_soak_shift.py",
    "tests/test_soak_idle.py",
    "tests/test_soak_hostile.py",
    "tests/test_soak_install.py",
    "tests/docs",
    "tests/examples",
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One run.

    Attributes:
        name: of its log and of its numbers.
        command: words after ``python -m``; where its numbers go is put behind.
    """

    name: str
    command: tuple[str, ...]

    @property
    def line(self) -> str:
        """The command as it is typed."""
        return " ".join(("python -m", *self.command))

    def run(self, folder: Path) -> list[Row]:
        """Run it; what it prints goes to a log in the folder."""
        log, numbers = folder / f"{self.name}.log", folder / f"{self.name}.numbers"
        numbers.unlink(missing_ok=True)
        began_s = time.monotonic()
        print(f"begins: {self.line}", flush=True)
        with log.open("w", encoding="utf-8") as output:
            where = f"--{'junitxml' if self.command[0] == 'pytest' else 'numbers'}={numbers}"
            words = [sys.executable, "-m", *self.command, where]
            code = subprocess.run(words, stdout=output, stderr=subprocess.STDOUT, check=False).returncode
        print(f"ended after {(time.monotonic() - began_s) / 60:.0f} min: {self.line}", flush=True)
        if not numbers.exists():
            return [one(f"{self.name}: did not end", 1, must=0, digits=0, note=f"(exit code {code}, see {log})")]
        return self._read(numbers, log)

    def _read(self, numbers: Path, log: Path) -> list[Row]:
        text = numbers.read_text(encoding="utf-8")
        if self.command[0] != "pytest":
            return [Row(**row) for row in json.loads(text)]
        suite = next(ElementTree.fromstring(text).iter("testsuite"))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        note = f"of {suite.get('tests')}" + f" (see {log})" * bool(failed)
        return [one(f"{self.name}: failed", failed, must=0, digits=0, note=note)]


def parts(*, hours: float, goals: int, seed: int) -> Iterator[Part]:
    """All long runs, the longest first."""
    for robot in sorted(PROFILES):
        for name in ("uptime", "unlocalised"):
            words = (name, "--robot", robot, "--hours", f"{hours:g}", "--seed", str(seed))
            yield Part(name=f"{name}-{robot}", command=("benchmarks.motion", *words))
    for path in TESTS:
        yield Part(name=Path(path).stem, command=("pytest", "-n0", "-m", "soak", path))
    yield Part(name="goals", command=("benchmarks.motion", "soak", "--trials", str(goals)))
    yield Part(name="outages", command=("benchmarks.motion", "outages", "--seed", str(100 + seed)))
    yield Part(name="senseless", command=("benchmarks.motion", "senseless", "--seed", str(seed)))


def main(words: Sequence[str] | None = None) -> None:
    """Run all parts and print their numbers; exit code 1 when a number was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--hours", type=positive, default=2.0, help="robot time of each long run")
    parser.add_argument("--goals", type=whole(1), default=1000, help="with a random plant")
    parser.add_argument("--seed", type=whole(0), default=0, help="of the long runs")
    parser.add_argument("--out", type=Path, default=Path("out/soak"), help="folder of the logs")
    given = parser.parse_args(words)
    given.out.mkdir(parents=True, exist_ok=True)
    todo = list(parts(hours=given.hours, goals=given.goals, seed=given.seed))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda part: part.run(given.out), todo))
    sheet = Sheet()
    sheet.show_all("Long runs", [(rows, part.line) for part, rows in zip(todo, done)])
    sheet.close()
    sys.exit(1 if sheet.missed else 0)


if __name__ == "__main__":
    main()
