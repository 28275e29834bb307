"""What is on its way is delivered by one command and seen by another."""

from __future__ import annotations

import json

import pytest

from linewalker.console.outbox_command import send, show_outbox
from linewalker.errors import InputError
from tests.factory.outbox.samples import commit


@pytest.fixture
def to(tmp_path):
    (tmp_path / "to.yaml").write_text(
        "destinations:\n  here: {folder: here, format: json}\n  away: {folder: away, format: dfq}\n"
    )
    (tmp_path / "here").mkdir()
    return tmp_path / "to.yaml"


def test_what_arrived_and_what_waits_is_said_with_the_reason(tmp_path, to, capsys):
    commit(tmp_path, 1, 2)
    assert send(tmp_path, to, watch=False) == 1
    assert "is not there" in capsys.readouterr().out
    show_outbox(tmp_path, to, as_json=True)
    here, away = json.loads(capsys.readouterr().out)
    assert (here["destination"], here["arrived"], here["waiting"], here["why"]) == ("here", 2, 0, "")
    assert (away["arrived"], away["waiting"], away["tries"]) == (0, 2, 1)
    (tmp_path / "away").mkdir()
    assert send(tmp_path, to, watch=False) == 0
    assert len(list((tmp_path / "away").glob("*.dfq"))) == 2


def test_a_folder_without_records_is_one_clear_error(tmp_path, to):
    with pytest.raises(InputError, match="there are no records here"):
        show_outbox(tmp_path, to, as_json=False)
