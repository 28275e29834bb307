"""The dataset has the files, tables and films of the format, and in them what was felt and told."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from linewalker.console.lerobot_dataset import ACTION, RATE_HZ, STATE, write_lerobot
from linewalker.errors import InputError
from linewalker.limbs.robot import RgbdImage
from linewalker.station.recording.recorder import Recorder
from linewalker.station.recording.replay import read_recorded
from tests.station.recording.walks import floor, record

parquet = pytest.importorskip("pyarrow.parquet")
WIDTH, HEIGHT = 96, 64


def test_two_recordings_are_two_episodes(tmp_path: Path) -> None:
    files = [tmp_path / "a.mcap", tmp_path / "b.mcap"]
    for path, seconds in zip(files, (0.5, 0.3)):
        record(path, lambda on, seconds=seconds: on.run(seconds))
    frames = write_lerobot(files, tmp_path / "set")
    info = json.loads((tmp_path / "set/meta/info.json").read_text(encoding="utf-8"))
    assert (info["codebase_version"], info["fps"], info["total_episodes"]) == ("v3.0", RATE_HZ, 2)
    assert info["total_frames"] == frames == 25 + 15
    data = parquet.read_table(tmp_path / "set" / info["data_path"].format(chunk_index=0, file_index=0))
    for name, feature in info["features"].items():
        if feature["shape"] != [1]:
            assert data[name].type.list_size == feature["shape"][0]
        assert feature["names"] is None or len(feature["names"]) == feature["shape"][0]
    recorded = read_recorded(files[1])
    state, action = (np.array(data[name].to_pylist()[25]) for name in (STATE, ACTION))
    names = info["features"][STATE]["names"]
    assert state[names.index("q_rad.left_knee_joint")] == np.float32(recorded.readings["q_rad"][0, 3])
    assert action.tolist()[:29] == recorded.commands["q_rad"][0].tolist()
    assert data["episode_index"].to_pylist() == [0] * 25 + [1] * 15
    assert data["timestamp"].to_pylist()[26] == pytest.approx(1.0 / RATE_HZ)


def test_episodes_tasks_and_statistics_fit_the_data(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap", lambda on: on.run(0.4) and None)
    write_lerobot([tmp_path / "a.mcap"], tmp_path / "set")
    (episode,) = parquet.read_table(tmp_path / "set/meta/episodes/chunk-000/file-000.parquet").to_pylist()
    assert (episode["length"], episode["dataset_from_index"], episode["dataset_to_index"]) == (20, 0, 20)
    assert episode["tasks"] == ["move"]
    tasks = parquet.read_table(tmp_path / "set/meta/tasks.parquet")
    assert tasks.to_pylist() == [{"task_index": 0, "task": "move"}]
    assert json.loads(tasks.schema.metadata[b"pandas"])["index_columns"] == ["task"]
    stats = json.loads((tmp_path / "set/meta/stats.json").read_text(encoding="utf-8"))
    data = parquet.read_table(tmp_path / "set/data/chunk-000/file-000.parquet")
    values = np.array(data[STATE].to_pylist())
    np.testing.assert_allclose(stats[STATE]["mean"], values.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(stats[STATE]["max"], values.max(axis=0), atol=1e-6)
    assert stats[STATE]["count"] == [20]


def test_pictures_become_a_film_that_holds_each_until_the_next(tmp_path: Path) -> None:
    on, levels = floor(), iter((40, 200))

    def look(_camera: str) -> RgbdImage:
        rgb = np.full((HEIGHT, WIDTH, 3), next(levels), np.uint8)
        return RgbdImage(time_s=0.0, rgb=rgb, depth_m=np.ones((HEIGHT, WIDTH), np.float32), K=np.eye(3))

    on.robot.look = look  # type: ignore[method-assign]
    with Recorder.of(on, tmp_path / "a.mcap", "g1"):
        for _ in range(2):
            on.robot.look("head")
            on.run(0.4)
    write_lerobot([tmp_path / "a.mcap"], tmp_path / "set")
    info = json.loads((tmp_path / "set/meta/info.json").read_text(encoding="utf-8"))
    path = info["video_path"].format(video_key="observation.images.head", chunk_index=0, file_index=0)
    film = cv2.VideoCapture(str(tmp_path / "set" / path))
    assert film.get(cv2.CAP_PROP_FRAME_COUNT) == info["total_frames"] == 40
    assert film.get(cv2.CAP_PROP_FPS) == RATE_HZ
    means = np.array([film.read()[1].mean() for _ in range(40)])
    assert np.abs(means[:19] - 40).max() < 8
    assert np.abs(means[21:] - 200).max() < 8


def test_what_can_not_be_written_is_refused(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap", lambda on: on.run(0.1) and None)
    with pytest.raises(InputError, match="expected a new folder"):
        write_lerobot([tmp_path / "a.mcap"], tmp_path)
