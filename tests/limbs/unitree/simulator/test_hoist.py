"""A rope: it carries what hangs, never pushes, and comes to rest where it was told."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.limbs.unitree.simulator.hoist import SPEED_M_S, Hoist

STEP_S, MASS_KG = 0.002, 35.0
SCENE = f"""
<mujoco><option timestep="{STEP_S}"/><worldbody>
  <geom type="plane" size="5 5 .1"/>
  <body pos="0 0 .2"><freejoint/><geom type="box" size=".2 .2 .2" mass="{MASS_KG}"/></body>
</worldbody></mujoco>"""


@pytest.fixture
def scene() -> tuple[mujoco.MjData, Hoist]:
    model = mujoco.MjModel.from_xml_string(SCENE)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    return data, Hoist(model, data, 1, drawn_m=0.3)


def run(data: mujoco.MjData, hoist: Hoist, seconds: float) -> None:
    for _ in range(round(seconds / STEP_S)):
        hoist.pull(STEP_S)
        assert hoist.force_n >= 0.0
        mujoco.mj_step(hoist._model, data)


def test_it_carries_the_whole_weight(scene: tuple[mujoco.MjData, Hoist]) -> None:
    data, hoist = scene
    run(data, hoist, 4.0)
    weight_n = 9.81 * MASS_KG
    assert hoist.force_n == pytest.approx(weight_n, rel=1e-3)
    assert data.qpos[2] == pytest.approx(0.5, abs=1e-3)
    assert data.ncon == 0


def test_what_is_let_down_stands_alone_and_can_be_drawn_up_again(scene: tuple[mujoco.MjData, Hoist]) -> None:
    data, hoist = scene
    run(data, hoist, 2.0)
    height_m = float(data.qpos[2])
    hoist.let_down()
    run(data, hoist, 1.0)
    assert float(data.qpos[2]) == pytest.approx(height_m - SPEED_M_S, abs=0.01)
    run(data, hoist, 6.0)
    assert hoist.slack
    assert not data.xfrc_applied.any()
    assert data.qpos[2] == pytest.approx(0.2, abs=2e-3)
    hoist.draw_up()
    run(data, hoist, 12.0)
    assert data.qpos[2] == pytest.approx(height_m, abs=5e-3)


def test_it_holds_what_was_pushed_upright(scene: tuple[mujoco.MjData, Hoist]) -> None:
    data, hoist = scene
    run(data, hoist, 1.0)
    data.qvel[:] = [0.3, 0.0, 0.0, 0.5, 0.0, 0.0]
    run(data, hoist, 8.0)
    np.testing.assert_allclose(data.qpos[:2], 0.0, atol=0.02)
    assert abs(data.qpos[3]) == pytest.approx(1.0, abs=1e-3)
