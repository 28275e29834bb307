"""Questions are answered from what is on record at that moment; without records they are refused."""

from __future__ import annotations

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.factory.records.records import Records
from linewalker.station.record_answers import RecordAnswers
from tests.factory.samples import HEADER, bad_car, good_car

QUESTION = Interpretation(language="en", course=Course.ANSWER, goals=(Goal(skill="results", slots={"verdict": "NOK"}),))


def test_an_answer_follows_the_records(tmp_path):
    answers = RecordAnswers([tmp_path])
    refused = answers(QUESTION)
    assert refused.course is Course.REFUSE
    assert refused.because is not None
    assert refused.because.code == "no_records"
    assert "there are no records here" in refused.because.title.en
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        assert answers(QUESTION).answer.startswith("0 of 1 inspected car are NOK")
        run.commit(bad_car())
        assert answers(QUESTION).answer.startswith("1 of 2 inspected cars is NOK")


def test_what_is_no_question_is_left_alone(tmp_path):
    order = Interpretation(language="en", course=Course.ACT, goals=(Goal(skill="home"),))
    assert RecordAnswers([tmp_path])(order) is order


def test_an_area_is_answered_by_what_is_in_it(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        records.begin_run(HEADER).commit(bad_car())
    of_area = Interpretation(
        language="en", course=Course.ANSWER, goals=(Goal(skill="results", slots={"feature": "closures"}),)
    )
    doors = ("front_door_left", "rear_door_left")
    known = RecordAnswers([tmp_path], lambda name: doors if name == "closures" else (name,))(of_area)
    assert "Not known" in RecordAnswers([tmp_path])(of_area).answer
    assert "Not known" not in known.answer
    assert known.citations
