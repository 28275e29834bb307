"""What a list of robots says about each of them; measured once, then kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from linewalker.cachefolder import cached_file, keep, kept, source_hash
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import RobotProfile


@dataclass(frozen=True, kw_only=True)
class RobotFacts:
    """One robot in figures.

    Attributes:
        joints: number of driven joints.
        mass_kg: of the whole robot.
        height_m: from the soles to the highest point when standing ready to walk.
        reach_m: of the right hand from its shoulder.
    """

    joints: int
    mass_kg: float
    height_m: float
    reach_m: float


def robot_facts(profile: RobotProfile) -> RobotFacts:
    """The facts about a robot: measuring it takes seconds, so that is done once for each URDF, profile and code.

    Raises:
        MissingPackage: its model is not installed.
    """
    measures = Path(__file__).with_name("robot_measures.py")
    urdf = urdf_path(profile).read_bytes()
    address = hashlib.sha256(urdf + repr(profile).encode() + source_hash(measures).encode()).hexdigest()[:24]
    path = cached_file("robots", f"{profile.name}-{address}.json")
    if (known := kept(path)) is not None:
        return RobotFacts(**json.loads(known))
    from linewalker.limbs.checks.robot_measures import measure_robot  # MuJoCo takes a while to load

    facts = measure_robot(profile)
    keep(json.dumps(asdict(facts)).encode(), path)
    return facts
