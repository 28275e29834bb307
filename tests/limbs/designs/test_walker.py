"""The walker: its files say what its numbers say, its matter is real, and its sides mirror each other."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.checks.standing_body import StandingBody
from linewalker.limbs.designs.mesh import read_obj
from linewalker.limbs.designs.walker import FOLDER, walker_shapes, walker_urdf
from linewalker.limbs.designs.walker_frame import BONES, LEFT_ARM, LEFT_LEG
from linewalker.limbs.model.robot_model import build_control_model, floor_model
from linewalker.limbs.model.urdf_reader import read_urdf_tree
from linewalker.limbs.profiles import load_profile
from tests.limbs.designs.test_mesh import is_closed, volume_m3

SHAPES = walker_shapes()
WALKER = load_profile("walker")


def test_the_urdf_is_what_the_numbers_make_of_it() -> None:
    assert (FOLDER / "walker.urdf").read_text(encoding="utf-8") == walker_urdf(SHAPES), (
        "run: python -m linewalker.limbs.designs.walker"
    )


def test_the_mesh_files_are_what_the_numbers_make_of_them() -> None:
    expected = {
        f"{link}_{finish.name.lower()}": mesh for link, looks in SHAPES.items() for finish, mesh in looks.items()
    }
    files = {path.stem: path for path in (FOLDER / "meshes").glob("*.obj")}
    assert files.keys() == expected.keys()
    for name, path in files.items():
        mesh, back = expected[name], read_obj(path)
        np.testing.assert_allclose(back.vertices.min(axis=0), mesh.vertices.min(axis=0), atol=1e-5, err_msg=name)
        np.testing.assert_allclose(back.vertices.max(axis=0), mesh.vertices.max(axis=0), atol=1e-5, err_msg=name)
    assert sum(path.stat().st_size for path in files.values()) < 2_000_000


def test_every_shape_is_closed_and_looks_outwards() -> None:
    for looks in SHAPES.values():
        for mesh in looks.values():
            assert is_closed(mesh)
            assert volume_m3(mesh) > 0


def test_inertias_are_those_of_real_matter() -> None:
    for link in read_urdf_tree(FOLDER / "walker.urdf").links.values():
        assert link.inertia_kg_m2 is not None
        low, middle, high = np.linalg.eigvalsh(link.inertia_kg_m2)
        assert low > 0
        assert low + middle >= high


def test_it_is_as_heavy_and_tall_as_it_is_said_to_be() -> None:
    facts = robot_facts(WALKER)
    assert facts.mass_kg == pytest.approx(sum(bone.mass_kg for bone in BONES))
    assert 69.0 < facts.mass_kg < 71.0
    assert facts.joints == 30
    body = StandingBody(WALKER)
    standing = body.ground[2]
    body.stand(np.zeros(30))
    straight = 0.5 * (body.site_p("left_sole") + body.site_p("right_sole"))[2]
    assert facts.height_m + (standing - straight) == pytest.approx(1.70, abs=0.02)


def test_it_has_the_joints_of_its_class() -> None:
    assert [len(leg.joints) for leg in WALKER.legs] == [6, 6]
    assert [len(arm.joints) for arm in WALKER.arms] == [7, 7]
    assert len(WALKER.waist) == len(WALKER.head) == 2


def test_mirrored_angles_put_the_limbs_at_mirrored_places() -> None:
    model = build_control_model(WALKER)
    data = mujoco.MjData(model)
    rng = np.random.default_rng(4)
    for _ in range(20):
        data.qpos[:] = 0.0
        data.qpos[3] = 1.0
        for bone in (*LEFT_LEG, *LEFT_ARM):
            angle = rng.uniform(bone.lower_rad, bone.upper_rad)
            data.qpos[model.joint(bone.joint).qposadr[0]] = angle
            right = bone.mirrored()
            data.qpos[model.joint(right.joint).qposadr[0]] = angle if bone.axis == "y" else -angle
            assert right.lower_rad - 1e-9 <= (angle if bone.axis == "y" else -angle) <= right.upper_rad + 1e-9
        mujoco.mj_forward(model, data)
        for left, right_site in (("left_sole", "right_sole"), ("left_hand", "right_hand")):
            mirrored = data.site(left).xpos * np.array([1.0, -1.0, 1.0])
            np.testing.assert_allclose(data.site(right_site).xpos, mirrored, atol=1e-9)
        assert data.subtree_com[1][1] == pytest.approx(0.0, abs=2e-3)  # hand and scanner differ a little


def test_it_stands_on_its_soles_alone() -> None:
    model = floor_model(WALKER, visual=False, self_collision=True)
    data = mujoco.MjData(model)
    for name, angle in WALKER.standing.items():
        data.qpos[model.joint(name).qposadr[0]] = angle
    mujoco.mj_kinematics(model, data)
    data.qpos[2] -= data.site("left_sole").xpos[2] + 0.0005
    mujoco.mj_forward(model, data)
    touching = {model.body(body).name for body in model.geom_bodyid[data.contact.geom].ravel()}
    assert touching == {"world", "left_foot", "right_foot"}
    assert data.ncon == 8
