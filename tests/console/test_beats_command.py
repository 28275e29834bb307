"""``linewalker beats`` prints what programs and people read, and writes what they hear."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.sound import Sound, read_sound, write_wav
from linewalker.console.beats_command import show_beats, write_beats
from linewalker.errors import InputError


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("music") / "song.wav"
    write_wav(Sound(samples=compose(Score(bpm=120.0, seconds=12.0), 1).samples, rate_hz=RATE), path)
    return path


def test_json_and_csv_agree(music: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_beats(music, "json", None) == 0
    told = json.loads(capsys.readouterr().out)
    show_beats(music, "csv", None)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [float(row["time_s"]) for row in rows] == told["beats_s"]
    assert [int(row["number_in_bar"]) for row in rows] == told["number_in_bar"]
    assert told["meter"] == "4/4"
    assert abs(told["tempo_bpm"] - 120.0) < 1.0
    assert told["downbeats_s"] == [at for at, n in zip(told["beats_s"], told["number_in_bar"]) if n == 1]


def test_a_table_for_people(music: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_beats(music, "table", None)
    out = capsys.readouterr().out
    assert "4/4" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_a_click_track_is_as_long_as_the_music(music: Path, tmp_path: Path) -> None:
    show_beats(music, "csv", tmp_path / "click.wav")
    assert len(read_sound(tmp_path / "click.wav").samples) == len(read_sound(music).samples)


@pytest.mark.parametrize(("form", "click"), [("xml", None), ("json", Path("click.mp3"))])
def test_bad_options(form: str, click: Path | None, music: Path) -> None:
    with pytest.raises(InputError):
        show_beats(music, form, click)


def test_music_without_beats_is_named(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    samples = np.zeros(5 * RATE)
    samples[RATE] = 1.0
    write_wav(Sound(samples=samples, rate_hz=RATE), path)
    with pytest.raises(InputError, match=r"click\.wav"):
        show_beats(path, "json", None)


def test_beats_are_kept_as_csv(music: Path, tmp_path: Path) -> None:
    from linewalker.brain.music.rhythm import hear

    write_beats(hear(read_sound(music)), tmp_path / "beats.csv")
    assert (tmp_path / "beats.csv").read_text().startswith("time_s,")
