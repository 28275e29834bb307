"""From the XML of a URDF to its tree: every number, name and reference checked, each error with its line."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np

from linewalker.geometry import Array, Pose, rotation_x, rotation_y, rotation_z
from linewalker.limbs.model.urdf_tree import KINDS, MOVABLE, Mimic, UrdfJoint, UrdfLink, UrdfTree
from linewalker.limbs.model.urdf_xml import UrdfXml, named, read_urdf_xml
from linewalker.plantfile import allowed_text

_MOMENTS = ("ixx", "iyy", "izz", "ixy", "ixz", "iyz")


def read_urdf_tree(path: Path, base: str = "") -> UrdfTree:
    """Read a URDF.

    Args:
        path: of the file.
        base: the link that floats; see `rooted`.

    Raises:
        InputError: the file is missing, not XML, a number in it is none, or its links and joints are no tree.
    """
    return rooted(read_urdf_xml(path), base)


def rooted(document: UrdfXml, base: str) -> UrdfTree:
    """The tree of a URDF after ``world``, a dummy root and the like have been taken out of it.

    Those are empty links above the base, each joined to the next by nothing but a fixed or a floating joint. What has
    mass, shape or a second joint stays.
    """
    tree, robot = _tree(document), document.robot
    while base in tree.links and tree.root != base and tree.links[tree.root].empty:
        hanging = [joint for joint in tree.joints.values() if joint.parent == tree.root]
        if len(hanging) != 1 or hanging[0].kind not in ("fixed", "floating"):
            break
        for tag, name in (("link", tree.root), ("joint", hanging[0].name)):
            robot.remove(next(element for element in robot.findall(tag) if element.get("name") == name))
        tree = _tree(document)
    return tree


def _tree(document: UrdfXml) -> UrdfTree:
    links = {name: _link(document, name, element) for name, element in named(document, "link")}
    joints = {name: _joint(document, name, element) for name, element in named(document, "joint")}
    _check_references(document, links, joints)
    tree = UrdfTree(path=document.path, links=links, joints=joints)
    _check_shape(document, tree)
    return tree


def _link(document: UrdfXml, name: str, element: Element) -> UrdfLink:
    inertial = element.find("inertial")
    if inertial is None:
        return UrdfLink(name=name, empty=element.find("visual") is None and element.find("collision") is None)
    mass, inertia = inertial.find("mass"), inertial.find("inertia")
    if mass is None or inertia is None:
        raise document.error(f"link {name}: <inertial> needs <mass> and <inertia>", inertial)
    number = {key: _number(document, inertia, key, f"link {name}", 0.0) for key in _MOMENTS}
    xx, yy, zz, xy, xz, yz = number.values()
    return UrdfLink(
        name=name,
        mass_kg=_number(document, mass, "value", f"link {name}"),
        inertia_kg_m2=np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]),
        empty=False,
    )


def _joint(document: UrdfXml, name: str, element: Element) -> UrdfJoint:
    what, kind = f"joint {name}", element.get("type", "")
    if kind not in KINDS:
        raise document.error(f"{what} has the type '{kind}'; {allowed_text(kind, KINDS)}", element)
    ends = [element.find(tag) for tag in ("parent", "child")]
    parent, child = ("" if end is None else end.get("link", "") for end in ends)
    if not (parent and child):
        raise document.error(f'{what} needs <parent link="..."/> and <child link="..."/>', element)
    axis = _vector(document, element.find("axis"), "xyz", what, (1.0, 0.0, 0.0))
    if kind in MOVABLE and not axis.any():
        raise document.error(f"{what} has an axis of length zero; write for example xyz='0 0 1'", element)
    limit = element.find("limit")
    given = limit if limit is not None else Element("limit")
    lower, upper = (_number(document, given, key, what, np.nan) for key in ("lower", "upper"))
    free = kind == "continuous"
    return UrdfJoint(
        name=name,
        kind=kind,
        parent=parent,
        child=child,
        X_PC=_origin(document, element, what),
        axis=axis / (np.linalg.norm(axis) or 1.0),
        lower_rad=-np.inf if free else lower,
        upper_rad=np.inf if free else upper,
        effort_nm=_number(document, given, "effort", what, 0.0),
        mimic=_mimic(document, element.find("mimic"), what),
    )


def _mimic(document: UrdfXml, element: Element | None, what: str) -> Mimic | None:
    if element is None:
        return None
    multiplier = _number(document, element, "multiplier", what, 1.0)
    offset = _number(document, element, "offset", what, 0.0)
    return Mimic(leader=element.get("joint", ""), multiplier=multiplier, offset_rad=offset)


def _origin(document: UrdfXml, element: Element, what: str) -> Pose:
    origin = element.find("origin")
    roll, pitch, yaw = _vector(document, origin, "rpy", what, (0.0, 0.0, 0.0))
    R = rotation_z(yaw) @ rotation_y(pitch) @ rotation_x(roll)
    return Pose(p=_vector(document, origin, "xyz", what, (0.0, 0.0, 0.0)), R=R)


def _vector(
    document: UrdfXml, element: Element | None, key: str, what: str, default: tuple[float, float, float]
) -> Array:
    text = None if element is None else element.get(key)
    if text is None:
        return np.array(default)
    try:
        vector = np.array([float(word) for word in text.split()])
    except ValueError:
        vector = np.zeros(0)
    if vector.shape != (3,) or not np.isfinite(vector).all():
        raise document.error(f"{what}: {key}='{text}'; expected three numbers with blanks between them", element)
    return vector


def _number(document: UrdfXml, element: Element, key: str, what: str, default: float | None = None) -> float:
    text = element.get(key)
    if text is None and default is not None:
        return default
    try:
        value = float(text or "")
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise document.error(f"{what}: {key}='{text or ''}'; expected a number", element)
    return value


def _check_references(document: UrdfXml, links: dict[str, UrdfLink], joints: dict[str, UrdfJoint]) -> None:
    """Joints name links that there are, and every link hangs from one joint at most."""
    elements = dict(named(document, "joint"))
    above: dict[str, str] = {}
    for name, joint in joints.items():
        for link in (joint.parent, joint.child):
            if link not in links:
                hint = allowed_text(link, links)
                raise document.error(
                    f"joint {name} names the link '{link}', which there is not; {hint}", elements[name]
                )
        if joint.child in above:
            problem = f"link {joint.child} hangs from two joints, {above[joint.child]} and {name}"
            fix = "a URDF is a tree: take one of them out (a closed linkage is modelled open)"
            raise document.error(f"{problem}; {fix}", elements[name])
        above[joint.child] = name
        if joint.mimic is not None and joint.mimic.leader not in joints:
            hint = allowed_text(joint.mimic.leader, joints)
            problem = f"joint {name} follows (mimic) the joint '{joint.mimic.leader}', which there is not"
            raise document.error(f"{problem}; {hint}", elements[name])


def _check_shape(document: UrdfXml, tree: UrdfTree) -> None:
    """One root, and from it one way to every link."""
    if not tree.links:
        raise document.error("the URDF has no <link>")
    roots = [link for link in tree.links if link not in tree.carrier]
    if len(roots) > 1:
        fix = "join them by joints of type fixed, or take out what does not belong to the robot"
        raise document.error(f"{len(roots)} links hang from no other: {', '.join(roots)}; expected one; {fix}")
    for link in tree.links:
        ring: dict[str, str] = {}
        while link in tree.carrier:
            if link in ring:
                joints = ", ".join(ring.values())
                raise document.error(f"link {link} hangs from itself by the joints {joints}; take one of them out")
            ring[link], link = tree.carrier[link].name, tree.carrier[link].parent
