"""What the line did: who wrote what over its wire; the faults there are; and the numbers Prometheus collects."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.console.web.asking import asked_run, library, unless_known
from linewalker.console.web.library import RunEntry, signature_of
from linewalker.factory.handshake.faults import FAULT_MEANINGS, FAULT_REMEDIES, FaultCode
from linewalker.factory.handshake.signals import LineImage, SignalType, StationImage
from linewalker.factory.records.results import CarResult
from linewalker.station.motion.line_talk import told_signals
from linewalker.station.motion.motion_file import IMAGES, Block, MotionReader
from linewalker.station.run_folder import ACTS_FILE, AUDIT_FILE

_MOST_LINES, _MOST_BYTES = 2000, 1 << 21
_MOST_TOLD = 240
_ALARMS = ("refused", "failed", "rejected", "denied")


def line(request: Request) -> Response:
    """What line and station said lately, who of the line is there, the newest lines of the audit log, and the faults.

    ``talk``: of the newest motion of the run the newest 240 states of the images, the oldest first, each ``[t, at,
    connected, in, out]``: robot time, s since 1970 by the clock on the wall, and the values of ``signals``, in their
    order; of an array of bits the numbers of those that are set. Texts are not recorded.
    """
    entry = asked_run(request)
    acts, file, reader = (
        entry.folder / ACTS_FILE,
        entry.folder / AUDIT_FILE,
        next(reversed(library(request).motions(entry).values()), None),
    )
    told = [] if reader is None else [one for one in reader.blocks if one.kind == IMAGES]

    def document() -> dict[str, Any]:
        audit = sorted((*_audit(file), *_audit(acts)), key=lambda one: one["at"])[-_MOST_LINES:]
        return {
            "signals": {"in": _signals(LineImage), "out": _signals(StationImage)},
            "talk": [] if reader is None else _talk(reader, told[-_MOST_TOLD:]),
            "clients": _clients(audit, "" if reader is None else reader.header.opened_at),
            "audit": audit,
            "faults": [_fault(code) for code in FAULT_REMEDIES],
        }

    return unless_known(request, (entry.id, signature_of(file), signature_of(acts), told[-1:]), document)


def _fault(code: FaultCode) -> dict[str, Any]:
    (meaning, meaning_zh), remedy = FAULT_MEANINGS[code], FAULT_REMEDIES[code]
    parts = {"meaning": (meaning, meaning_zh), "who": remedy.who, "remedy": remedy.what}
    said = {name: {"zh": zh.replace("`", ""), "en": en.replace("`", "")} for name, (en, zh) in parts.items()}
    return {"code": int(code), "name": code.name, **said}


def _signals(image: type[LineImage] | type[StationImage]) -> list[dict[str, Any]]:
    return [
        {
            "name": signal.name,
            "bits": bool(signal.length) or signal.type is SignalType.BOOLEAN,
            "meaning": {"zh": signal.meaning_zh, "en": signal.meaning},
        }
        for _, signal in told_signals(image)
    ]


def _talk(reader: MotionReader, told: Sequence[Block]) -> list[list[Any]]:
    names = [[name for name, _ in told_signals(image)] for image in (LineImage, StationImage)]
    found = []
    for one in told:
        said = json.loads(reader.content(one))
        images = ([said[side].get(name) for name in known] for side, known in zip(("in", "out"), names))
        found.append([round(one.time_s, 3), said["at"], said["connected"], *images])
    return found


def _clients(audit: list[dict[str, Any]], begun: str) -> list[dict[str, str]]:
    """Who has logged in since the station began, and not out."""
    there: dict[str, dict[str, str]] = {}
    for entry in audit:
        if entry["at"][:19] < begun[:19]:
            continue
        if entry["what"] == "log-in":
            there[entry["from"]] = {"since": entry["at"], **{name: entry[name] for name in ("client", "role", "from")}}
        elif entry["what"] == "log-out":
            there.pop(entry["from"], None)
        elif entry["what"] == "speaks for the line" and entry["from"] in there:
            there[entry["from"]]["speaks"] = entry["at"]
    return list(there.values())


def _audit(path: Path) -> Iterator[dict[str, Any]]:
    for text in _tail(path)[-_MOST_LINES:]:
        try:
            entry = json.loads(text)
            at, who, what = str(entry.pop("at")), str(entry.pop("who", "")), str(entry.pop("what", ""))
            role, host = str(entry.pop("role", "")), str(entry.pop("from", ""))
        except (ValueError, KeyError, AttributeError, TypeError):  # torn by a kill, or written by somebody else
            continue
        rest = " ".join(f"{name}={value}" for name, value in entry.items() if value not in ("", None))
        alarm = any(word in what for word in _ALARMS)
        text = f"{what} {rest}".strip()
        yield {"at": at, "client": who, "role": role, "from": host, "what": what, "text": text, "alarm": alarm}


def _tail(path: Path) -> list[str]:
    """Whole lines of the end of a file; none where there is none."""
    try:
        with open(path, "rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _MOST_BYTES))
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return lines[1:] if size > _MOST_BYTES else lines


def metrics(request: Request) -> Response:
    """The newest run of every folder, in the text format of Prometheus."""
    found, now_s = library(request), time.time()
    newest = {entry.folder: entry for entry in found.runs()}.values()
    lines: list[str] = []
    for name, kind, meaning, samples in _families(request, list(newest), now_s):
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *samples]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")


def _families(request: Request, newest: list[RunEntry], now_s: float) -> Iterator[tuple[str, str, str, list[str]]]:
    cars = {entry.id: _cars(request, entry) for entry in newest}
    yield (
        "linewalker_cars",
        "gauge",
        "Cars of the newest run, by verdict.",
        [
            _sample("linewalker_cars", count, run=run, verdict=verdict)
            for run, of_run in cars.items()
            for verdict, count in sorted(Counter(_outcome(car) for car in of_run).items())
        ],
    )
    yield (
        "linewalker_characteristics",
        "gauge",
        "Characteristics of the newest run, by verdict.",
        [
            _sample("linewalker_characteristics", count, run=run, verdict=verdict)
            for run, of_run in cars.items()
            for verdict, count in sorted(
                Counter(one.verdict.name for car in of_run for one in car.characteristics if one.inspected).items()
            )
        ],
    )
    yield (
        "linewalker_takt_seconds",
        "gauge",
        "Robot time the last judged car took.",
        [
            _sample("linewalker_takt_seconds", judged[-1].takt_s, run=run)
            for run, of_run in cars.items()
            if (judged := [car for car in of_run if car.inspected and car.interrupted is None])
        ],
    )
    yield (
        "linewalker_robot_time_seconds",
        "gauge",
        "Robot time since the shift began.",
        [
            _sample("linewalker_robot_time_seconds", reader.last_s, run=entry.id)
            for entry in newest
            for reader in list(library(request).motions(entry).values())[-1:]
        ],
    )
    yield (
        "linewalker_motion_age_seconds",
        "gauge",
        "Wall time since anything of the robot was recorded.",
        [
            _sample("linewalker_motion_age_seconds", now_s - reader.path.stat().st_mtime, run=entry.id)
            for entry in newest
            for reader in list(library(request).motions(entry).values())[-1:]
        ],
    )
    yield (
        "linewalker_viewers",
        "gauge",
        "Viewers of the live stream.",
        [_sample("linewalker_viewers", sum(one.viewers for one in request.app.state.followers.values()))],
    )


def _cars(request: Request, entry: RunEntry) -> list[CarResult]:
    run = library(request).archived(entry)
    return [] if run is None else [job.result for job in run.jobs]


def _outcome(car: CarResult) -> str:
    return car.verdict.name if car.inspected else "NOT_INSPECTED"


def _sample(name: str, value: float, **labels: str) -> str:
    named = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{named}}} {value:.10g}" if named else f"{name} {value:.10g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


ROUTES = [Route("/api/line", line), Route("/metrics", metrics)]
