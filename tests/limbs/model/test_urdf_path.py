"""Where URDFs lie: inside, in another distribution, at a path of one's own; what is missing is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.errors import InputError, MissingPackage
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES

WALKER = PROFILES["walker"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_every_robot_of_ours_has_its_urdf(profile: RobotProfile) -> None:
    path = urdf_path(profile)
    assert path.suffix == ".urdf"
    assert "<robot" in path.read_text(encoding="utf-8")


def test_one_of_ones_own_lies_where_the_profile_says(tmp_path: Path) -> None:
    mine = tmp_path / "mine.urdf"
    mine.write_text("<robot/>", encoding="utf-8")
    assert urdf_path(replace(WALKER, package="", urdf=str(mine))) == mine


def test_a_distribution_that_is_not_there_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(MissingPackage, match=r"walker needs: pip install no-such-distribution"):
        urdf_path(replace(WALKER, package="no-such-distribution"))


@pytest.mark.parametrize("package", ["", "linewalker", "numpy"])
def test_a_file_that_is_not_there_is_named(package: str) -> None:
    with pytest.raises(InputError, match=r"nowhere\.urdf.*robot walker: there is no such URDF"):
        urdf_path(replace(WALKER, package=package, urdf="nowhere.urdf"))


def test_a_folder_is_no_urdf(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such URDF"):
        urdf_path(replace(WALKER, package="", urdf=str(tmp_path)))
