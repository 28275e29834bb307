"""What docs/security.md says of every component requirement has a test that there is."""

from __future__ import annotations

import re

import pytest

from linewalker.factory.opcua import audit, connection, identities, limits, lockout, trust
from tests.docs.blocks import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\| [CS]A?R .*\|$", TEXT, re.M)]
ASKED = (
    *(f"CR 1.{k}" for k in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14)),
    *(f"CR 2.{k}" for k in (1, 2, 5, 6, 7, 8, 9, 10, 11, 12)),
    *(f"CR 3.{k}" for k in (1, 3, 4, 5, 6, 7, 8, 9)),
    *("CR 4.1", "CR 4.2", "CR 4.3", "CR 5.1", "CR 6.1", "CR 6.2"),
    *(f"CR 7.{k}" for k in range(1, 9)),
    *("SAR 2.4", "SAR 3.2"),
)
"""Of a software application; those of hosts, devices and networks alone are named in the text."""


def test_every_requirement_has_its_row() -> None:
    assert sorted(row[0] for row in ROWS) == sorted(ASKED)
    assert {row[2] for row in ROWS} == {"met", "partly", "not met", "not ours"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_said_to_show_it_is_a_test(row: list[str]) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"`(test_\w+)`", row[4]):
        assert f"def {name}(" in sources
    assert row[4] or row[2] != "met" or row[0] == "CR 3.3"


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("things in a request; message; chunk", (connection.MOST_NODES, limits.MESSAGE_BYTES / 2**10, 64)),
        ("who has not logged in", (limits.MOST_STRANGERS, limits.STRANGERS_PATIENCE_S)),
        (
            "messages of a client that wait; answers it does not fetch",
            (connection.MOST_WAITING, connection.MOST_UNREAD_BYTES / 2**20, connection.UNREAD_S),
        ),
        ("sessions", (limits.MOST_SESSIONS, 4)),
    ],
)
def test_the_bounds_are_those_of_the_server(said: str, numbers: tuple[float, ...]) -> None:
    [row] = re.findall(rf"^\| {said} \| (.*) \|$", TEXT, re.M)
    assert [float(number) for number in re.findall(r"\d+", row)] == list(numbers)


def test_what_else_is_said_in_numbers_is_so() -> None:
    assert (trust.MOST_REJECTED, lockout.FREE_FAILURES, lockout.FIRST_WAIT_S, lockout.LONGEST_WAIT_S) == (50, 5, 2, 900)
    assert (audit.FILE_BYTES, audit.OLD_FILES) == (2**21, 4)
    roles = dict(re.findall(r"^\| (observer|line|engineer) \| yes \| (yes|no)", TEXT, re.M))
    assert roles == {role.value: "yes" if role.writes else "no" for role in identities.Role}
