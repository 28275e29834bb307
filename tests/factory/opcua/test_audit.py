"""The audit log: lines of JSON that others can not read, and never more of them than there is place for."""

from __future__ import annotations

import json
import stat

import pytest

from linewalker.factory.opcua import audit
from linewalker.factory.opcua.audit import LONGEST_TEXT, OLD_FILES, AuditLog


def test_a_line_says_who_did_what_from_where(tmp_path):
    AuditLog(tmp_path / "a.jsonl").note(
        "write", who="line", role="line", host="10.0.0.7:4711", node="VIN", value="x" * 1000
    )
    [line] = [json.loads(text) for text in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert (line["who"], line["what"], line["from"], line["node"]) == ("line", "write", "10.0.0.7:4711", "VIN")
    assert line["value"] == "x" * LONGEST_TEXT
    assert line["at"].endswith("+00:00")
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600


def test_what_a_client_calls_itself_stays_one_line(tmp_path):
    AuditLog(tmp_path / "a.jsonl").note("log-in refused", who="", role="", host="h", name='x"}\n{"what": "log-in"')
    [line] = (tmp_path / "a.jsonl").read_text().splitlines()
    assert json.loads(line)["what"] == "log-in refused"


def test_it_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "FILE_BYTES", 2000)
    log = AuditLog(tmp_path / "a.jsonl")
    for k in range(500):
        log.note("write", who="line", role="line", host="h", value=k)
    files = list(tmp_path.iterdir())
    assert len(files) == OLD_FILES + 1
    assert sum(file.stat().st_size for file in files) <= 2000 * (OLD_FILES + 1)
    assert json.loads((tmp_path / "a.jsonl").read_text().splitlines()[-1])["value"] == 499


def test_a_disk_that_does_not_take_it_holds_nobody_up_and_is_said_once(tmp_path, caplog):
    log = AuditLog(tmp_path / "nowhere" / "a.jsonl")
    for _ in range(3):
        log.note("write", who="line", role="line", host="h")
    assert caplog.text.count("can not be written") == 1


@pytest.mark.parametrize("value", ["\ud800", "汉字", [True] * 16, None, 1.5])
def test_whatever_is_written_can_be_noted(tmp_path, value):
    AuditLog(tmp_path / "a.jsonl").note("write", who="l", role="line", host="h", value=value)
    json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))


def test_without_a_file_nothing_is_kept(tmp_path):
    AuditLog(None).note("write", who="l", role="line", host="h")
    assert list(tmp_path.iterdir()) == []
