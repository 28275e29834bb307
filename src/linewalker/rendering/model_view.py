"""Pictures of a MuJoCo model, whatever is in it: meshes, simple bodies, materials, and the lamps that shine on them."""

from __future__ import annotations

from collections.abc import Collection

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.rendering import mesh as shapes
from linewalker.rendering.light import Lamp, Lighting
from linewalker.rendering.mesh import TriangleMesh
from linewalker.rendering.pinhole import Picture, Pinhole
from linewalker.rendering.polished_floor import with_mirrored_floor
from linewalker.rendering.renderer import Renderer, Things

_ENDLESS_M = 40.0
_FACETS = {
    mujoco.mjtGeom.mjGEOM_PLANE: lambda s: shapes.rectangle_mesh(s[0] or _ENDLESS_M, s[1] or _ENDLESS_M),
    mujoco.mjtGeom.mjGEOM_BOX: shapes.box_mesh,
    mujoco.mjtGeom.mjGEOM_SPHERE: lambda s: shapes.sphere_mesh(s[0]),
    mujoco.mjtGeom.mjGEOM_CAPSULE: lambda s: shapes.capsule_mesh(s[0], s[1]),
    mujoco.mjtGeom.mjGEOM_CYLINDER: lambda s: shapes.cylinder_mesh(s[0], s[1]),
}
_UNSEEN_ALPHA = 0.05
_RGB_ROLE = int(mujoco.mjtTextureRole.mjTEXROLE_RGB)


class ModelView:
    """Renders a model as it stands in its data, with the colours, groups and textures the model has at that moment.

    Args:
        model: the model; it may be edited later, but its meshes may not change.
        groups: geom groups that are ever to be seen; geoms of any other group are left out, now and later.
        lighting: the light; None takes every box with a material of emission 1 or more for a lamp.
    """

    def __init__(self, model: mujoco.MjModel, groups: Collection[int], lighting: Lighting | None = None):
        self.model, self.groups = model, frozenset(int(group) for group in groups)
        self._mesh_of = np.full(model.ngeom, -1, np.int32)
        meshes: list[TriangleMesh] = []
        known: dict[tuple, int] = {}
        for geom in range(model.ngeom):
            kind, data_id = int(model.geom_type[geom]), int(model.geom_dataid[geom])
            is_mesh = kind == mujoco.mjtGeom.mjGEOM_MESH
            if not is_mesh and mujoco.mjtGeom(kind) not in _FACETS:
                continue
            key = (data_id,) if is_mesh else (kind, *model.geom_size[geom])
            if key not in known:
                known[key] = len(meshes)
                shape = geom_mesh(model, geom)
                assert shape is not None
                meshes.append(shape)
            self._mesh_of[geom] = known[key]
        self._renderer = Renderer(meshes)
        self.lighting = lighting if lighting is not None else hall_lighting(model)

    def take(self, data: mujoco.MjData, camera: Pinhole, *, fine: int = 2) -> Picture:
        """A picture; `Picture.thing_of` holds geom ids. ``data`` must have its kinematics computed."""
        picture = self.develop(self.things(data), camera, fine=fine)
        geoms = self._seen_geoms()
        geom_of = np.where(picture.thing_of >= 0, geoms[np.maximum(picture.thing_of, 0)], -1).astype(np.int32)
        return Picture(rgb=picture.rgb, depth_m=picture.depth_m, thing_of=geom_of)

    def things(self, data: mujoco.MjData) -> Things:
        """All that can be seen, where it stands now; physics may go on while it is developed into a picture."""
        model, geoms = self.model, self._seen_geoms()
        return Things(
            mesh=self._mesh_of[geoms],
            R_WM=data.geom_xmat[geoms].reshape(-1, 3, 3),
            p_WM=data.geom_xpos[geoms],
            material=_materials(model)[geoms],
            texture=_textures(model)[geoms],
            texels=model.tex_data if len(model.tex_data) else np.zeros(3, np.uint8),
        )

    def develop(self, things: Things, camera: Pinhole, *, fine: int = 2, polished: bool = False) -> Picture:
        """The picture of things; `Picture.thing_of` counts them; ``polished`` lets the floor mirror them."""
        light = self._renderer.illuminate(things, self.lighting)
        picture = self._renderer.render(things, camera, light, fine=fine)
        if not polished:
            return picture
        return with_mirrored_floor(
            picture, camera, lambda pinhole: self._renderer.render(things, pinhole, light, fine=1)
        )

    def _seen_geoms(self) -> NDArray[np.int64]:
        model = self.model
        seen = (self._mesh_of >= 0) & np.isin(model.geom_group, list(self.groups))
        return np.flatnonzero(seen & (_rgba(model)[:, 3] > _UNSEEN_ALPHA))


def geom_mesh(model: mujoco.MjModel, geom: int) -> TriangleMesh | None:
    """The triangles of a geom in its own frame; None for one that is neither a mesh nor a simple body."""
    kind = mujoco.mjtGeom(int(model.geom_type[geom]))
    if kind == mujoco.mjtGeom.mjGEOM_MESH:
        return _mesh(model, int(model.geom_dataid[geom]))
    return _FACETS[kind](model.geom_size[geom]) if kind in _FACETS else None


def hall_lighting(model: mujoco.MjModel) -> Lighting:
    """Lamps where the model has boxes that shine (material emission 1 or more); all else as `Lighting` has it."""
    lamps = []
    for geom in range(model.ngeom):
        material = model.geom_matid[geom]
        if material >= 0 and model.mat_emission[material] >= 1 and model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_BOX:
            x, y, z = (float(value) for value in model.geom_pos[geom] + model.body_pos[model.geom_bodyid[geom]])
            half_length, half_width, _ = (float(value) for value in model.geom_size[geom])
            radiance = float(model.mat_emission[material])
            lamps.append(Lamp(p_W=(x, y, z), half_length_m=half_length, half_width_m=half_width, radiance=radiance))
    return Lighting(lamps=tuple(lamps))


def _mesh(model: mujoco.MjModel, mesh: int) -> TriangleMesh:
    def rows(name: str, values: NDArray, *, start: str | None = None) -> NDArray:
        first = int(getattr(model, start or f"mesh_{name}adr")[mesh])
        return values[first : first + int(getattr(model, f"mesh_{name}num")[mesh])]

    textured = model.mesh_texcoordadr[mesh] >= 0
    return TriangleMesh(
        vertices=rows("vert", model.mesh_vert),
        normals=rows("normal", model.mesh_normal),
        faces=rows("face", model.mesh_face),
        normal_faces=rows("face", model.mesh_facenormal),
        texcoords=rows("texcoord", model.mesh_texcoord) if textured else None,
        texcoord_faces=rows("face", model.mesh_facetexcoord) if textured else None,
    )


def _rgba(model: mujoco.MjModel) -> NDArray[np.float64]:
    """Colour of every geom, (ngeom, 4): its material's, or its own."""
    own = model.geom_rgba.astype(float)
    return np.where((model.geom_matid >= 0)[:, None], _per_geom(model, model.mat_rgba), own) if model.nmat else own


def _per_geom(model: mujoco.MjModel, values: NDArray) -> NDArray:
    return values[np.maximum(model.geom_matid, 0)]


def _materials(model: mujoco.MjModel) -> NDArray[np.float64]:
    """Rows of `linewalker.rendering.renderer.Material` for every geom; matt plastic where nothing is said (-1)."""
    rgba = _rgba(model)[:, :3]
    table = np.empty((model.ngeom, 7))
    table[:, :3] = np.where(rgba <= 0.04045, rgba / 12.92, ((rgba + 0.055) / 1.055) ** 2.4)
    table[:, 3:] = 0.5, 0.0, 0.04, 0.0
    has = model.geom_matid >= 0
    if model.nmat:
        roughness, metallic = _per_geom(model, model.mat_roughness), _per_geom(model, model.mat_metallic)
        table[:, 3] = np.where(has & (roughness >= 0), roughness, 0.5)
        table[:, 4] = np.where(has & (metallic >= 0), metallic, 0.0)
        table[:, 5] = np.where(has, 0.08 * _per_geom(model, model.mat_specular), 0.04)
        table[:, 6] = np.where(has, _per_geom(model, model.mat_emission), 0.0)
    return table


def _textures(model: mujoco.MjModel) -> NDArray[np.int64]:
    """Start, height and width of the picture of every geom, -1 where it has none."""
    places = np.full((model.ngeom, 3), -1, np.int64)
    if model.nmat and model.ntex:
        texture = np.where(model.geom_matid >= 0, _per_geom(model, model.mat_texid)[:, _RGB_ROLE], -1)
        drawn = (texture >= 0) & (model.geom_type == mujoco.mjtGeom.mjGEOM_MESH)
        drawn &= model.mesh_texcoordadr[np.maximum(model.geom_dataid, 0)] >= 0
        pictures = np.column_stack((model.tex_adr, model.tex_height, model.tex_width))
        places[drawn] = pictures[texture[drawn]]
    return places
