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
    assert all(fault["meaning"]["zh"] and fault["meaning"]["en"] for fault in found["faults"])


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
