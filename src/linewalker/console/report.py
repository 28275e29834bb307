"""The report of a shift: one self-contained HTML page, Chinese and English, to be read, printed and signed.

Beside it lies the same as a table, for spreadsheets: see `linewalker.console.report_table`.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from linewalker.console.car_map import CarMaps, Places, places_of, row_id
from linewalker.console.car_remarks import car_remarks
from linewalker.console.decision_rule import decision_rule
from linewalker.console.report_table import report_table
from linewalker.console.summary import is_finding, required_text, value_text
from linewalker.console.tolerance_bar import tolerance_bar
from linewalker.console.verdict_style import EVENT_WORDS, NOT_INSPECTED_SIGN, NOT_INSPECTED_WORDS, SIGNS, WORDS
from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from linewalker.factory.records.results import CarResult, CharacteristicResult, RunHeader
from linewalker.inspection.methods import title_of
from linewalker.inspection.severity import SEVERITIES
from linewalker.inspection.verdict import CAPABLE_RATIO, COVERAGE_FACTOR, GUARD_FACTOR, Verdict
from linewalker.station.run_folder import RESULTS_FILE
from linewalker.wholefile import write_whole

_MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_CLASSES = {name: (title.zh, title.en) for name, title in SEVERITIES.items()}


@dataclass(frozen=True, kw_only=True)
class Series:
    """One characteristic over the cars of a shift that have it, measured values only.

    Attributes:
        model: of the cars.
        entries: as judged, car after car.
    """

    model: str
    entries: tuple[CharacteristicResult, ...]

    @property
    def values(self) -> list[float]:
        """In the unit of the characteristic."""
        return [float(entry.value) for entry in self.entries if isinstance(entry.value, float | int)]


def write_report(records_file: Path, report_file: Path) -> Path:
    """Write the report of the newest shift in the records, and its table beside it; evidence lies beside the records.

    Returns:
        ``report_file``.

    Raises:
        InputError: there are no records of a shift.
        StationFault: the report can not be written.
    """
    if not records_file.is_file():
        raise InputError("there are no records here; is this the folder of a run?", file=records_file)
    with Records(records_file) as records:
        run = records.last_run()
        if run is None:
            raise InputError("there is no shift in these records", file=records_file)
        header, opened_at, cars, number = run.header, run.opened_at, run.cars(), run.number
    results_file = records_file.parent / RESULTS_FILE
    digest = hashlib.sha256(results_file.read_bytes()).hexdigest() if results_file.is_file() else ""
    opened = datetime.datetime.fromisoformat(opened_at).astimezone()
    folder = records_file.parent
    when, places = f"{opened:%Y-%m-%d %H:%M %z}", places_of(folder, number)
    write_whole(report_file, render_report(header, cars, folder, opened=when, digest=digest, places=places))
    write_whole(report_file.with_suffix(".csv"), report_table(cars))
    return report_file


def render_report(
    header: RunHeader,
    cars: Sequence[CarResult],
    folder: Path,
    *,
    opened: str = "",
    digest: str = "",
    places: Mapping[int, Places] | None = None,
) -> str:
    """The page as HTML.

    Args:
        header, cars: the shift.
        folder: what the paths of evidence are relative to.
        opened: when the shift was worked, in words.
        digest: SHA-256 of results.json, which the signature stands for.
        places: by sequence of the car, where its characteristics are, for the maps.
    """
    environment = _environment()
    maps = CarMaps(places or {})
    environment.globals.update(
        bar=tolerance_bar,
        counts=_counts,
        not_inspected=lambda entries: sum(not entry.inspected for entry in entries),
        remarks_of=car_remarks,
        picture=lambda entry: picture(entry, folder),
        row_id=row_id,
        rule_of=decision_rule,
        views=maps.views,
        value_text=value_text,
        required_text=required_text,
    )
    by_method = _by_method(cars)
    return environment.get_template("report.html.j2").render(
        header=header,
        cars=cars,
        shapes=maps.shapes(cars),
        findings=_findings(cars),
        series=series_of(cars),
        by_method=by_method,
        opened=opened,
        digest=digest,
        verdicts=tuple(Verdict),
        signs=SIGNS,
        words=WORDS,
        missing_sign=NOT_INSPECTED_SIGN,
        missing_words=NOT_INSPECTED_WORDS,
        methods={name: (title_of(name).zh, title_of(name).en) for name in by_method},
        classes=_CLASSES,
        events=EVENT_WORDS,
        coverage=COVERAGE_FACTOR,
        capable=CAPABLE_RATIO,
        guard=GUARD_FACTOR / COVERAGE_FACTOR,
        longest_takt_s=max((max(car.takt_s, car.takt_limit_s) for car in cars), default=1.0),
    )


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("linewalker.console", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def picture(entry: CharacteristicResult, folder: Path) -> str | None:
    """The evidence as a data URI; None if there is none or the file is gone."""
    if entry.evidence is None:
        return None
    file = folder / entry.evidence
    media_type = _MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None or not file.is_file():
        return None
    # Markup: base64 needs no escaping, and autoescape would spend its time on megabytes of it.
    return Markup(f"data:{media_type};base64,{base64.b64encode(file.read_bytes()).decode()}")


def series_of(cars: Iterable[CarResult]) -> list[Series]:
    """The measured characteristics, each over all cars of its model, in the order of the plan."""
    grouped: dict[tuple[str, str], list[CharacteristicResult]] = {}
    for car in cars:
        for entry in car.characteristics:
            if entry.lower is not None:
                grouped.setdefault((car.order.model, entry.id), []).append(entry)
    return [Series(model=model, entries=tuple(entries)) for (model, _), entries in grouped.items()]


def _findings(cars: Iterable[CarResult]) -> list[tuple[CarResult, CharacteristicResult]]:
    """What is not OK, the proven first, in the order of the cars and of the plan."""
    found = [(car, entry) for car in cars for entry in car.characteristics if is_finding(entry)]
    return sorted(found, key=lambda finding: finding[1].verdict is not Verdict.NOK)


def _counts(entries: Iterable[CharacteristicResult | CarResult]) -> Counter[Verdict]:
    return Counter(entry.verdict for entry in entries if entry.inspected)


def _by_method(cars: Iterable[CarResult]) -> dict[str, list[CharacteristicResult]]:
    grouped: dict[str, list[CharacteristicResult]] = {}
    for car in cars:
        for entry in car.characteristics:
            grouped.setdefault(entry.method, []).append(entry)
    return grouped
