"""Results in the formats that others read, each a set of files, written a car at a time, so that memory is small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO

from linewalker.errors import InputError
from linewalker.factory.quality.aqdef import Description, Origin, description, values
from linewalker.factory.quality.inspected import InspectedCar
from linewalker.factory.quality.qif import qif_document
from linewalker.factory.quality.spreadsheet import CHINESE, GERMAN, Region, spreadsheet_head, spreadsheet_rows
from linewalker.factory.records.car_lines import json_text
from linewalker.factory.records.results import CharacteristicResult
from linewalker.inspection.evidence import file_name
from linewalker.wholefile import stored, whole

Files = dict[str, bytes]
"""Name -> content."""
Descriptions = Mapping[str, Description]
"""Model -> what a file about it is about."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """How results are written.

    Attributes:
        begin: the files, with what stands in them before the first car; of descriptions and the stem of their names.
        add: what a car adds to them, or to files of its own.
    """

    begin: Callable[[Descriptions, str], Files]
    add: Callable[[InspectedCar, Descriptions, str], Files]


def _values(end: str) -> Callable[[InspectedCar, Descriptions, str], Files]:
    def add(car: InspectedCar, described: Descriptions, stem: str) -> Files:
        model = car.result.order.model
        return {_of_model(stem, model, end): values(described[model], [car])}

    return add


def _of_model(stem: str, model: str, end: str) -> str:
    return f"{stem}-{file_name(model)}.{end}"


def _whole_dfq(described: Descriptions, stem: str) -> Files:
    return {_of_model(stem, model, "dfq"): description(of_model) for model, of_model in described.items()}


def _halves(described: Descriptions, stem: str) -> Files:
    heads = {_of_model(stem, model, "dfd"): description(of_model) for model, of_model in described.items()}
    return heads | {_of_model(stem, model, "dfx"): b"" for model in described}


def _spreadsheet(region: Region, end: str) -> Format:
    return Format(
        begin=lambda _, stem: {f"{stem}{end}": spreadsheet_head(region)},
        add=lambda car, _, stem: {f"{stem}{end}": spreadsheet_rows(car, region)},
    )


def _json_line(car: InspectedCar, _: Descriptions, stem: str) -> Files:
    line = json_text({"recorded_at": car.clock.text, "clock": car.clock.source.value, **car.result.document()})
    return {f"{stem}.jsonl": f"{line}\n".encode()}


def _qif(car: InspectedCar, _: Descriptions, stem: str) -> Files:
    """A file of its own, whose name does not say which car it is about."""
    at = f"{car.at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    return {f"{stem}-{car.result.order.sequence}-{car.attempt}-{at}.qif": qif_document(car)}


FORMATS: dict[str, Format] = {
    "dfq": Format(begin=_whole_dfq, add=_values("dfq")),
    "dfd": Format(begin=_halves, add=_values("dfx")),
    "csv-de": _spreadsheet(GERMAN, "-de.csv"),
    "csv-zh": _spreadsheet(CHINESE, "-zh.csv"),
    "qif": Format(begin=lambda *_: {}, add=_qif),
    "json": Format(begin=lambda _, stem: {f"{stem}.jsonl": b""}, add=_json_line),
}
"""By the name they have on the command line."""


def descriptions(cars: Iterable[InspectedCar]) -> dict[str, Description]:
    """Of each model, every characteristic that one of its cars has, in the order of the plan, as its first cars say."""
    found: dict[str, dict[str, CharacteristicResult]] = {}
    origins: dict[str, Origin] = {}
    for car in cars:
        model, header = car.result.order.model, car.header
        origins.setdefault(model, Origin(station=header.station, robot=header.robot, software=header.software))
        of_model = found.setdefault(model, {})
        for entry in car.result.characteristics:
            of_model.setdefault(entry.id, entry)
    return {
        model: Description(model=model, characteristics=tuple(entries.values()), origin=origins[model])
        for model, entries in found.items()
        if entries
    }


def exported(cars: Iterable[InspectedCar], name: str, stem: str) -> Files:
    """Files of a format about some cars.

    Raises:
        InputError: there is no such format.
    """
    some, form = list(cars), _format(name)
    described = descriptions(some)
    files = form.begin(described, stem)
    for car in some:
        if car.result.order.model in described:
            for file, more in form.add(car, described, stem).items():
                files[file] = files.get(file, b"") + more
    return files


def write_exported(cars: Callable[[], Iterator[InspectedCar]], name: str, stem: str, folder: Path) -> list[Path]:
    """Write the files of a format, all of them or none.

    Args:
        cars: gives them anew each time; what comes in between of a model that nobody described yet is left out.

    Returns:
        the files; none if there is no car.

    Raises:
        InputError: there is no such format.
        StorageFault: the disk does not take it.
    """
    form, described = _format(name), descriptions(cars())
    if not described:
        return []
    with ExitStack() as stack:
        streams: dict[str, IO[bytes]] = {}

        def write(files: Files) -> None:
            for file, content in files.items():
                if file not in streams:
                    stack.enter_context(stored(folder / file))
                    streams[file] = stack.enter_context(whole(folder / file))
                streams[file].write(content)

        write(form.begin(described, stem))
        for car in cars():
            if car.result.order.model in described:
                write(form.add(car, described, stem))
    return [folder / file for file in streams]


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise InputError(f"there is no format '{name}'; there are {', '.join(FORMATS)}", key="--format")
    return FORMATS[name]
