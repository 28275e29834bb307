"""The walker as a robot of one's own: its URDF and profile file, changed as a test likes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.urdf_path import urdf_path

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_robot.yaml"
Edit = Callable[[str], str]


def as_it_is(text: str) -> str:
    """No change."""
    return text


def own_robot(folder: Path, urdf: Edit = as_it_is, profile: Edit = as_it_is) -> Path:
    """Write URDF and profile into a folder; the path of the profile."""
    source = urdf_path(PROFILES["walker"])
    text = source.read_text(encoding="utf-8").replace("package://linewalker/limbs/robots/walker/", "")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "meshes").exists():
        (folder / "meshes").symlink_to(source.parent / "meshes")
    (folder / "robot.urdf").write_text(urdf(text), encoding="utf-8")
    words = EXAMPLE.read_text(encoding="utf-8")
    words = words.replace("package: linewalker", "#").replace("limbs/robots/walker/walker.urdf", "robot.urdf")
    (folder / "robot.yaml").write_text(profile(words), encoding="utf-8")
    return folder / "robot.yaml"


def replaced(*pairs: tuple[str, str]) -> Edit:
    """Texts for texts, each of which must be there."""

    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return edit
