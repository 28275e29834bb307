"""Without a model the grammar reads; with one, exchanges go on record in the folder, and a stop needs neither."""

from pathlib import Path

from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.model.grounds import GroundedReading
from linewalker.brain.language.model.model_reader import ModelReader
from linewalker.brain.language.model.recording import read_record
from linewalker.station.order_reading import MODEL_RECORD, order_reading
from tests.brain.language.model.scripted_server import calls, scripted
from tests.brain.language.words_of_the_example import lexicon


def test_without_a_model_the_grammar_reads(tmp_path: Path) -> None:
    reading = order_reading(lexicon(), tmp_path, None)
    assert isinstance(reading.reader, GroundedReading)
    assert reading.reader.read("measure the hood gap").course is Course.ACT
    assert "hood/front_bumper" in reading.offer.names["features"]


def test_with_one_exchanges_go_on_record_and_a_stop_asks_nobody(tmp_path: Path) -> None:
    hood = ("inspect", {"features": ["hood/front_bumper"], "methods": ["gap"]})
    with scripted(calls(hood)) as server:
        reading = order_reading(lexicon(), tmp_path, server.settings())
        assert isinstance(reading.reader, ModelReader)
        assert reading.reader.stops("停！")
        assert reading.reader.read("停！").goals[0].skill == "stop"
        assert server.requests == []
        found = reading.reader.read("have a gander at the hood gap")
    assert (found.course, found.aside) == (Course.ACT, None)
    assert found.goals[0].document()["slots"] == hood[1]
    assert len(read_record(tmp_path / MODEL_RECORD)) == 1
