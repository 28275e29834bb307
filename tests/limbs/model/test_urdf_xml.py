"""URDFs as other programs write them: whatever XML allows is the same robot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.limbs.model.urdf_xml import named, read_urdf_xml
from tests.limbs.urdf_files import Edit, own_robot, replaced

HEAD = '<robot name="walker">'
WRITTEN: dict[str, Edit] = {
    "as it is": lambda text: text,
    "with what MuJoCo keeps in it": replaced(
        (HEAD, f'{HEAD}<mujoco><compiler meshdir="x" fusestatic="false"/></mujoco>')
    ),
    "in single quotes": lambda text: text.replace('"', "'"),
    "with blanks round =": lambda text: re.sub(r'(\w)="', r'\1 \n=  "', text),
    "with a comment that looks like a robot": replaced((HEAD, f'{HEAD}<!-- <link name="pelvis"/> <robot> -->')),
    "with CDATA": replaced((HEAD, f"{HEAD}<gazebo><![CDATA[<link name='pelvis'/>]]></gazebo>")),
    "with prefixes nobody declared": replaced((HEAD, f'{HEAD}<sensor:ray a="1"/><gazebo reference="pelvis"/>')),
    "with namespaces": replaced((HEAD, '<robot name="walker" xmlns:xacro="http://ros.org/wiki/xacro" version="1.0">')),
    "with a transmission that names joints": replaced(
        (HEAD, f'{HEAD}<transmission name="t"><joint name="left_knee_joint"/></transmission>')
    ),
    "with what looks like xacro in a plugin": replaced(
        (HEAD, f'{HEAD}<gazebo><plugin filename="$(find x)/${{y}}.so"/></gazebo>')
    ),
    "with a byte-order mark": lambda text: "\ufeff" + text,
    "with Windows line ends": lambda text: text.replace("\n", "\r\n"),
}


def _names(path: Path) -> list[list[str]]:
    document = read_urdf_xml(path.with_name("robot.urdf"))
    return [[name for name, _ in named(document, tag)] for tag in ("link", "joint")]


@pytest.mark.parametrize("way", WRITTEN)
def test_however_it_is_written_it_is_the_same_robot(tmp_path: Path, way: str) -> None:
    assert _names(own_robot(tmp_path / "other", WRITTEN[way])) == _names(own_robot(tmp_path / "plain"))


@pytest.mark.parametrize(
    ("encoding", "declared"), [("latin-1", "ISO-8859-1"), ("utf-16", "UTF-16"), ("cp1252", "windows-1252")]
)
def test_the_encoding_a_file_declares_is_believed(tmp_path: Path, encoding: str, declared: str) -> None:
    path = tmp_path / "robot.urdf"
    path.write_bytes(f'<?xml version="1.0" encoding="{declared}"?><robot><link name="Fuß"/></robot>'.encode(encoding))
    assert [name for name, _ in named(read_urdf_xml(path), "link")] == ["Fuß"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"robot\.urdf:1: not XML"),
        ("<robot>\n<link name='a'>\n</robot>", r"robot\.urdf:3: not XML"),
        ("<mujoco model='x'/>", "begins with <robot>, this file with <mujoco>"),
        (
            "<robot><xacro:macro name='leg'/></robot>",
            r"robot\.urdf:1: <xacro:macro>: xacro is not expanded; write: xacro",
        ),
        ("<robot>\n<link name='${side}_leg'/></robot>", r"robot\.urdf:2: <link>: xacro is not expanded"),
        (
            "<robot>\n<link name='a'><mesh filename='$(find g1)/a.stl'/></link></robot>",
            r"robot\.urdf:2: <mesh>: xacro is not expanded",
        ),
        ("<?xml version='1.0' encoding='klingon'?><robot/>", "not XML: unknown encoding"),
    ],
)
def test_what_is_no_urdf_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "robot.urdf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_urdf_xml(path)


def test_a_folder_is_no_urdf(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can not be read"):
        read_urdf_xml(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_urdf_xml(tmp_path / "robot.urdf")
