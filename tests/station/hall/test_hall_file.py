"""What a hall's file says is what there is; a mistake in it is one line that names where it stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.station.hall.hall import ALL
from linewalker.station.hall.hall_file import read_hall
from tests.station.hall.point_guide import FILE, TEXT


def test_what_stands_in_the_file_is_what_there_is() -> None:
    hall = read_hall(FILE)
    assert hall.exhibits == ("scanner", "hand")
    assert set(hall.places) == {"home", "door", *hall.exhibits}
    assert hall.places["hand"].stance.yaw == pytest.approx(-0.5 * np.pi)
    assert hall.told["hand"].source.startswith("hall.yaml:")
    assert hall.told["hand"].source.endswith(" exhibits.hand.say")
    assert {place.name for place in hall.pack.places} == {"door", "scanner", "hand", ALL}
    assert [visitor.follows_m for visitor in hall.visitors] == [None, None, None, 1.2, 1.8]
    assert hall.visitors[3].joins_s == pytest.approx(3.0 + np.hypot(1.4, 0.5) / 0.9)


def test_exhibits_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "h.yaml"
    path.write_text(
        "home: [0, 0, 0]\nexhibits:\n"
        "  a: {name: {zh: 甲, en: thing}, stance: [1, 0, 0], say: {zh: 甲。, en: It is.}}\n",
        encoding="utf-8",
    )
    hall = read_hall(path)
    assert (hall.exhibits, hall.solids, hall.visitors, hall.tour["zh"]) == (("a",), (), (), ())
    assert hall.told["a"].source == "h.yaml:3 exhibits.a.say"


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("stance: [0.9, -1.7, -90]", "stance: [0.9, -1.7]", "places.door.stance", "expected 3 numbers"),
        ("stance: [2.3, 0.7, 90]", "stance: [2.3, 1.3, 90]", "exhibits.scanner.stance", "0.20 m from 'scanner'"),
        ("stands: [1.8, 1.5, 2.8, 2.1]", "stands: [2.8, 1.5, 1.8, 2.1]", "exhibits.scanner.stands", "one corner"),
        ("words: [测头, 扫描仪, scanner]", "words: [entrance]", "exhibits.scanner", "'entrance' means 'door' already"),
        ("does: [bow]", "does: [bows]", "skills.bow.does[0]", "did you mean 'bow'"),
        ("does: [bow]", "does: [say, bow]", "skills.bow", "need a place"),
        ("arrives_s: 4,", "arives_s: 4,", "visitors[1].arives_s", "did you mean 'arrives_s'"),
        ("way: [[1.2, 0.3]]", "way: []", "visitors[0].way", "one point or more"),
        ("follows_m: 1.2", "follows_m: 0.1", "visitors[3].follows_m", "outside the range 0.8 to 2"),
        ("zh: 今天下午五点闭馆。, ", "", "questions.hours.say", "'zh' is missing"),
        ("home: [0.0, 0.0, 0]", "home: [0.0, north, 0]", "home[1]", "found the text 'north'"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_key(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    assert TEXT.count(old) == 1
    path = tmp_path / "hall.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_hall(path)
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert caught.value.key == key
    assert caught.value.line is not None
    assert abs(caught.value.line - line) <= 6  # of the entry's beginning, where a key is missing in it
    assert says in caught.value.problem
    assert "\n" not in str(caught.value)
