"""From a model's file to a vehicle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from linewalker.geometry import Pose
from linewalker.plantfile import Node
from linewalker.vehicle.build.collected_meshes import CollectedMeshes
from linewalker.vehicle.build.drawing import Sheet, read_length, read_vector
from linewalker.vehicle.build.fittings import Fitting, Workshop
from linewalker.vehicle.build.model_file import (
    read_materials,
    read_model_file,
    read_options,
    read_seams,
    read_title,
    side_title,
)
from linewalker.vehicle.build.panel_edges import PanelWorks, Piece, floors, panel_mesh, read_piece, rims_of
from linewalker.vehicle.build.panel_mesh import Facets, Inside
from linewalker.vehicle.build.rim import hem
from linewalker.vehicle.build.skin_reader import read_skin
from linewalker.vehicle.build.triangles import joined
from linewalker.vehicle.components import Array, Body, Collider, MountedPart, Rim, SeamCurve
from linewalker.vehicle.hulls import footprint, hull_corners, slice_hulls
from linewalker.vehicle.seams import SeamName, find_seam
from linewalker.vehicle.vehicle import Vehicle

Progress = Callable[[float, str], None]

SHELL = "shell"
"""The body that nothing displaces: floors of gaps, wheel houses, underbody."""

_MIRROR = np.array([1.0, -1.0, 1.0])
_PANEL_KEYS = ("title", "outline", "material"), ("only", "radius", "gap", "hinge", "inspect", "grid")
_COVER_KEYS = ("on", "outline", "material"), ("radius", "gap", "lift", "grid", "when")
_PART_KEYS = ("title", "on", "at", "made_of"), ("sides", "option", "hull")


class Builder:
    """Builds one model, section by section."""

    def __init__(self, path: Path, progress: Progress | None):
        self._tell = progress or _silent
        self._tell(0.0, "drawing")
        self._file = file = read_model_file(path)
        self._skin = read_skin(file["skin"])
        self._sheet = Sheet(self._skin, file["views"], file["outlines"])
        self._materials = read_materials(file["materials"])
        self._options = read_options(file["options"])
        self._workshop = Workshop(self._sheet, tuple(self._materials), self._options.values)
        self._seam_drawings = read_seams(file["seams"], [name for name, _ in file["panels"].items()])
        named = (*file["panels"].items(), *file["parts"].items())
        self._titles = {name: read_title(node["title"]) for name, node in named}
        self._meshes = CollectedMeshes()
        self._rims: dict[str, tuple[Rim, ...]] = {}
        self._bodies: dict[str, Body] = {}
        self._parts: dict[str, MountedPart] = {}
        self._hulls: list[Collider] = []

    def build(self) -> Vehicle:
        """The vehicle."""
        self._build_panels()
        self._build_covers()
        skin_points = np.vstack([self._meshes.vertices(body) for body in self._meshes.bodies() if body != SHELL])
        self._tell(0.85, "parts")
        self._build_trims()
        self._build_parts()
        self._tell(0.92, "seams")
        seams = self._find_seams()
        for body in self._meshes.bodies():
            if body not in self._bodies:
                self._bodies[body] = Body(name=body, reference_m=self._centroid(body))
        node = self._file["colliders"]
        node.expect_keys(("cuts_x", "belt_z"))
        cuts = [read_length(entry) for entry in node["cuts_x"].entries()]
        own_hull = {hull.body for hull in self._hulls}
        outside = [self._meshes.vertices(body) for body in self._meshes.bodies() if body not in own_hull]
        hulls = slice_hulls(np.vstack(outside), cuts, read_length(node["belt_z"]))
        axle_height = read_length(self._file["axle_height"])
        low, high = skin_points.min(0), skin_points.max(0)
        zh, en = read_title(self._file["title"])
        every_point = np.vstack([self._meshes.vertices(body) for body in self._meshes.bodies()])
        self._tell(1.0, "done")
        return Vehicle(
            name=self._file["model"].text(),
            title_zh=zh,
            title_en=en,
            axle_height_m=axle_height,
            size_m=np.array([high[0] - low[0], high[1] - low[1], high[2] + axle_height]),
            meshes=self._meshes.meshes(),
            bodies=self._bodies,
            colliders=tuple(hulls + self._hulls),
            materials=self._materials,
            options=self._options,
            rims=self._rims,
            seams=seams,
            parts=self._parts,
            footprint_m=footprint(every_point),
        )

    # ---------------------------------------------------------------- panels
    def _build_panels(self) -> None:
        nodes = dict(self._file["panels"].items())
        pieces: list[Piece] = []
        for name, node in nodes.items():
            node.expect_keys(*_PANEL_KEYS)
            pieces += read_piece(self._sheet, name, node, tuple(self._materials))
            self._tell(0.02 + 0.2 * len(pieces) / (len(nodes) + 1), f"outline of {name}")
        works = PanelWorks(self._skin, pieces, self._seam_drawings)
        for i, piece in enumerate(pieces):
            self._tell(0.25 + 0.55 * i / len(pieces), f"panel {piece.panel}")
            node = nodes[piece.panel]
            try:
                self._build_piece(works, piece, node)
            except ValueError as error:
                raise node.error(str(error)) from None

    def _build_piece(self, works: PanelWorks, piece: Piece, node: Node) -> None:
        facets = Facets(grid_m=read_length(node["grid"])) if "grid" in node else Facets()
        measured = works.is_measured(piece)
        coarse = works.edges(piece, fine=False)
        fine = works.edges(piece, fine=True) if measured else coarse
        for body, mirrored in piece.bodies:
            self._rims[body] = rims_of(fine, body, mirrored)
        mesh = panel_mesh(self._skin, piece, coarse, facets)
        ray_mesh = panel_mesh(self._skin, piece, fine, facets) if measured else None
        for body, mirrored in piece.bodies:
            self._meshes.put(body, piece.material, mesh.mirrored() if mirrored else mesh)
            for strip in floors(coarse, only_fine=False):
                self._meshes.put(SHELL, "dark", strip.mirrored() if mirrored else strip)
            if ray_mesh is not None:
                self._meshes.put(body, piece.material, ray_mesh.mirrored() if mirrored else ray_mesh, role="ray")
                for strip in floors(fine, only_fine=True):
                    self._meshes.put(SHELL, "dark", strip.mirrored() if mirrored else strip, role="ray")
            reference = read_vector(node["hinge"], 3, 1e-3) if "hinge" in node else mesh.vertices.mean(0)
            mirror = _MIRROR if mirrored else np.ones(3)
            self._bodies[body] = Body(name=body, reference_m=reference * mirror)
            if "inspect" in node and node["inspect"].flag():
                self._inspect_panel(piece, body, mirror)

    def _inspect_panel(self, piece: Piece, body: str, mirror: Array) -> None:
        """Lists a panel among the parts an inspection can look for."""
        spot = piece.outline.region.representative_point()
        point = piece.outline.view.lift(np.array([[spot.x, spot.y]]))
        normal = self._skin.normals(point)[0] * mirror
        frame = Pose.from_axes(point[0] * mirror, y=[0, 0, 1], z=normal)
        self._parts[body] = self._part(body, SHELL, frame, None)

    def _build_covers(self) -> None:
        """Skin that is fixed to a panel and never measured: glass, window frames."""
        for entry in self._file["covers"].entries():
            entry.expect_keys(*_COVER_KEYS)
            plain = {key: node for key, node in entry.items() if key not in ("on", "lift", "grid", "when")}
            bare = Node(file=entry.file, line=entry.line, key=entry.key, content=plain)
            on = entry["on"].text()
            for piece in read_piece(self._sheet, on, bare, tuple(self._materials)):
                works = PanelWorks(self._skin, [piece], [])
                grid = read_length(entry["grid"]) if "grid" in entry else 0.05
                try:
                    edges = works.edges(piece, fine=False)
                    mesh = Inside(self._skin, piece.outline.view, edges, Facets(grid_m=grid)).mesh()
                except ValueError as error:
                    raise entry.error(str(error)) from None
                if "lift" in entry:
                    mesh = mesh.moved(read_length(entry["lift"]) * mesh.normals)
                else:
                    mesh = joined([mesh, *(hem(edge) for edge in edges)])
                for body, mirrored in piece.bodies:
                    self._meshes.put(body, piece.material, mesh.mirrored() if mirrored else mesh)

    # ---------------------------------------------------------------- loose parts
    def _build_trims(self) -> None:
        for name, node in self._file["trims"].items():
            copies = self._copies(name, node)
            for entry in node.entries():
                fitting, both = self._trim(entry)
                for body, mirrored in copies:
                    self._put(body, fitting, mirrored)
                    if both:
                        self._put(body, fitting, mirrored=True)

    def _trim(self, entry: Node) -> tuple[Fitting, bool]:
        members = dict(entry.items())
        both = "both_sides" in members and members.pop("both_sides").flag()
        bare = Node(file=entry.file, line=entry.line, key=entry.key, content=members, key_lines=entry.key_lines)
        return self._workshop.make(bare, None), both

    def _copies(self, name: str, node: Node) -> list[tuple[str, bool]]:
        """Bodies that a name without side stands for, and whether each is a mirror image."""
        if name in self._bodies or name == SHELL:
            return [(name, False)]
        copies = [(f"{name}_{side}", side == "left") for side in ("right", "left") if f"{name}_{side}" in self._bodies]
        if not copies:
            raise node.error(f"there is no panel '{name}'")
        return copies

    def _put(self, body: str, fitting: Fitting, mirrored: bool) -> None:
        mesh = fitting.mesh.mirrored() if mirrored else fitting.mesh
        self._meshes.put(body, fitting.material, mesh, condition=fitting.condition)

    def _build_parts(self) -> None:
        for name, node in self._file["parts"].items():
            node.expect_keys(*_PART_KEYS)
            frame = self._workshop.frame(node["at"])
            fittings = [self._workshop.make(entry, frame) for entry in node["made_of"].entries()]
            option = node["option"].choice(self._options.values, "option") if "option" in node else None
            sided = "sides" in node and node["sides"].choice(("both",)) == "both"
            for body, mirrored in ((f"{name}_right", False), (f"{name}_left", True)) if sided else ((name, False),):
                for fitting in fittings:
                    self._put(body, fitting, mirrored)
                on = node["on"].text()
                side = body.removeprefix(name)
                carrier = on if on in self._bodies or on == SHELL else f"{on}{side}"
                if carrier not in self._bodies and carrier != SHELL:
                    raise node["on"].error(f"there is no panel '{on}'")
                self._parts[body] = self._part(body, carrier, _image(frame) if mirrored else frame, option)
                parent = None if carrier == SHELL else carrier
                self._bodies[body] = Body(name=body, reference_m=self._centroid(body), parent=parent)
                if "hull" in node and node["hull"].flag():
                    corners = hull_corners(self._meshes.vertices(body))
                    self._hulls.append(Collider(name=body, body=body, vertices_m=corners))

    def _part(self, body: str, panel: str, frame: Pose, option: str | None) -> MountedPart:
        local = frame.inverse().apply(self._meshes.vertices(body))
        low, high = local.min(0), local.max(0)
        zh, en = side_title(self._titles, body)
        return MountedPart(
            name=body,
            title_zh=zh,
            title_en=en,
            panel=panel,
            p_m=frame.apply(np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2]])),
            normal=frame.R[:, 2],
            up=frame.R[:, 1],
            width_mm=float(high[0] - low[0]) * 1e3,
            height_mm=float(high[1] - low[1]) * 1e3,
            option=option,
            variants=self._options.values[option] if option else ("present",),
        )

    def _centroid(self, body: str) -> Array:
        vertices = self._meshes.vertices(body)
        centre: Array = (vertices.min(0) + vertices.max(0)) / 2
        return centre

    # ---------------------------------------------------------------- seams
    def _find_seams(self) -> dict[str, SeamCurve]:
        seams: dict[str, SeamCurve] = {}
        for drawing in self._seam_drawings:
            names = [self._seam_name(*pair, drawing.gap_m) for pair in self._pairs(drawing.master, drawing.slave)]
            found = [find_seam(name, self._rims, self._skin.project) for name in names]
            if not any(found):
                raise drawing.node.error(f"{drawing.master} and {drawing.slave} do not face each other anywhere")
            seams |= {seam.name: seam for seam in found if seam is not None}
        return seams

    def _pairs(self, master: str, slave: str) -> list[tuple[str, str]]:
        """The bodies of two panels that can be neighbours: both on one side, or one of them in the middle."""
        pairs = []
        for a in self._sides_of(master):
            for b in self._sides_of(slave):
                sides = {name.rpartition("_")[2] for name in (a, b)} & {"right", "left"}
                if len(sides) < 2:
                    pairs.append((a, b))
        return pairs

    def _sides_of(self, panel: str) -> Sequence[str]:
        names = (panel, f"{panel}_right", f"{panel}_left")
        return [name for name in names if name in self._rims]

    def _seam_name(self, master: str, slave: str, gap_m: float) -> SeamName:
        (zh_a, en_a), (zh_b, en_b) = (side_title(self._titles, body) for body in (master, slave))
        return SeamName(
            master=master, slave=slave, gap_m=gap_m, title_zh=f"{zh_a} / {zh_b}", title_en=f"{en_a} / {en_b}"
        )


def _image(frame: Pose) -> Pose:
    """The frame of a mirrored part: z out and y up are mirrored, x follows."""
    return Pose.from_axes(frame.p * _MIRROR, y=frame.R[:, 1] * _MIRROR, z=frame.R[:, 2] * _MIRROR)


def _silent(fraction: float, text: str) -> None:
    """Progress that nobody asked for."""


def build_vehicle(path: Path, progress: Progress | None = None) -> Vehicle:
    """A vehicle from its drawing.

    Args:
        path: the model's YAML file.
        progress: told the fraction done and what is being done.

    Raises:
        InputError: a mistake in the drawing; names file, line and key.
    """
    return Builder(path, progress).build()
