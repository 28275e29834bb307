"""What a drawing may say, and what is said about a drawing that makes no sense."""

import numpy as np
import pytest
import shapely

from linewalker.errors import InputError
from linewalker.plantfile import PlantFile
from linewalker.vehicle.build.drawing import Sheet

VIEWS = """
views:
  side: {from: [0, 1, 0], u: [1, 0, 0], v: [0, 0, 1]}
  top: {from: [0, 0, 1], u: [1, 0, 0], v: [0, 1, 0]}
"""


def sheet(skin, outlines):
    file = PlantFile.parse(VIEWS + "outlines:\n" + outlines, "model.yaml")
    return Sheet(skin, file["views"], file["outlines"])


def test_neighbours_by_subtraction_share_their_curve(skin):
    drawn = sheet(
        skin,
        """
  front: {view: side, path: [[800, 0, corner], [1500, 0], [1550, 300, corner], [800, 300, corner]]}
  rear: {view: side, box: [1400, 0, 2200, 300], without: front}
""",
    )
    front, rear = drawn["front"].region, drawn["rear"].region
    assert front.intersection(rear).area == pytest.approx(0, abs=1e-12)
    assert front.exterior.intersection(rear.exterior).length > 0.29


def test_a_mirrored_outline_is_symmetric_and_takes_both_sides_away(skin):
    drawn = sheet(
        skin,
        """
  lid: {view: top, mirror: true, path: [[0, 0], [0, 500, corner], [600, 500, corner], [600, 0]], without: hole}
  hole: {view: top, circle: [300, 300, 50]}
""",
    )
    region = drawn["lid"].region
    assert len(region.interiors) == 2
    assert region.area == pytest.approx(0.6 - 2 * np.pi * 0.05**2, rel=1e-3)
    assert drawn.is_symmetric("lid")


def test_an_outline_taken_over_keeps_its_symmetry(skin):
    drawn = sheet(
        skin,
        """
  lid: {view: top, mirror: true, path: [[0, 0], [0, 500, corner], [600, 500, corner], [600, 0]]}
  small: {view: top, same_as: lid, grow: -50}
""",
    )
    assert drawn.is_symmetric("small")
    assert drawn["small"].region.area == pytest.approx(0.5 * 0.9, rel=1e-6)


def test_rounding_replaces_a_corner_by_its_arc(skin):
    drawn = sheet(skin, "  patch: {view: side, box: [800, 0, 1000, 200], round_convex: 20}\n")
    assert drawn["patch"].region.area == pytest.approx(0.04 - (4 - np.pi) * 0.02**2, rel=1e-4)


def test_a_path_along_a_design_curve_follows_it(skin):
    drawn = sheet(
        skin,
        "  belt: {view: side, path: [{along: deck, from: 1000, to: 2000, shift: [0, -100]}, [2000, 0], [1000, 0]]}\n",
    )
    x = np.array([1.3, 1.7])
    below, above = (skin.curve("deck", x) - 0.1 + d for d in (-1e-3, 1e-3))
    assert shapely.contains_xy(drawn["belt"].region, x, below).all()
    assert not shapely.contains_xy(drawn["belt"].region, x, above).any()


@pytest.mark.parametrize(
    ("outline", "words"),
    [
        ("{view: side, box: [0, 0, 100, 100], widen: 3}", ("unknown key", "widen")),
        ("{view: behind, box: [0, 0, 100, 100]}", ("unknown view 'behind'", "side")),
        ("{view: side, box: [0, 0, 100, 100], without: nowhere}", ("unknown outline 'nowhere'",)),
        ("{view: side}", ("exactly one of", "path")),
        ("{view: side, box: [0, 0, 100]}", ("expected 4 numbers",)),
        ("{view: side, mirror: true, box: [0, 0, 100, 100]}", ("both sides alike",)),
        ("{view: side, box: [0, 0, 100, 100], without: one}", ("outlines need one another", "one -> one")),
        ("{view: side, path: [[0, 0], [100, 0, edge], [0, 100]]}", ("unknown kind of point 'edge'",)),
        ("{view: side, box: [0, 0, 100, 100], within: far}", ("nothing is left",)),
    ],
)
def test_a_wrong_outline_is_named_with_file_line_and_key(skin, outline, words):
    drawn = sheet(skin, f"  one: {outline}\n  far: {{view: side, box: [900, 0, 950, 100]}}\n")
    with pytest.raises(InputError) as caught:
        drawn["one"]
    message = str(caught.value)
    assert message.startswith("model.yaml:6: outlines.one")
    assert all(word in message for word in words), message


def test_an_edge_that_leaves_the_body_is_told_where(skin):
    drawn = sheet(skin, "  sky: {view: side, box: [800, 0, 1000, 3000]}\n  patch: {view: top, same_as: sky}\n")
    with pytest.raises(InputError, match=r"'sky' can not be carried .* v = "):
        drawn["patch"]
