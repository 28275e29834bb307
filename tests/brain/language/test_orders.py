"""Every order of a corpus means what is written beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.brain.agreement import Goals
from benchmarks.brain.corpus import read_corpus
from benchmarks.brain.understanding import corpora, mark, offline_reader, plan_of

from tests.brain.language.words_of_the_example import read

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILE = Path(__file__).parent / "orders.yaml"
ORDERS: list[dict[str, Any]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=_LOADER)


def test_orders_mean_what_is_written_beside_them() -> None:
    wrong = []
    for order in ORDERS:
        outcome, goals = read(order["order"], *order.get("after", ()))
        found = [{skill: slots} for skill, slots in goals]
        if order.get(outcome) != found:
            wrong.append((order["order"], outcome, found))
    assert wrong == []


def test_half_of_the_orders_are_chinese() -> None:
    chinese = sum(not order["order"].isascii() for order in ORDERS)
    assert len(ORDERS) >= 600
    assert 0.4 <= chinese / len(ORDERS) <= 0.6


@pytest.mark.parametrize("corpus", corpora(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_order_of_a_corpus_is_done_wrongly(corpus: Path) -> None:
    plan = plan_of(corpus)
    marks = mark(read_corpus(corpus), offline_reader(plan), Goals(plan))
    acted = [marked.order.id for marked in marks if marked.fate == "act"]
    stops_missed = [marked.order.id for marked in marks if marked.tagged("stop") and not marked.right]
    assert acted + stops_missed == []
    assert sum(marked.right for marked in marks) >= 0.97 * len(marks)
