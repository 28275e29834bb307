"""The doctor finds what is broken, and says what mends it."""

from __future__ import annotations

import importlib.metadata
import io
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from linewalker.console import doctor
from linewalker.console.doctor import Health
from linewalker.errors import InputError
from linewalker.limbs.profiles import PROFILES


def test_every_check_that_is_not_good_comes_with_a_remedy() -> None:
    checks = doctor.doctor()
    assert len({check.name for check in checks}) == len(checks)
    for check in checks:
        assert check.found
        assert (check.health is Health.GOOD) == (not check.remedy)


def test_a_missing_and_an_old_package_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["nosuchpackage-of-ours>=1", "numpy>=999", "rich>=1", "pytest>=1; extra == 'dev'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _name: wanted)
    check = doctor._packages()
    assert check.health is Health.BAD
    assert check.remedy == "python -m pip install 'nosuchpackage-of-ours>=1' 'numpy>=999'"


def test_a_taken_port_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        monkeypatch.setattr(doctor, "DEFAULT_PORT", holder.getsockname()[1])
        assert doctor._port().health is Health.ADVICE
    assert doctor._port().health is Health.GOOD


def test_it_says_where_caches_are_and_how_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path / "a" / "b"))
    assert doctor._cache().health is Health.GOOD
    (tmp_path / "a" / "b" / "vehicles").mkdir()
    (tmp_path / "a" / "b" / "vehicles" / "large").write_bytes(bytes(3_000_000))
    assert doctor._cache().found.startswith(f"3 MB in {tmp_path / 'a' / 'b'}")


def test_a_cache_folder_nobody_may_write_to_is_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path / "file" / "below"))
    check = doctor._cache()
    assert check.health is Health.ADVICE
    assert str(tmp_path / "file" / "below") in check.found
    assert "LINEWALKER_CACHE" in check.remedy


def test_the_exit_code_says_whether_a_station_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    output = Console(file=io.StringIO(), width=150, record=True)
    monkeypatch.setattr(doctor, "_port", lambda: doctor.Check(name="port", health=Health.BAD, found="gone", remedy="x"))
    assert doctor.run_doctor(Path("g1"), output) == 1
    text = output.export_text()
    assert "1 missing" in text
    assert "robot g1" in text


def test_on_80_columns_no_path_and_no_command_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/home/plant/{'installation/' * 8}bin"
    check = doctor.Check(name="results", health=Health.BAD, found=path, remedy=f"cd {path}")
    monkeypatch.setattr(doctor, "doctor", lambda: [check])
    output = Console(file=io.StringIO(), width=80, record=True)
    assert doctor.run_doctor(None, output) == 1
    text = output.export_text()
    assert "".join(text.split()).count(path) == 2
    assert "1 missing" in text


def test_a_robot_whose_model_is_not_installed_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = replace(PROFILES["talos"], package="no-such-robots")
    monkeypatch.setitem(PROFILES, "talos", absent)
    check = doctor._robots()
    assert check.health is Health.ADVICE
    assert "pip install no-such-robots" in check.remedy
    assert "g1" in check.found
    assert "talos" not in check.found


def test_a_robot_whose_files_are_gone_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROFILES, "g1", replace(PROFILES["g1"], urdf="gone.urdf"))
    check = doctor._robots()
    assert check.health is Health.BAD
    assert check.remedy == "python -m pip install --force-reinstall linewalker"


def test_a_robot_that_does_not_exist_is_bad_input() -> None:
    with pytest.raises(InputError, match=r"nosuchrobot.*g1, talos, walker"):
        doctor.run_doctor(Path("nosuchrobot"))


def test_a_robot_file_is_checked_and_the_fix_named(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "my_robot.yaml"
    (sound,) = doctor._robot_in_detail(str(example))
    assert sound.health is Health.GOOD
    assert "tried out in physics" in sound.found
    broken = tmp_path / "broken.yaml"
    broken.write_text(example.read_text(encoding="utf-8").replace("left_knee_joint, left_ank", "left_kne, left_ank"))
    checks = doctor._robot_in_detail(str(broken))
    assert checks[0].health is Health.BAD
    assert any("no joint left_kne" in check.found and "left_knee_joint" in check.remedy for check in checks)


def test_a_robot_that_passes_every_rule_and_falls_is_missing(tmp_path: Path) -> None:
    """Knees that hold the robot on two legs, and not on one."""
    example = (Path(__file__).parents[2] / "examples" / "my_robot.yaml").read_text(encoding="utf-8")
    weak = tmp_path / "weak.yaml"
    weak.write_text(f"{example}\neffort_nm: {{left_knee_joint: 75, right_knee_joint: 75}}\n", encoding="utf-8")
    checks = doctor._robot_in_detail(str(weak))
    (broken,) = [check for check in checks if check.health is Health.BAD]
    assert broken.found.startswith("tried out in physics, while it")
    assert all(check.health is not Health.GOOD for check in checks)
