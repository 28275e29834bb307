"""The line, as the page and Prometheus ask for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.console.web.runs import EVIL, Console, records, whole_run


def test_what_clients_did_is_told_and_torn_lines_are_not(tmp_path: Path) -> None:
    folder = whole_run(tmp_path / "run")
    lines = [
        json.dumps({"at": "2026-01-02T03:04:05", "who": "line", "from": "10.0.0.2:1", "what": "connected"}),
        json.dumps({"at": "2026-01-02T03:04:06", "who": EVIL, "what": "write refused", "node": "Start"}),
        '{"at": "2026-01-0',
        "[]",
    ]
    (folder / "audit.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = Console(folder).ask("/api/line", run="run:1").json
    assert [(one["client"], one["alarm"]) for one in found["audit"]] == [("line", False), (EVIL, True)]
    assert found["audit"][1]["text"] == "write refused node=Start"
    assert {101, 202, 205} <= {fault["code"] for fault in found["faults"]}
    said = [fault[name] for fault in found["faults"] for name in ("meaning", "who", "remedy")]
    assert all(one["zh"] and one["en"] for one in said)


def test_what_line_and_station_say_is_told_by_their_signals(tmp_path: Path) -> None:
    console = Console(whole_run(tmp_path / "run"))
    answer = console.ask("/api/line", run="run:1")
    signals, talk = answer.json["signals"], answer.json["talk"]
    assert [t for t, *_ in talk] == [0.5, 2.0, 2.5, 7.5, 8.5, 12.5]
    values = [dict(zip([one["name"] for one in signals["out"]], out)) for *_, out in talk]
    assert [one["FaultCode"] for one in values] == [0, 0, 0, 205, 0, 0]
    assert [one["Busy"] for one in values] == [False, False, True, True, True, False]
    assert all(one["meaning"]["zh"] and one["meaning"]["en"] for side in signals.values() for one in side)
    again = console.ask("/api/line", run="run:1", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_who_is_there_is_who_logged_in_and_not_out(tmp_path: Path) -> None:
    folder = whole_run(tmp_path / "run")
    told = [
        ("2026-01-01T00:00:00", "old", "10.0.0.9:1", "log-in"),
        ("2026-01-02T03:04:05", "line", "10.0.0.2:1", "log-in"),
        ("2026-01-02T03:04:06", "gone", "10.0.0.3:1", "log-in"),
        ("2026-01-02T03:04:07", "line", "10.0.0.2:1", "speaks for the line"),
        ("2026-01-02T03:04:08", "gone", "10.0.0.3:1", "log-out"),
    ]
    lines = [json.dumps(dict(zip(("at", "who", "from", "what"), one), role="line")) for one in told]
    (folder / "audit.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (client,) = Console(folder).ask("/api/line", run="run:1").json["clients"]
    assert (client["client"], client["from"], client["speaks"]) == ("line", "10.0.0.2:1", "2026-01-02T03:04:07")


def test_a_long_log_is_told_from_its_end(tmp_path: Path) -> None:
    folder = records(tmp_path / "run")
    line = json.dumps({"at": "2026-01-02", "what": "x" * 500})
    with open(folder / "audit.jsonl", "w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for _ in range(9000))
    assert len(Console(folder).ask("/api/line", run="run:1").json["audit"]) == 2000


def test_metrics_are_of_the_text_format_of_prometheus(tmp_path: Path) -> None:
    whole_run(tmp_path / 'a"b\\c')
    text = Console(tmp_path).ask("/metrics").body.decode()
    sample = re.compile(r'[a-z_]+(\{[a-z]+="(\\.|[^"\\])*"(,[a-z]+="(\\.|[^"\\])*")*\})? -?[0-9.e+-]+')
    for line in text.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or sample.fullmatch(line), line
    assert 'linewalker_cars{run="a\\"b\\\\c:1",verdict="OK"} 1' in text
    assert "linewalker_viewers 0" in text


def test_the_dashboard_asks_for_metrics_that_there_are(tmp_path: Path) -> None:
    text = Console(whole_run(tmp_path / "run")).ask("/metrics").body.decode()
    there = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    dashboard = json.loads((Path(__file__).parents[3] / "docs" / "console.grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert set(re.findall(r"linewalker_\w+", " ".join(asked))) == there - {"linewalker_robot_time_seconds"}
