"""The plain sections of a model's file: titles, materials, options, seams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linewalker.plantfile import Node, PlantFile
from linewalker.vehicle.build.drawing import read_length, read_vector
from linewalker.vehicle.components import Material, Options

_SECTIONS = ("model", "title", "axle_height", "skin", "views", "outlines", "panels", "covers", "seams", "trims",
             "parts", "materials", "options", "colliders")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SeamDrawing:
    """A seam as it is drawn: panels without side, and the nominal gap."""

    master: str
    slave: str
    gap_m: float
    node: Node


def read_model_file(path: Path) -> Node:
    """The file of a model, its sections checked by name."""
    top = PlantFile.read(path)
    top.expect_keys(_SECTIONS)
    return top


def read_title(node: Node) -> tuple[str, str]:
    """Chinese and English title."""
    node.expect_keys(("zh", "en"))
    return node["zh"].text(), node["en"].text()


def read_materials(node: Node) -> dict[str, Material]:
    """Materials by name; one of them must be called paint."""
    materials = {}
    looks = ("specular", "shininess", "metallic", "roughness", "emission")
    for name, entry in node.items():
        entry.expect_keys(("rgb",), (*looks, "texture"))
        red, green, blue = read_vector(entry["rgb"])
        materials[name] = Material(
            rgba=(float(red), float(green), float(blue), 1.0),
            texture=entry["texture"].text() if "texture" in entry else None,
            **{look: entry[look].number(low=0, high=1) for look in looks if look in entry},
        )
    if "paint" not in materials:
        raise node.error("one material must be called 'paint'")
    return materials


def read_options(node: Node) -> Options:
    """Options; the values of ``paint`` come with their colours."""
    node.expect_keys(("paint",), tuple(name for name, _ in node.items()))
    values = {name: tuple(entry.text() for entry in item.entries()) for name, item in node.items() if name != "paint"}
    paints = {}
    for name, colour in node["paint"].items():
        red, green, blue = read_vector(colour)
        paints[name] = (float(red), float(green), float(blue), 1.0)
    return Options(values={"paint": tuple(paints), **values}, paints=paints)


def read_seams(node: Node, panels: Sequence[str]) -> list[SeamDrawing]:
    """Seams to be measured."""
    seams = []
    for entry in node.entries():
        entry.expect_keys(("master", "slave"), ("gap",))
        seams.append(
            SeamDrawing(
                master=entry["master"].choice(panels, "panel"),
                slave=entry["slave"].choice(panels, "panel"),
                gap_m=read_length(entry["gap"]) if "gap" in entry else 0.004,
                node=entry,
            )
        )
    return seams


def side_title(titles: Mapping[str, tuple[str, str]], body: str) -> tuple[str, str]:
    """Title of a body, from titles of panels and parts that are named without side."""
    for side, zh, en in (("right", "右", "right "), ("left", "左", "left ")):
        name = body.removesuffix(f"_{side}")
        if name != body and name in titles:
            return zh + titles[name][0], en + titles[name][1]
    return titles[body]
