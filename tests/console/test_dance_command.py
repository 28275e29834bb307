"""``linewalker dance`` refuses what is wrong before it plans, and dances what is right."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.rhythm import Rhythm, hear
from linewalker.brain.music.sound import Sound, read_sound, write_wav
from linewalker.cerebellum.performing.rehearsal import Rehearsal
from linewalker.console.audience import Audience
from linewalker.console.dance_command import DONE, Wish, choose, dance, torque_table
from linewalker.errors import InputError
from tests.cerebellum.performing.clips.captured import write_dance
from tests.cerebellum.performing.short_dance import BEATS_S, short_plan


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("music") / "song.wav"
    write_wav(Sound(samples=compose(Score(bpm=120.0, seconds=12.0), 1).samples, rate_hz=RATE), path)
    return path


def wish(song: Path, **others: object) -> Wish:
    plain = Wish(
        music=song, choreography=None, robot="g1", seed=1, localised=True, pushes=(), seconds=None, out=None
    )  # fmt: skip
    return replace(plain, **others)  # type: ignore[arg-type]


def test_a_choreography_is_danced_and_told(music: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "dance.yaml"
    written.write_text("order: [side_touch]\n")
    code = dance(wish(music, choreography=written, out=tmp_path / "out", localised=False), Audience())
    out = capsys.readouterr().out
    assert code == DONE
    assert "side_touch" in out
    assert "touchdowns off the beat" in out
    assert (tmp_path / "out" / "report.html").is_file()
    assert (tmp_path / "out" / "music.wav").read_bytes() == music.read_bytes()


def test_of_a_choreography_as_many_phrases_are_danced_as_there_is_time(music: Path, tmp_path: Path) -> None:
    written = tmp_path / "dance.yaml"
    written.write_text("order: [side_touch, punch, bow]\n")
    rhythm = hear(read_sound(music))
    asked = wish(music, choreography=written)
    assert [phrase.name for phrase in choose(rhythm, asked)[1].phrases] == ["side_touch", "punch", "bow"]
    shorter = choose(rhythm, replace(asked, seconds=8.0))[1]
    assert [phrase.name for phrase in shorter.phrases] == ["side_touch", "punch"]
    with pytest.raises(InputError, match=r"--seconds 3: the first phrase of .*dance\.yaml takes longer"):
        choose(rhythm, replace(asked, seconds=3.0))


def test_a_choreography_in_another_meter_is_refused(music: Path, tmp_path: Path) -> None:
    written = tmp_path / "dance.yaml"
    written.write_text("order: [six_lilt]\n")
    number = np.arange(60) % 4 + 1
    rhythm = Rhythm(beats_s=BEATS_S, number=number, meter="4/4", energy=np.ones(60), duration_s=31.0)
    with pytest.raises(InputError, match="6/8"):
        choose(rhythm, wish(music, choreography=written))
    counts, composed = choose(rhythm, wish(music))
    assert composed.lead == counts.first


def test_a_clip_is_danced_and_told_how_far_it_is_from_what_was_captured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_dance(tmp_path / "own_50hz.csv")
    code = dance(Wish(clip=clip, music=None, choreography=None, robot="g1", seed=1, localised=True, pushes=(),
                      seconds=None, out=tmp_path / "out"), Audience())  # fmt: skip
    out = capsys.readouterr().out
    assert code == DONE
    assert "own_50hz: " in out
    off_mm = float(re.search(r"body off the clip, mean\s+([\d.]+) mm", out)[1])  # type: ignore[index]
    assert off_mm < 15.0
    assert (tmp_path / "out" / "report.html").is_file()
    assert not (tmp_path / "out" / "beats.csv").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"pushes": ("x",)},
        {"seconds": 2.0},
        {"choreography": Path("none.yaml")},
        {"music": None},
        {"clip": Path("a.csv"), "seconds": 20.0},
        {"clip_rate_hz": 30.0},
        {"clip": Path("a.csv"), "clip_rate_hz": 0.0},
        {"clip": Path("a.mp4")},
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, object], music: Path) -> None:
    with pytest.raises(InputError):
        dance(wish(music, **wrong), Audience())


def test_joints_are_listed_by_their_torque() -> None:
    rehearsal = Rehearsal(plan=short_plan(), changes=(), torque={"a": 0.2, "b": 0.6}, beats_s=BEATS_S)
    assert torque_table(rehearsal) == [("b", 0.6), ("a", 0.2)]
