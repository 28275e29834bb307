"""The files in documents are read by what reads such files, and the messages in them are what it says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import read_shift
from linewalker.factory.outbox.outbox_file import read_outbox
from linewalker.inspection.capability.table import OPERATOR, PART, TRIAL, VALUE, read_table
from linewalker.inspection.evidence import file_name
from linewalker.station.inputs import KnownModels, load_models, read_inspection_plan
from linewalker.world.deviations import read_world
from tests.docs.blocks import ROOT, Block, block, blocks

Read = Callable[[Path, KnownModels], object]
SHIFT = "docs/shift.md"


@pytest.fixture(scope="module")
def models() -> KnownModels:
    """What the station knows."""
    return load_models()


def read_world_of_the_shift(path: Path, models: KnownModels) -> object:
    """A world, against the cars of the documented shift."""
    shift = path.with_name("shift of the world.csv")
    shift.write_text(block(SHIFT, "csv"), encoding="utf-8")
    return read_world(path, read_shift(shift, models.options), models.vehicles)


def read_destinations(path: Path, _models: KnownModels) -> object:
    """Where results go, with the token it names."""
    path.with_name("mes-token").write_text("secret", encoding="utf-8")
    return read_outbox(path)


READERS: dict[str, tuple[str, str, Read]] = {
    "docs/inspection-plan.md": ("yaml", "plan.yaml", read_inspection_plan),
    "docs/codes.md": ("yaml", "plan.yaml", read_inspection_plan),
    "docs/world.md": ("yaml", "world.yaml", read_world_of_the_shift),
    "docs/quality-data.md": ("yaml", "outbox.yaml", read_destinations),
    "docs/capability.md": (
        "csv",
        "study.csv",
        lambda path, _: read_table(path, (PART, OPERATOR, TRIAL, VALUE)).numbers("value"),
    ),
    SHIFT: ("csv", "my-shift.csv", lambda path, models: read_shift(path, models.options)),
}
"""Document -> language of its file, name of the file, what reads it."""

SLIPS = {
    "docs/inspection-plan.md": [("tolerance: 0.7", "tolerence: 0.7"), ("z: 280", "z: 880")],
    "docs/world.md": [("front_door_left", "front_dor_left")],
    SHIFT: [("paint=silver", "paint=pink")],
}
"""Document -> what has to be written wrongly in its file to get its messages, one after the other."""


def in_english(document: str) -> str:
    """The document that one in Chinese says the same as."""
    return document.replace(".zh-CN", "")


@pytest.mark.parametrize("found", blocks("yaml", "csv"), ids=str)
def test_a_file_in_a_document_is_read(found: Block, models: KnownModels, tmp_path: Path) -> None:
    language, name, read = READERS[in_english(found.document)]
    assert found.language == language
    path = tmp_path / name
    path.write_text(found.text, encoding="utf-8")
    read(path, models)


@pytest.mark.parametrize(
    "document", [found.document for found in blocks("text") if in_english(found.document) in SLIPS]
)
def test_a_message_in_a_document_is_what_is_said(document: str, models: KnownModels, tmp_path: Path) -> None:
    language, name, read = READERS[in_english(document)]
    messages = block(document, "text").splitlines()
    for (right, wrong), message in zip(SLIPS[in_english(document)], messages, strict=True):
        text = block(document, language)
        assert right in text
        path = tmp_path / name
        path.write_text(text.replace(right, wrong), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read(path, models)
        said = str(caught.value).replace(f"{tmp_path}/", "")
        assert re.fullmatch(re.escape(message).replace(re.escape("..."), ".+"), said), said


@pytest.mark.parametrize("found", blocks("json"), ids=str)
def test_results_in_a_document_keep_to_the_schema_and_name_their_evidence(found: Block) -> None:
    document = json.loads(found.text)
    schema = (ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(document, json.loads(schema))
    for car in document["cars"]:
        for entry in car["characteristics"]:
            where, name = entry["evidence"].rsplit("/", 1)
            assert name == f"{file_name(entry['id'])}.svg"
            assert where == f"evidence/{car['vin']}/{car['sequence']}-1"


@pytest.mark.parametrize("found", blocks("toml"), ids=str)
def test_what_a_package_of_a_plant_declares_is_what_the_example_declares(found: Block) -> None:
    package = {"docs/methods.md": "brightness", "docs/skills.md": "curtsy"}[in_english(found.document)]
    example = tomllib.loads((ROOT / "examples" / package / "pyproject.toml").read_text(encoding="utf-8"))
    for table, entries in tomllib.loads(found.text).items():
        assert entries.items() <= example[table].items()
