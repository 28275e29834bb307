"""A .dfq that grows: cars are added at its end, each once, also where a program was killed while it added one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linewalker.factory.quality.aqdef import END, Description, description, values
from linewalker.factory.quality.export import descriptions
from linewalker.factory.quality.inspected import InspectedCar
from linewalker.inspection.evidence import file_name
from linewalker.wholefile import append, replace_file, write_whole


def append_cars(folder: Path, cars: Sequence[InspectedCar]) -> None:
    """Add cars to the file of their model and shift.

    A car with characteristics that the file does not describe goes into a new file, numbered, for the description of a
    file is never changed. A car that stands at the end already is not added again.

    Raises:
        StorageFault: the disk does not take it.
    """
    for car in cars:
        for described in descriptions([car]).values():
            _append(folder, described, car)


def _append(folder: Path, described: Description, car: InspectedCar) -> None:
    stem = f"{file_name(Path(car.header.shift).stem or 'line')}-{file_name(described.model)}"
    head, block, number = description(described), values(described, [car]), 1
    while True:
        path = folder / (f"{stem}.dfq" if number == 1 else f"{stem}-{number}.dfq")
        if not path.exists():
            write_whole(path, head + block)
            return
        content = path.read_bytes()
        if content.startswith(head):
            break
        number += 1
    whole = _whole_cars(content, len(head), len(described.characteristics))
    if whole != len(content):  # whoever added the last car was killed meanwhile
        replace_file(path, content[:whole])
    if not content[:whole].endswith(block):
        append(path, block)


def _whole_cars(content: bytes, begin: int, characteristics: int) -> int:
    """Where the last car ends that is there whole: with the VIN of its last characteristic."""
    end = len(content)
    while end > begin:
        start = content.rfind(b"\n", begin, end - 1) + 1 or begin
        line = content[start:end]
        if line.endswith(END.encode()) and line.startswith(f"K0014/{characteristics} ".encode()):
            return end
        end = start
    return begin
