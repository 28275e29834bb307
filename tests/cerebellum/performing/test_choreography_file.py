"""The library is what it claims, and what is wrong in a file is named with its line and key."""

from pathlib import Path

import pytest

from linewalker.cerebellum.performing.choreography_file import library, read_choreography
from linewalker.cerebellum.performing.staging import feet_end_side_by_side
from linewalker.errors import InputError

OWN = "order: [mine]\nphrases:\n  mine:\n    beats: 4\n"
STEP, POSE = "phrases.mine.steps", "phrases.mine.poses"
ORDER = "order: [groove, {phrase: side_touch, times: 2, mirror: alternate}, mine]\n"
MINE = "phrases:\n  mine:\n    beats: 4\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dance.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_library_has_phrases_for_every_meter() -> None:
    phrases = library()
    assert len(phrases) >= 24
    assert {phrase.meter for phrase in phrases.values()} == {"4/4", "6/8", "7/8"}
    assert sum(phrase.style == "western regions" for phrase in phrases.values()) >= 6
    assert sum(any(any(step.kick) for step in phrase.steps) for phrase in phrases.values()) >= 3


@pytest.mark.parametrize("name", sorted(library()))
def test_any_phrase_may_follow_any(name: str) -> None:
    phrase = library()[name]
    assert feet_end_side_by_side(phrase)
    assert all(thing.at <= phrase.beats for thing in (*phrase.poses, *phrase.steps))


def test_phrases_are_repeated_mirrored_and_ones_own(tmp_path: Path) -> None:
    dance = read_choreography(written(tmp_path, ORDER + MINE))
    assert [phrase.name for phrase in dance.phrases] == ["groove", "side_touch", "side_touch", "mine"]
    assert dance.phrases[1].steps[0].foot == "left"
    assert dance.phrases[2].steps[0].foot == "right"
    assert dance.meter == "4/4"


def test_phrases_are_made_of_others(tmp_path: Path) -> None:
    dance = read_choreography(
        written(tmp_path, "order: [mine]\nphrases:\n  mine: {of: [groove, {phrase: wave, mirror: true}]}\n")
    )
    assert dance.phrases[0].beats == 8.0


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ("order: [grove]\n", 1, "order[0]", "did you mean 'groove'"),
        ("order: []\n", 1, "order", "at least one"),
        ("order: [groove, six_lilt]\n", 1, "order[1]", "6/8"),
        ("order: [groove]\nspeed: 2\n", 2, "speed", "unknown key"),
        ("order: [{phrase: groove, times: 0}]\n", 1, "order[0].times", "outside"),
        (OWN + "    steps: [{at: 1, foot: middle}]\n", 5, STEP + "[0].foot", "middle"),
        (OWN + "    steps: [{at: 5, foot: left}]\n", 5, STEP + "[0].at", "outside"),
        (OWN + "    steps: [{at: 2, foot: left}, {at: 1, foot: right}]\n", 5, STEP + "[1].at", "no later"),
        (OWN + "    poses: [{at: 0, hands: [[0, 0, 0]]}]\n", 5, POSE + "[0].hands", "two hands"),
        (OWN + "    poses: [{at: 0, hands: [[1, 1, 0], null]}]\n", 5, POSE + "[0].hands[0]", "farther"),
        (OWN + "    groove: [{what: jump, size: 1}]\n", 5, "phrases.mine.groove[0].what", "jump"),
        (OWN + "    meter: 5/4\n", 5, "phrases.mine.meter", "5/4"),
        ("order: [mine]\nphrases:\n  mine: {beats: many}\n", 3, "phrases.mine.beats", "number"),
        ("order: [mine]\nphrases:\n  mine: {of: [groove, seven_lilt]}\n", 3, "phrases.mine.of", "one meter"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, line: int, key: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as told:
        read_choreography(written(tmp_path, text))
    assert (told.value.line, told.value.key) == (line, key)
