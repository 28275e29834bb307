"""What the seams, parts and panels of a model are called, read from its drawing alone: no car is built for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from linewalker.vehicle.library import model_path

Titles = tuple[str, str]
"""Chinese and English."""
_SIDES = (("right", "右", "right "), ("left", "左", "left "))


@dataclass(frozen=True, kw_only=True)
class DrawnNames:
    """Names and titles, as the CAD export of the model has them.

    Attributes:
        seams: by name; the names of master and slave stand in it, with a slash between.
        parts, panels: by name.
    """

    seams: Mapping[str, Titles]
    parts: Mapping[str, Titles]
    panels: Mapping[str, Titles]


def drawn_names(model: str) -> DrawnNames:
    """The names of a model.

    Raises:
        InputError: no such model.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with model_path(model).open(encoding="utf-8") as file:
        drawing: dict[str, Any] = yaml.load(file, Loader=loader)
    panels: dict[str, Titles] = {}
    bodies: dict[str, list[str]] = {}
    for name, panel in drawing["panels"].items():
        sided = dict(_sided(name, panel["title"], _panel_sides(panel, drawing["outlines"])))
        panels |= sided
        bodies[name] = list(sided)
    parts: dict[str, Titles] = {
        body: title
        for name, panel in drawing["panels"].items() if "inspect" in panel
        for body, title in ((body, panels[body]) for body in bodies[name])
    }  # fmt: skip
    for name, part in drawing["parts"].items():
        parts |= dict(_sided(name, part["title"], ("right", "left") if "sides" in part else ("",)))
    seams: dict[str, Titles] = {}
    for seam in drawing["seams"]:
        for master in bodies[seam["master"]]:
            for slave in bodies[seam["slave"]]:
                if len({b.rpartition("_")[2] for b in (master, slave)} & {"right", "left"}) < 2:
                    zh, en = (f"{a} / {b}" for a, b in zip(panels[master], panels[slave]))
                    seams[f"{master}/{slave}"] = (zh, en)
    return DrawnNames(seams=seams, parts=parts, panels=panels)


def _panel_sides(panel: Mapping[str, Any], outlines: Mapping[str, Any]) -> tuple[str, ...]:
    """The sides a panel is built on; one in the middle of the car has none."""
    outline = panel["outline"]
    if isinstance(outline, dict):
        return tuple(outline)
    if _symmetric(outlines, outline):
        return ("",)
    return (panel["only"],) if "only" in panel else ("right", "left")


def _symmetric(outlines: Mapping[str, Any], name: str) -> bool:
    outline = outlines[name]
    return _symmetric(outlines, outline["same_as"]) if "same_as" in outline else "mirror" in outline


def _sided(name: str, title: Mapping[str, str], sides: tuple[str, ...]) -> Iterator[tuple[str, Titles]]:
    for side in sides:
        zh, en = next(((zh, en) for word, zh, en in _SIDES if word == side), ("", ""))
        yield (f"{name}_{side}" if side else name), (zh + title["zh"], en + title["en"])
