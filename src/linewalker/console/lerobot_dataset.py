"""Recordings as a dataset for LeRobot, version 3 of its format: tables in Parquet, pictures as film.

https://huggingface.co/docs/lerobot/lerobot-dataset-v3. Written with pyarrow and OpenCV alone. A recording becomes an
episode; a frame holds what the robot felt, and what it was told to do then.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.console.video import film_writer
from linewalker.errors import InputError, MissingPackage
from linewalker.limbs.profile import RobotProfile
from linewalker.station.recording.recording_file import Recording
from linewalker.station.recording.replay import Recorded, read_recorded
from linewalker.station.recording.rows import COMMANDED, FELT
from linewalker.wholefile import write_json

FORMAT = "v3.0"
RATE_HZ = 50
STATE, ACTION, PICTURES = "observation.state", "action", "observation.images."
_PLACE = "chunk-{chunk_index:03d}/file-{file_index:03d}"
_FIRST = _PLACE.format(chunk_index=0, file_index=0)
_CAMERA = "/camera/"
_VERBS = ("walk", "reach", "dance", "exercise")
_DTYPES = {np.dtype("f4"): "float32", np.dtype("i8"): "int64"}
Columns = dict[str, NDArray[Any]]
"""Values of every frame by the name of their feature, (m,) or (m, k)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Episode:
    """One recording at `RATE_HZ`, m frames.

    Attributes:
        task: what was done, in words.
        state, action: (m, k) each.
        pictures: JPEG of every frame by camera: the one that was newest then.
    """

    task: str
    state: NDArray[np.float32]
    action: NDArray[np.float32]
    pictures: dict[str, list[bytes]]


def write_lerobot(files: Sequence[Path], folder: Path) -> int:
    """Write a dataset; returns how many frames it has.

    Raises:
        InputError: a file is no recording or of another robot than the first, or the folder is not empty.
        MissingPackage: pyarrow is not installed.
    """
    try:
        from pyarrow import Table, parquet
    except ImportError:
        raise MissingPackage("--lerobot needs pyarrow: python -m pip install 'linewalker[lerobot]'") from None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("expected a new folder, or an empty one", file=folder)
    recordings = [read_recorded(path) for path in files]
    profile = recordings[0].session.profile
    for path, recorded in zip(files, recordings):
        if (name := recorded.session.profile.name) != profile.name:
            raise InputError(f"is of a {name}, the first is of a {profile.name}", file=path)
    episodes = [_episode(path, recorded) for path, recorded in zip(files, recordings)]
    tasks = sorted({episode.task for episode in episodes})
    columns = _columns(episodes, tasks)
    for part in ("data", "meta/episodes"):
        (folder / part / _FIRST).parent.mkdir(parents=True)
    cameras = sorted(set.intersection(*(set(episode.pictures) for episode in episodes)))
    sizes = {camera: _film(folder / "videos" / f"{PICTURES}{camera}", camera, episodes) for camera in cameras}
    parquet.write_table(_table(columns), folder / "data" / f"{_FIRST}.parquet")
    parquet.write_table(_tasks_table(tasks), folder / "meta" / "tasks.parquet")
    rows = _episode_rows(episodes, columns, cameras)
    parquet.write_table(Table.from_pylist(rows), folder / "meta" / "episodes" / f"{_FIRST}.parquet")
    write_json(folder / "meta" / "stats.json", {name: _stats(values) for name, values in columns.items()})
    write_json(folder / "meta" / "info.json", _info(profile, columns, len(episodes), len(tasks), sizes))
    return len(columns["index"])


def _episode(path: Path, recorded: Recorded) -> Episode:
    _, felt, told = np.intersect1d(recorded.readings["tick"], recorded.commands["tick"], return_indices=True)
    if not len(felt):
        raise InputError("holds no command", file=path)
    time_s = recorded.readings["time_s"][felt]
    wanted_s = np.arange(time_s[0], time_s[-1] + 1e-6, 1.0 / RATE_HZ)
    at = np.searchsorted(time_s, wanted_s - 1e-6)
    readings, commands, session = recorded.readings[felt[at]], recorded.commands[told[at]], recorded.session
    frames_ns = session.epoch_ns + np.rint(1e9 * wanted_s).astype(np.int64)
    return Episode(
        task=next((word for word in session.words if word in _VERBS), "move"),
        state=np.hstack([readings[name] for name in FELT]).astype(np.float32),
        action=np.hstack([commands[name] for name in COMMANDED]).astype(np.float32),
        pictures=_pictures(path, frames_ns),
    )


def _pictures(path: Path, frames_ns: NDArray[np.int64]) -> dict[str, list[bytes]]:
    seen: dict[str, list[tuple[int, bytes]]] = {}
    for message in Recording(path).messages():
        if message.topic.startswith(_CAMERA):
            jpeg = base64.b64decode(message.document["data"])
            seen.setdefault(message.topic.removeprefix(_CAMERA), []).append((message.time_ns, jpeg))
    pictures = {}
    for camera, taken in seen.items():
        newest = np.searchsorted([time_ns for time_ns, _ in taken], frames_ns, side="right") - 1
        pictures[camera] = [taken[max(0, k)][1] for k in newest]
    return pictures


def _columns(episodes: Sequence[Episode], tasks: Sequence[str]) -> Columns:
    lengths = [len(episode.state) for episode in episodes]
    number = np.concatenate([np.arange(length, dtype=np.int64) for length in lengths])
    return {
        STATE: np.vstack([episode.state for episode in episodes]),
        ACTION: np.vstack([episode.action for episode in episodes]),
        "timestamp": (number / RATE_HZ).astype(np.float32),
        "frame_index": number,
        "episode_index": np.repeat(np.arange(len(episodes), dtype=np.int64), lengths),
        "index": np.arange(len(number), dtype=np.int64),
        "task_index": np.repeat(np.array([tasks.index(e.task) for e in episodes], np.int64), lengths),
    }


def _table(columns: Columns) -> Any:
    import pyarrow as pa

    def column(values: NDArray[Any]) -> Any:
        flat = pa.array(values.ravel())
        return flat if values.ndim == 1 else pa.FixedSizeListArray.from_arrays(flat, values.shape[1])

    return pa.table({name: column(values) for name, values in columns.items()})


def _tasks_table(tasks: Sequence[str]) -> Any:
    """With what pandas needs to take the words for its index, as LeRobot expects."""
    import pyarrow as pa

    table = pa.table({"task_index": pa.array(range(len(tasks)), pa.int64()), "task": pa.array(tasks, pa.string())})
    kinds = (("task_index", "int64", "int64"), ("task", "unicode", "object"))
    about = {
        "index_columns": ["task"],
        "column_indexes": [],
        "columns": [
            {"name": name, "field_name": name, "pandas_type": kind, "numpy_type": numpy, "metadata": None}
            for name, kind, numpy in kinds
        ],
        "pandas_version": "2.2.0",
    }
    return table.replace_schema_metadata({b"pandas": json.dumps(about).encode()})


def _episode_rows(episodes: Sequence[Episode], columns: Columns, cameras: Sequence[str]) -> list[dict[str, Any]]:
    rows, begin = [], 0
    for number, episode in enumerate(episodes):
        end = begin + len(episode.state)
        row: dict[str, Any] = {
            "episode_index": number,
            "tasks": [episode.task],
            "length": end - begin,
            "dataset_from_index": begin,
            "dataset_to_index": end,
            **{f"{where}/{what}_index": 0 for where in ("data", "meta/episodes") for what in ("chunk", "file")},
        }
        for camera in cameras:
            key = f"videos/{PICTURES}{camera}"
            row |= {f"{key}/chunk_index": 0, f"{key}/file_index": 0}
            row |= {f"{key}/from_timestamp": begin / RATE_HZ, f"{key}/to_timestamp": end / RATE_HZ}
        for name, values in columns.items():
            row |= {f"stats/{name}/{kind}": value for kind, value in _stats(values[begin:end]).items()}
        rows.append(row)
        begin = end
    return rows


def _stats(values: NDArray[Any]) -> dict[str, list[float]]:
    table = values.reshape(len(values), -1).astype(float)
    found = {"min": table.min(axis=0), "max": table.max(axis=0), "mean": table.mean(axis=0), "std": table.std(axis=0)}
    return {kind: value.tolist() for kind, value in found.items()} | {"count": [len(values)]}


def _film(folder: Path, camera: str, episodes: Sequence[Episode]) -> tuple[int, int]:
    """All episodes one after the other; returns width and height, px."""
    path = folder / f"{_FIRST}.mp4"
    path.parent.mkdir(parents=True)
    pictures = [jpeg for episode in episodes for jpeg in episode.pictures[camera]]
    height, width = _decoded(pictures[0]).shape[:2]
    writer = film_writer(path, (width, height), RATE_HZ)
    last, image = b"", _decoded(pictures[0])
    for jpeg in pictures:
        if jpeg is not last:
            last, image = jpeg, _decoded(jpeg)
        writer.write(image)
    writer.release()
    return width, height


def _decoded(jpeg: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _info(
    profile: RobotProfile, columns: Columns, episodes: int, tasks: int, sizes: dict[str, tuple[int, int]]
) -> dict[str, Any]:
    axes = {"gyro_rad_s": "xyz", "accel_m_s2": "xyz"}
    names = {
        STATE: [f"{name}.{part}" for name in FELT for part in axes.get(name, profile.joints)],
        ACTION: [f"{name}.{joint}" for name in COMMANDED for joint in profile.joints],
    }
    features: dict[str, Any] = {
        name: {"dtype": _DTYPES[values.dtype], "shape": [*values.shape[1:]] or [1], "names": names.get(name)}
        for name, values in columns.items()
    }
    for camera, (width, height) in sizes.items():
        film = {"video.fps": RATE_HZ, "video.codec": "mpeg4", "video.pix_fmt": "yuv420p", "has_audio": False}
        features[f"{PICTURES}{camera}"] = {
            "dtype": "video",
            "shape": [height, width, 3],
            "names": ["height", "width", "channels"],
            "info": film | {"video.height": height, "video.width": width, "video.channels": 3},
        }
    return {
        "codebase_version": FORMAT,
        "robot_type": profile.name,
        "total_episodes": episodes,
        "total_frames": len(columns["index"]),
        "total_tasks": tasks,
        "chunks_size": 1000,
        "data_files_size_in_mb": 100,
        "video_files_size_in_mb": 500,
        "fps": RATE_HZ,
        "splits": {"train": f"0:{episodes}"},
        "data_path": f"data/{_PLACE}.parquet",
        "video_path": f"videos/{{video_key}}/{_PLACE}.mp4" if sizes else None,
        "features": features,
    }
