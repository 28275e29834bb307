"""``python -m benchmarks.brain.understanding``: how many orders are understood, and what becomes of the others.

Of each order the interpretation is compared with the readings that are right: outcome, goals, all slots. An order that
is not right is asked about, refused, answered wrongly or, worst, acted on wrongly. Orders to stop are counted by
themselves.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from typing import Any

import numpy as np

from benchmarks.brain.agreement import Goals
from benchmarks.brain.corpus import Order, read_corpus
from benchmarks.table import Row, Sheet, one
from linewalker.brain.language.reader import OrderReader
from linewalker.console.streams import steady_output
from linewalker.station.spoken_names import lexicon_of

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "plan.yaml"
CORPORA = Path(__file__).parent / "orders"
COMMAND = "python -m benchmarks.brain.understanding"
COLD = ("测一下左前门和左后门的间隙", "check the right side, but not the wheels", "stop")
LANGUAGES = {"zh": "Chinese", "en": "English"}
OUTSIDE = frozenset({"scope", "nopart", "world", "safety"})
"""Tags of orders that must not be done."""

Reader = Callable[[Sequence[str], str], Mapping[str, Any]]
"""Reads an order after earlier ones; returns the document of its interpretation."""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One order as it was read.

    Attributes:
        order: what was said, and what is right.
        document: how it was understood.
        right: whether that is right.
        cpu_s: seconds of CPU the reading took.
    """

    order: Order
    document: Mapping[str, Any]
    right: bool
    cpu_s: float

    @property
    def fate(self) -> str:
        """``right``, or what happened instead."""
        return "right" if self.right else str(self.document["outcome"])

    def tagged(self, *tags: str) -> bool:
        """Whether the order has one of the tags."""
        return not set(tags).isdisjoint(self.order.tags)


def corpora() -> list[Path]:
    """The files of orders; those of another plan than the example's lie in a folder beside it."""
    return sorted([*CORPORA.glob("*.yaml"), *CORPORA.glob("*/orders.yaml")])


def plan_of(corpus: Path) -> Path:
    """The plan that orders are read against."""
    beside = corpus.with_name("plan.yaml")
    return beside if beside.is_file() else PLAN


def offline_reader(plan: Path) -> Reader:
    """The reader that needs no network and no model, as ``linewalker ask`` has it."""
    reader = OrderReader(lexicon_of(plan))
    return lambda after, order: reader.read(order, after).document()


def mark(orders: Iterable[Order], read: Reader, goals: Goals) -> list[Marked]:
    """Read every order and mark it."""
    marks = []
    for order in orders:
        before = process_time()
        document = read(order.after, order.order)
        cpu_s = process_time() - before
        marks.append(Marked(order=order, document=document, right=goals.right(order, document), cpu_s=cpu_s))
    return marks


def rows(marks: Sequence[Marked]) -> Iterator[Row]:
    """The numbers of each language."""
    for code, language in LANGUAGES.items():
        spoken = [marked for marked in marks if marked.order.language == code]
        if spoken:
            yield from _rows(language, spoken)


def _rows(language: str, marks: Sequence[Marked]) -> Iterator[Row]:
    orders = [marked for marked in marks if not marked.tagged("stop")]
    stops = [marked for marked in marks if marked.tagged("stop")]
    outside = [marked for marked in orders if marked.tagged(*OUTSIDE)]
    fates = Counter(marked.fate for marked in orders)

    def share(count: int, among: Sequence[Marked]) -> float:
        return 100.0 * count / len(among) if among else float("nan")

    right = share(fates["right"], orders)
    yield one(
        f"{language}, {len(orders)} orders: goals and slots all right", right, "%", must=92, aim=97, at_least=True
    )
    yield one("acts wrongly", share(fates["act"], orders), "%", must=0.5)
    instead = {"asked": "ask", "refused": "refuse", "answered wrongly": "answer"}
    yield Row(what="instead", values={word: share(fates[fate], orders) for word, fate in instead.items()}, unit="%")
    kept = sum(marked.document["outcome"] in ("ask", "refuse") for marked in outside)
    yield one(f"{len(outside)} out of scope: refused or asked", share(kept, outside), "%", must=97, at_least=True)
    found = sum(marked.right for marked in stops)
    yield one(f"{len(stops)} stops: found", share(found, stops), "%", must=100, at_least=True)
    own = sum(marked.document["language"] == marked.order.language for marked in marks)
    yield one("language known", share(own, marks), "%")
    cpu_ms = 1e3 * np.percentile([marked.cpu_s for marked in marks], 95)
    yield one("CPU of an order, p95", float(cpu_ms), "ms", must=20)


def cold(orders: Sequence[str]) -> Row:
    """What one order costs where nothing is loaded yet; of each order a process of its own."""
    spent = []
    for order in orders:
        before = getrusage(RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "linewalker", "ask", "--json", "--plan", str(PLAN), order]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = getrusage(RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return one(f"CPU of `linewalker ask`, worst of {len(orders)}", max(spent), "s", must=2)


def tags_in_words(marks: Sequence[Marked]) -> str:
    """How many orders of each tag are not right, per language."""
    said, missed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for marked in marks:
        for tag in marked.order.tags:
            said[tag, marked.order.language] += 1
            missed[tag, marked.order.language] += not marked.right
    words = (f"{tag} {language} {missed[tag, language]}/{count}" for (tag, language), count in said.items())
    return "not right, by tag: " + ", ".join(words)


def in_words(marked: Marked) -> str:
    """One order that is not right, in a line."""
    document = marked.document
    dialogue = " >> ".join([*marked.order.after, marked.order.order])
    code = (document["reason"] or {}).get("code", "")
    return f"{marked.order.id} {dialogue}\n    {document['outcome']} {code} {document['goals']}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, help=f"files of orders; default: those in {CORPORA.name}/")
    parser.add_argument("--failures", action="store_true", help="print the orders that are not right")
    given = parser.parse_args()
    sheet = Sheet()
    for corpus in given.corpora or corpora():
        plan = plan_of(corpus)
        marks = mark(read_corpus(corpus), offline_reader(plan), Goals(plan))
        command = " ".join([COMMAND, *[str(corpus)] * bool(given.corpora)])
        name = corpus.stem if plan == PLAN else corpus.parent.name
        sheet.show(f"Orders understood, {name}", rows(marks), command)
        print(tags_in_words(marks))
        if given.failures:
            print(*(in_words(marked) for marked in marks if not marked.right), sep="\n")
    sheet.show("A cold process", [cold(COLD)], COMMAND)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
