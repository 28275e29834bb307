"""``linewalker ask`` prints what was understood, for people and for machines."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from linewalker.cli import app

RUNNER = CliRunner()


def test_an_order_is_read_back_in_its_language() -> None:
    shown = RUNNER.invoke(app, ["ask", "量一下左前门和左后门的缝"])
    assert shown.exit_code == 0
    assert "执行：检查：左前门 / 左后门" in shown.output
    assert "asks: Which 'door' is meant" in RUNNER.invoke(app, ["ask", "measure the door"]).output


@pytest.mark.parametrize("order", ["again, three times", "再测三遍"])
def test_earlier_orders_are_given(order: str) -> None:
    shown = RUNNER.invoke(
        app, ["ask", order, "--after", "check the left side", "--after", "measure the hood gap", "--json"]
    )
    document = json.loads(shown.output)
    assert document["goals"] == [
        {"skill": "inspect", "slots": {"features": ["hood/front_bumper"], "methods": ["gap"], "times": 3}}
    ]
    assert document["outcome"] == "act"
