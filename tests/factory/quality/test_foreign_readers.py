"""Readers of Q-DAS files by other people return every value that may be used, as it was written.

They are no part of the development install: ``python -m pip install aqdefreader "chardet<6"`` (any Python), and
``qdas-parser`` (Python 3.13 or later).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.factory.quality.aqdef import description, values
from linewalker.factory.quality.export import descriptions
from tests.factory.quality.dfq_reader import read_dfq
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import bad_car, fallen_car, good_car

CARS = [inspected(good_car()), inspected(bad_car()), inspected(fallen_car())]
INCOMPLETE = ("255", "256")


@pytest.fixture
def written() -> tuple[bytes, bytes]:
    described = descriptions(CARS)["sedan"]
    return description(described), values(described, CARS)


def test_aqdefreader_returns_every_value_its_attribute_and_its_time(written, tmp_path):
    reader = pytest.importorskip("aqdefreader", reason="pip install aqdefreader 'chardet<6'")
    file = tmp_path / "shift.dfq"
    file.write_bytes(b"".join(written))
    (part,) = reader.read_dfq_file(str(file)).get_parts()
    expected = read_dfq(b"".join(written))
    for index, described in expected.characteristics.items():
        read = part.get_characteristic_by_index(index)
        assert read.get_data("K2001") == described["K2001"]
        usable = [one for one in expected.values[index] if one["K0002"] not in INCOMPLETE]  # it leaves out the others
        found = [(one.attribute, f"{one.datetime:%d.%m.%Y/%H:%M:%S}") for one in read.get_measurements()]
        assert found == [(int(one["K0002"]), one["K0004"]) for one in usable]
        if described["K2004"] == "0":
            assert [one.value for one in read.get_measurements()] == [float(one["K0001"]) for one in usable]


def test_qdas_parser_returns_every_field_of_every_car(written, tmp_path):
    reader = pytest.importorskip("qdas_parser", reason="pip install qdas-parser (Python 3.13 or later)")
    file = Path(tmp_path) / "pc" / "m01" / "2611240001.dfd"
    file.parent.mkdir(parents=True)
    for path, content in zip((file, file.with_suffix(".dfx")), written):
        path.write_bytes(content)
    read = reader.QDASFileParser(file, "sedan", kind="pc")
    read.parse_description()
    read.parse_values()
    expected = read_dfq(b"".join(written))
    names = [one["K2002"].replace(" ", "_") for one in expected.characteristics.values()]
    assert [one.label for one in read.features] == names
    keys = [list(expected.values[index][0]) for index in expected.values]
    assert len(read.data) == len(CARS)
    for car, row in enumerate(read.data):
        cells = iter(row[2:])  # its own index comes first
        for index, of_one in zip(expected.values, keys):
            known = [key for key in of_one if key not in ("K0009", "K0014")]
            assert [next(cells) for _ in known] == [expected.values[index][car][key] for key in known]
        assert next(cells, None) is None
