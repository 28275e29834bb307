import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.plantfile import PlantFile
from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.fittings import Workshop


@pytest.fixture(scope="module")
def workshop(skin, sedan_file):
    sheet = Sheet(skin, sedan_file["views"], sedan_file["outlines"])
    return Workshop(sheet, ("paint", "chrome"), {"badge": ("none", "rs")})


def node(text):
    return PlantFile.parse(text, "model.yaml")


def test_a_frame_on_the_skin_looks_out_of_it(workshop, skin):
    frame = workshop.frame(node("{view: front, point: [0, 300], lift: 5}"))
    assert skin.normals(frame.p[None])[0] == pytest.approx(frame.R[:, 2], abs=1e-2)
    assert skin.values(frame.p[None])[0] == pytest.approx(0.005, rel=0.1)
    assert frame.R[:, 0] @ [0, -1, 0] > 0.99  # seen from the front, the car's left is on the right


def test_a_fitting_stands_in_its_frame(workshop):
    frame = workshop.frame(node("{point: [100, 200, 300], out: [0, 1, 0]}"))
    made = workshop.make(node("{material: chrome, block: {from: [-10, -20, 0], to: [10, 20, 5]}}"), frame)
    assert made.mesh.vertices.min(0) == pytest.approx([0.09, 0.2, 0.28])
    assert made.mesh.vertices.max(0) == pytest.approx([0.11, 0.205, 0.32])


def test_a_figure_with_a_hole_and_a_condition(workshop):
    frame = workshop.frame(node("{point: [0, 0, 0], out: [0, 0, 1], up: [0, 1, 0]}"))
    made = workshop.make(
        node("{material: paint, when: {badge: rs}, extrude: {thickness: 2, figure: {disc: 20, minus: {disc: 10}}}}"),
        frame,
    )
    assert made.condition == ("badge", "rs")
    top = made.mesh.vertices[made.mesh.faces][(made.mesh.normals[made.mesh.faces][:, 0, 2] > 0.9)]
    area = 0.5 * np.linalg.norm(np.cross(top[:, 1] - top[:, 0], top[:, 2] - top[:, 0]), axis=1).sum()
    assert area == pytest.approx(np.pi * (0.02**2 - 0.01**2), rel=0.03)


def test_a_patch_follows_the_skin_at_its_lift(workshop, skin):
    made = workshop.make(node("{material: paint, patch: {outline: charge_flap, lift: -10}}"), None)
    raised = made.mesh.vertices + 0.01 * made.mesh.normals
    assert np.abs(skin.values(raised)).max() < 1e-9


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{material: paint}", "exactly one of turn"),
        ("{material: wood, block: {from: [0, 0, 0], to: [1, 1, 1]}}", "unknown material 'wood'"),
        ("{material: paint, when: {badge: gt}, block: {from: [0, 0, 0], to: [1, 1, 1]}}", "unknown value 'gt'"),
        ("{material: paint, when: {roof: open}, block: {from: [0, 0, 0], to: [1, 1, 1]}}", "options: badge"),
        ("{material: paint, extrude: {thickness: 2, figure: {star: 5}}}", "exactly one of disc"),
        ("{material: paint, patch: {outline: wing, lift: 1}}", "unknown outline 'wing'"),
        ("{material: paint, block: {from: [0, 0, 0], to: [1, 1, 1]}, polish: 3}", "unknown key"),
    ],
)
def test_a_wrong_fitting_is_refused(workshop, text, words):
    with pytest.raises(InputError, match=words):
        workshop.make(node(text), workshop.frame(node("{point: [0, 0, 0], out: [0, 0, 1], up: [0, 1, 0]}")))


def test_a_solid_without_a_frame_is_refused(workshop):
    with pytest.raises(InputError, match="needs a frame"):
        workshop.make(node("{material: paint, block: {from: [0, 0, 0], to: [1, 1, 1]}}"), None)


def test_a_picture_sticks_to_the_skin(workshop, skin):
    made = workshop.make(
        node("{material: paint, picture: [136, 17]}"), workshop.frame(node("{view: side, point: [485, 215]}"))
    )
    height = skin.values(made.mesh.vertices)
    assert height.min() > 5e-4
    assert height.max() < 7e-4
    assert np.ptp(made.mesh.texcoords, axis=0) == pytest.approx([1, 1])
