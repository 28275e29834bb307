"""What the records say: runs, cars, verdicts, and the pictures that go with them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from linewalker.brain.memory.journal import read_journal
from linewalker.console.web.asking import Json, asked_run, library, unless_known
from linewalker.console.web.library import RunEntry, UnknownRun, signature_of
from linewalker.factory.records.archive import Job
from linewalker.inspection.methods import title_of
from linewalker.inspection.severity import SEVERITIES
from linewalker.station.run_folder import EVIDENCE, JOURNAL_FILE, REPORT_FILE

_PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def runs(request: Request) -> Response:
    """Every run in short, newest first."""
    return Json([run_document(entry) for entry in reversed(library(request).runs())])


def run_document(entry: RunEntry) -> dict[str, Any]:
    """A run in short."""
    if entry.summary is None:
        return {"id": entry.id, "number": 0, "opened_at": "", "bridges": entry.bridges, "cars": {}}
    header = vars(entry.summary.header)
    return {
        "id": entry.id,
        "number": entry.number,
        "opened_at": entry.summary.opened_at,
        "bridges": entry.bridges,
        **{name: header[name] for name in ("shift", "plan", "station", "robot", "software", "seed")},
        "cars": dict(entry.summary.cars),
    }


def cars(request: Request) -> Response:
    """The cars of a run with everything that was judged of them."""
    entry = asked_run(request)

    def document() -> dict[str, Any]:
        run = library(request).archived(entry)
        documents = [] if run is None else [car_document(job) for job in run.jobs]
        methods = {entry["method"] for car in documents for entry in car["characteristics"]}
        return {
            "run": run_document(entry),
            "cars": documents,
            "methods": {name: _both(title_of(name)) for name in sorted(methods)},
            "classes": {name: _both(title) for name, title in SEVERITIES.items()},
        }

    return unless_known(request, (entry.id, signature_of(entry.records)), document)


def car_document(job: Job) -> dict[str, Any]:
    """A car as in results.json, with its attempt, and when it was over by the clock on the wall."""
    last = job.counting[-1]
    at = None if last.clock is None else last.clock.text
    return {**job.result.document(), "stage": last.state, "attempt": last.number, "at": at}


def evidence(request: Request) -> Response:
    """A picture of a run; nothing outside of its evidence is ever given."""
    entry, wanted = asked_run(request), request.query_params.get("file", "").replace("\0", "?")
    below = (entry.folder / EVIDENCE).resolve()
    file = (entry.folder / wanted).resolve()
    media_type = _PICTURES.get(file.suffix.lower())
    if media_type is None or not file.is_relative_to(below) or not file.is_file():
        raise UnknownRun("there is no such picture")
    headers = {"content-security-policy": _SVG_POLICY, "cache-control": "max-age=3600"}
    return FileResponse(file, media_type=media_type, headers=headers)


def report(request: Request) -> Response:
    """The report of a run, if there is one."""
    file = asked_run(request).folder / REPORT_FILE
    if not file.is_file():
        raise UnknownRun("there is no report of this run yet")
    policy = {"content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'"}
    return FileResponse(file, media_type="text/html", headers=policy)


def journal(request: Request) -> Response:
    """What was decided and what happened, entry by entry."""
    file = asked_run(request).folder / JOURNAL_FILE
    return unless_known(request, (file, signature_of(file)), lambda: [one.document() for one in read_journal(file)])


def _both(title: Any) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


ROUTES = [
    Route("/api/runs", runs),
    Route("/api/cars", cars),
    Route("/api/evidence", evidence),
    Route("/api/report", report),
    Route("/api/journal", journal),
]
