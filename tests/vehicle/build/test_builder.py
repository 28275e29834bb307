"""From a drawing to a car: of two doors and a flap, so that a build takes seconds, and of what a drawing gets wrong."""

import re

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.geometry import Pose, exp_so3
from linewalker.vehicle.build.builder import SHELL, _image, build_vehicle
from linewalker.vehicle.library import model_path

MIRROR = np.array([1.0, -1.0, 1.0])
SMALL = {
    "panels": """
  front_door:
    {title: {zh: 前门, en: front door}, outline: front_door, only: right, material: paint,
     hinge: [600, 850, 250], grid: 120}
  charge_flap:
    {title: {zh: 充电口盖, en: charge flap}, outline: charge_flap, only: right, material: paint, inspect: true}
""",
    "covers": " []\n",
    "seams": " []\n",
    "trims": """
  charge_flap:
    - {material: black, at: {view: side, point: [3212, 456]}, extrude: {figure: {disc: 7}, thickness: 4}}
""",
    "parts": """
  knob:
    title: {zh: 钮, en: knob}
    on: shell
    at: {point: [1000, 1000, 300], out: [0, 1, 0]}
    made_of: [{material: black, extrude: {figure: {disc: 20}, thickness: 10}}]
""",
}  # fmt: skip


def small_car(**changed: str) -> str:
    """The sedan's drawing with other sections."""
    text = model_path("sedan").read_text(encoding="utf-8")
    for name, section in (SMALL | changed).items():
        text, count = re.subn(rf"(?ms)^{name}:.*?(?=^\w)", f"{name}:{section}\n", text, count=1)
        assert count == 1, name
    return text


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The car, and the progress that was told."""
    path, told = tmp_path_factory.mktemp("model") / "small.yaml", []
    path.write_text(small_car(), encoding="utf-8")
    car = build_vehicle(path, lambda share, text: told.append((share, text)))
    return car, told


def test_it_has_the_bodies_that_are_drawn(built):
    car, _ = built
    assert {"front_door_right", "charge_flap_right", "knob", SHELL} == set(car.bodies)
    assert car.bodies["front_door_right"].reference_m == pytest.approx([0.6, 0.85, 0.25])  # its hinge
    assert car.bodies["knob"].parent is None
    assert set(car.rims) == {"front_door_right", "charge_flap_right"}
    assert car.seams == {}


def test_parts_and_panels_to_inspect_are_listed_with_their_titles(built):
    car, _ = built
    assert set(car.parts) == {"charge_flap_right", "knob"}
    flap, knob = car.parts["charge_flap_right"], car.parts["knob"]
    assert (flap.title_zh, flap.title_en) == ("右充电口盖", "right charge flap")
    assert flap.normal @ [0, 1, 0] > 0.9
    assert (knob.width_mm, knob.height_mm) == pytest.approx((40.0, 40.0), rel=0.02)
    assert knob.p_m == pytest.approx([1.0, 1.01, 0.3], abs=1e-6)  # on its face
    assert knob.variants == ("present",)


def test_progress_only_goes_ahead_and_ends(built):
    _, told = built
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert any("front_door" in text for _, text in told)


def test_the_skin_of_a_panel_lies_on_the_body(built, skin):
    car, _ = built
    door = next(m for m in car.meshes if m.body == "front_door_right" and m.role == "camera")
    values = skin.values(door.vertices_m.astype(float))
    assert np.median(np.abs(values)) < 1e-6
    assert values.max() < 1e-3  # edges turn inwards


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"trims": "\n  roof_rack: []\n"}, "there is no panel 'roof_rack'"),
        ({"parts": SMALL["parts"].replace("on: shell", "on: bonnet")}, "there is no panel 'bonnet'"),
        ({"seams": "\n  - {master: front_door, slave: charge_flap}\n"}, "do not face each other anywhere"),
        ({"panels": SMALL["panels"].replace("grid: 120", "mesh: 120")}, r"front_door\.mesh: unknown key"),
        ({"panels": SMALL["panels"].replace("grid: 120", "radius: 900")}, "front_door"),
    ],
    ids=["trim", "part", "seam", "key", "edge"],
)
def test_a_drawing_that_makes_no_sense_is_named_with_file_line_and_key(tmp_path, changed, says):
    path = tmp_path / "wrong.yaml"
    path.write_text(small_car(**changed), encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        build_vehicle(path)
    assert re.match(rf"{re.escape(str(path))}:\d+: ", str(caught.value))


def test_the_frame_of_a_mirrored_part_is_right_handed_and_faces_the_mirror_image():
    frame = Pose(p=np.array([1.0, 0.8, 0.3]), R=exp_so3([0.2, -0.4, 0.7]))
    image = _image(frame)
    assert image.p == pytest.approx(frame.p * MIRROR)
    assert image.R[:, 2] == pytest.approx(frame.R[:, 2] * MIRROR)
    assert image.R[:, 1] == pytest.approx(frame.R[:, 1] * MIRROR)
    assert np.linalg.det(image.R) == pytest.approx(1.0)


def test_both_sides_of_a_whole_car_mirror_each_other(vehicle):
    for body in vehicle.bodies:
        if not body.endswith("_right") or body.replace("_right", "_left") not in vehicle.bodies:
            continue
        right, left = (vehicle.bodies[name].reference_m for name in (body, body.replace("_right", "_left")))
        if "body_side" not in body:  # one has a flap that the other has not
            assert left == pytest.approx(right * MIRROR, abs=1e-3), body
    both = [n for n in vehicle.rims if n.endswith("_right") and n.replace("_right", "_left") in vehicle.rims]
    for name in both:
        lengths = [
            sum(np.linalg.norm(np.diff(rim.foot_m, axis=0), axis=1).sum() for rim in vehicle.rims[side][:1])
            for side in (name, name.replace("_right", "_left"))
        ]
        assert lengths[0] == pytest.approx(lengths[1], rel=0.01), name
