"""The film: as many pictures as time has passed, and a camera that keeps the robot in sight."""

from __future__ import annotations

from pathlib import Path

import cv2
import mujoco
import numpy as np
import pytest

from linewalker.console import video
from linewalker.console.video import FRAMES_PER_S, Film, Follower, film_path, film_writer
from linewalker.errors import InputError, StationFault

FALLING = """
<mujoco>
  <worldbody>
    <geom type="plane" size="5 5 1"/>
    <body name="ball" pos="0 2 2"><freejoint/><geom type="sphere" size=".2" rgba="1 0 0 1" group="1"/></body>
  </worldbody>
</mujoco>
"""


def shoot(path: Path, seconds: float, speed: float = 1.0) -> Film:
    model = mujoco.MjModel.from_xml_string(FALLING)
    data = mujoco.MjData(model)
    with Film(model, "ball", path, speed=speed, size_px=(160, 90)) as film:
        film.caption = "VIN 1"
        while data.time < seconds - 1e-9:
            mujoco.mj_step(model, data)
            film.tick(data)
    return film


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_a_film_lasts_as_long_as_the_simulation_over_its_speed(tmp_path: Path, speed: float) -> None:
    path = tmp_path / "new" / "film.mp4"
    shoot(path, seconds=1.2, speed=speed)
    reader = cv2.VideoCapture(str(path))
    assert reader.get(cv2.CAP_PROP_FPS) == pytest.approx(FRAMES_PER_S)
    assert reader.get(cv2.CAP_PROP_FRAME_COUNT) == pytest.approx(1.2 * FRAMES_PER_S / speed, abs=1)
    seen, frame = reader.read()
    assert seen
    assert frame.shape == (90, 160, 3)
    reader.release()
    assert [entry.name for entry in path.parent.iterdir()] == ["film.mp4"]


def test_a_film_that_can_not_be_written_is_a_fault_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StationFault, match="film"):
        shoot(tmp_path / "file" / "film.mp4", seconds=1.0)


def test_a_film_shows_what_was_filmed_in_a_codec_that_browsers_play(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    shoot(path, seconds=0.4)
    reader = cv2.VideoCapture(str(path))
    assert int(reader.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little") == b"VP90"
    _, blue_green_red = reader.read()
    blue, _, red = (blue_green_red[..., channel].astype(int) for channel in range(3))
    ball = np.argwhere(red - blue > 60)
    assert len(ball) > 20
    assert not (blue - red > 60).any()


def test_a_film_that_lost_pictures_is_a_fault_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is full, of which OpenCV says nothing."""

    class Lossy:
        def __init__(self, path: Path, size_px: tuple[int, int]) -> None:
            self._writer, self._taken = film_writer(path, size_px), 0

        def write(self, picture: np.ndarray) -> None:
            self._taken += 1
            if self._taken <= 5:
                self._writer.write(picture)

        def release(self) -> None:
            self._writer.release()

    monkeypatch.setattr(video, "film_writer", Lossy)
    with pytest.raises(StationFault, match="5 of 10 pictures were kept; is the disk full"):
        shoot(tmp_path / "film.mp4", seconds=0.4)
    assert not list(tmp_path.iterdir())


def test_bad_input_leaves_no_film(tmp_path: Path) -> None:
    model = mujoco.MjModel.from_xml_string(FALLING)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    film = Film(model, "ball", tmp_path / "film.mp4", size_px=(160, 90))
    film.tick(data)
    film.__exit__(InputError, InputError("out of reach"), None)
    assert not list(tmp_path.iterdir())


def test_the_camera_stays_outside_of_the_car_and_near_the_robot() -> None:
    follower = Follower()
    for angle in np.linspace(0, 2 * np.pi, 400):
        robot = np.array([1.4 + 3.2 * np.cos(angle), 1.8 * np.sin(angle), 0.75])
        eye, target = follower.aim(robot, 0.2)
        assert abs(eye[1]) > 0.95 or abs(eye[0] - 1.4) > 2.4
        assert 0.8 < np.linalg.norm(eye - robot) < 5.0
        assert np.linalg.norm(target[:2] - robot[:2]) < 2.0


def test_the_camera_moves_softly_when_the_robot_jumps() -> None:
    follower = Follower()
    before, _ = follower.aim(np.array([0.0, 2.0, 0.7]), 0.04)
    after, _ = follower.aim(np.array([1.0, 2.0, 0.7]), 0.04)
    assert np.linalg.norm(after - before) < 0.01
    for _ in range(300):
        settled, _ = follower.aim(np.array([1.0, 2.0, 0.7]), 0.04)
    assert settled[0] - before[0] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("name", ["film.txt", "film", "", "folder.mp4", "file.mp4/film.mp4"])
def test_what_can_not_become_a_film_is_refused_before_the_robot_moves(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "file.mp4").touch()
    with pytest.raises(InputError):
        film_path(tmp_path / name)
