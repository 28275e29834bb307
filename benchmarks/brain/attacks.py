"""``python -m benchmarks.brain.attacks``: attacks through MCP and through a language model, and how many get through.

The attacks are those that the tests make, each of which watches that nothing moves and that it is told why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output

ROOT = Path(__file__).parents[2]
ATTACKS = {
    "MCP": "tests/console/mcp/test_attacks.py",
    "a language model": "tests/console/mcp/test_model_attacks.py",
}


class Outcomes:
    """Counts how tests end, as a plugin of pytest."""

    def __init__(self) -> None:
        self.count = Counter[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Told of every phase of every test."""
        if report.when == "call" or report.failed:
            self.count[report.outcome] += 1


def attacks() -> Iterator[Row]:
    """Each way in, with how many were made."""
    for through, file in ATTACKS.items():
        outcomes = Outcomes()
        pytest.main(["-q", "-n", "0", "--no-header", str(ROOT / file)], plugins=[outcomes])
        made = outcomes.count.total()
        yield one(f"attacks through {through}", made, must=10, at_least=True, digits=0)
        yield one("... that move something, or that nobody explains", outcomes.count["failed"], must=0, digits=0)


def main() -> None:
    """Measure and print."""
    sheet = Sheet()
    sheet.show("Attacks", attacks(), "python -m benchmarks.brain.attacks")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
