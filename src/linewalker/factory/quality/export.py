"""Results in the formats that others read, each a set of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linewalker.errors import InputError
from linewalker.factory.quality.aqdef import Description, Origin, description, values
from linewalker.factory.quality.inspected import InspectedCar, by_model, characteristics_of
from linewalker.factory.quality.spreadsheet import CHINESE, GERMAN, spreadsheet
from linewalker.factory.records.car_lines import json_text
from linewalker.inspection.evidence import file_name

Files = dict[str, bytes]
"""Name -> content."""


def aqdef_files(cars: Sequence[InspectedCar], stem: str) -> Files:
    """One .dfq for each model."""
    files = {}
    for model, of_model in by_model(cars).items():
        described = described_by(of_model)
        content = description(described) + values(described, of_model)
        files[f"{stem}-{file_name(model)}.dfq"] = content
    return files


def aqdef_pairs(cars: Sequence[InspectedCar], stem: str) -> Files:
    """For each model a description (.dfd) and its values (.dfx)."""
    files = {}
    for model, of_model in by_model(cars).items():
        described = described_by(of_model)
        files[f"{stem}-{file_name(model)}.dfd"] = description(described)
        files[f"{stem}-{file_name(model)}.dfx"] = values(described, of_model)
    return files


def described_by(cars: Sequence[InspectedCar]) -> Description:
    """What a file about these cars, which are of one model, is about."""
    first = cars[0]
    origin = Origin(station=first.header.station, robot=first.header.robot, software=first.header.software)
    return Description(model=first.result.order.model, characteristics=characteristics_of(cars), origin=origin)


def json_lines(cars: Sequence[InspectedCar], stem: str) -> Files:
    """Each car a line, as in results.json, with the clock beside it."""
    lines = [
        json_text({"recorded_at": car.clock.text, "clock": car.clock.source.value, **car.result.document()})
        for car in cars
    ]
    return {f"{stem}.jsonl": "".join(f"{line}\n" for line in lines).encode()}


FORMATS: dict[str, Callable[[Sequence[InspectedCar], str], Files]] = {
    "dfq": aqdef_files,
    "dfd": aqdef_pairs,
    "csv-de": lambda cars, stem: {f"{stem}-de.csv": spreadsheet(cars, GERMAN)},
    "csv-zh": lambda cars, stem: {f"{stem}-zh.csv": spreadsheet(cars, CHINESE)},
    "json": json_lines,
}
"""By the name they have on the command line."""


def exported(cars: Sequence[InspectedCar], name: str, stem: str) -> Files:
    """Files of a format.

    Raises:
        InputError: there is no such format.
    """
    if name not in FORMATS:
        raise InputError(f"there is no format '{name}'; there are {', '.join(FORMATS)}", key="--format")
    return FORMATS[name](cars, stem)
