"""What is missing on this machine, and the command that mends it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.cachefolder import cache_folder, files, wanted_folder
from linewalker.console.fonts import chinese_fonts
from linewalker.console.terminal import terminal
from linewalker.errors import InputError, MissingPackage
from linewalker.factory.opcua.endpoint import DEFAULT_PORT
from linewalker.messages.catalogue import say

_LEAST_DISK_GB, _LEAST_MEMORY_GB, _GOOD_CORES = 1.0, 3.0, 2
_PICTURE = '<mujoco><worldbody><geom type="plane" size="1 1 1"/><geom type="sphere" size=".2"/></worldbody></mujoco>'


class Health(Enum):
    """How a check came out."""

    GOOD = "ok"
    ADVICE = "advice"
    BAD = "missing"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what it is.
        health: how it is; ADVICE works, but not as well as it could.
        found: what was found.
        remedy: the command or the step that mends it; empty when nothing needs mending.
    """

    name: str
    health: Health
    found: str
    remedy: str = ""


def doctor() -> list[Check]:
    """Look at everything a station needs; takes some seconds, changes nothing."""
    looks: list[Callable[[], Check]] = [
        _python, _packages, _physics, _pictures, _robots, _film, _cache, _output, _port, _cores, _memory, _fonts,
    ]  # fmt: skip
    return [look() for look in looks]


def run_doctor(robot: Path | None = None, console: Console | None = None, *, real_time: bool = False) -> int:
    """Print what `doctor` finds.

    Args:
        robot: the name of a robot, or the path of its profile file, that is checked besides.
        console: where.
        real_time: look at what makes ticks late instead.

    Returns:
        0 if a station can run here, 1 if something is missing.

    Raises:
        InputError: there is no such robot, or its file can not be read as one.
    """
    in_detail = [] if robot is None else _robot_in_detail(str(robot))
    checks = [*(_real_time() if real_time else doctor()), *in_detail]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for _ in ("health", "name", "found"):
        table.add_column(overflow="fold")  # a path or a command that is cut short helps nobody
    colours = {Health.GOOD: "green", Health.ADVICE: "yellow", Health.BAD: "bold red"}
    for check in checks:
        table.add_row(Text(say(check.health.value), style=colours[check.health]), say(check.name), say(check.found))
        if check.remedy:
            table.add_row("", "", Text(say(check.remedy), style="cyan"))
    out = console if console is not None else terminal()
    out.print(table)
    bad = sum(check.health is Health.BAD for check in checks)
    ready = "this machine is ready for real time" if real_time else "this machine is ready: linewalker run, make run"
    out.print(say(f"{bad} missing" if bad else ready))
    return 1 if bad else 0


def _real_time() -> list[Check]:
    from linewalker.console.real_time_check import real_time_checks

    return real_time_checks()


def _python() -> Check:
    found = f"{'.'.join(map(str, sys.version_info[:3]))} at {sys.executable}"
    return Check(name="Python", health=Health.GOOD, found=found)


def _packages() -> Check:
    """All packages that this one declares, in versions it can work with."""
    from packaging.requirements import Requirement

    wrong = []
    required = [Requirement(text) for text in importlib.metadata.requires("linewalker") or []]
    needed = [entry for entry in required if entry.marker is None or entry.marker.evaluate({"extra": ""})]
    for entry in needed:
        try:
            version = importlib.metadata.version(entry.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{entry}")
            continue
        if not entry.specifier.contains(version, prereleases=True):
            wrong.append(f"{entry} (found {version})")
    if wrong:
        command = " ".join(f"'{text.partition(' (')[0]}'" for text in wrong)
        found = "missing or too old: " + ", ".join(wrong)
        return Check(name="packages", health=Health.BAD, found=found, remedy=f"python -m pip install {command}")
    return Check(name="packages", health=Health.GOOD, found=f"all {len(needed)}")


def _physics() -> Check:
    try:
        import mujoco

        model = mujoco.MjModel.from_xml_string(_PICTURE)
        mujoco.mj_step(model, mujoco.MjData(model))
    except (ImportError, ValueError) as error:
        remedy = "python -m pip install --force-reinstall mujoco-core"
        return Check(name="physics", health=Health.BAD, found=str(error), remedy=remedy)
    return Check(name="physics", health=Health.GOOD, found=f"MuJoCo {mujoco.__version__}")


def _pictures() -> Check:
    """Cameras need no graphics card, driver or library; a picture proves it."""
    import mujoco

    from linewalker.rendering.model_view import ModelView
    from linewalker.rendering.pinhole import Pinhole

    model = mujoco.MjModel.from_xml_string(_PICTURE)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    camera = Pinhole.looking_at((1, 1, 1), (0, 0, 0), width_px=64, height_px=48, fov_y_rad=0.8)
    picture = ModelView(model, (0,)).take(data, camera)
    if picture.rgb.std() < 5:
        remedy = "python -m pip install --force-reinstall numba llvmlite"
        return Check(name="pictures", health=Health.BAD, found="a test picture came out blank", remedy=remedy)
    return Check(name="pictures", health=Health.GOOD, found="rendered on the processor; no graphics library needed")


def _robots() -> Check:
    from linewalker.limbs.model.urdf_path import urdf_path
    from linewalker.limbs.profiles import PROFILES

    there, absent = [], []
    for name, profile in PROFILES.items():
        try:
            urdf_path(profile)
            there.append(name)
        except MissingPackage as error:
            absent.append(f"{error} (only --robot {name} needs it)")
        except InputError as error:
            remedy = f"python -m pip install --force-reinstall {profile.package}"
            return Check(name="robots", health=Health.BAD, found=str(error), remedy=remedy)
    health = Health.ADVICE if absent else Health.GOOD
    return Check(name="robots", health=health, found=", ".join(there), remedy="; ".join(absent))


def _robot_in_detail(name: str) -> list[Check]:
    """Everything that is wrong with one robot, each with its fix; raises InputError where nothing can be read."""
    from linewalker.cerebellum.trial import try_out
    from linewalker.limbs.checks.finding import Level
    from linewalker.limbs.checks.profile_check import check_profile
    from linewalker.limbs.profile_file import read_profile
    from linewalker.limbs.profiles import load_profile

    what = f"robot {Path(name).name}"
    try:
        profile = read_profile(name) if Path(name).suffix in (".yaml", ".yml") else load_profile(name)
        found = list(check_profile(profile))
        if all(finding.level is not Level.ERROR for finding in found):
            found += try_out(profile)
    except MissingPackage as error:
        return [Check(name=what, health=Health.BAD, found=str(error), remedy="see docs/robots.md")]
    health = {Level.ERROR: Health.BAD, Level.WARNING: Health.ADVICE}
    checks = [Check(name=what, health=health[f.level], found=f.problem, remedy=f.fix) for f in found]
    if any(check.health is Health.BAD for check in checks):
        return checks
    found_good = "built, stood up and tried out in physics: it stood, walked for 4 s"
    reached = f", raised {', '.join(profile.scanners)}" if profile.scanners else ""
    return [*checks, Check(name=what, health=Health.GOOD, found=f"{found_good}{reached}")]


def _film() -> Check:
    import cv2

    from linewalker.console.video import film_writer

    with tempfile.TemporaryDirectory() as folder:
        try:
            film_writer(Path(folder) / "film.mp4", (64, 48)).release()
        except OSError as error:
            remedy = "python -m pip install --force-reinstall opencv-python-headless; only --video needs it"
            return Check(name="video", health=Health.ADVICE, found=str(error), remedy=remedy)
    return Check(name="video", health=Health.GOOD, found=f"MP4 by OpenCV {cv2.__version__}")


def _cache() -> Check:
    """Where built vehicles and compiled kernels are kept, and how large that is."""
    folder, remedy = cache_folder(), f"export LINEWALKER_CACHE={tempfile.gettempdir()}/linewalker"
    if folder != wanted_folder():
        found = f"in {folder} for now; {wanted_folder()} can not be written to"
        return Check(
            name="caches", health=Health.ADVICE, found=found, remedy="export LINEWALKER_CACHE=a folder of yours"
        )
    size_mb = sum(path.stat().st_size for path in files()) / 1e6
    check = _writable("caches", folder, remedy)
    return check if check.remedy else replace(check, found=f"{size_mb:.0f} MB in {check.found}")


def _output() -> Check:
    return _writable("results", Path.cwd(), "cd to a folder of yours, or give --out DIR")


def _writable(name: str, folder: Path, remedy: str) -> Check:
    """Whether files can be written below a folder that may not exist yet, and how much room there is."""
    there = folder
    while not there.exists():
        there = there.parent
    if not os.access(there, os.W_OK | os.X_OK):
        return Check(name=name, health=Health.BAD, found=f"{there} can not be written to", remedy=remedy)
    free_gb = shutil.disk_usage(there).free / 1e9
    if free_gb < _LEAST_DISK_GB:
        found = f"only {free_gb:.1f} GB free in {there}, {_LEAST_DISK_GB:.0f} GB needed"
        return Check(name=name, health=Health.BAD, found=found, remedy=remedy)
    return Check(name=name, health=Health.GOOD, found=f"{folder}, {free_gb:.0f} GB free")


def _port() -> Check:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", DEFAULT_PORT))
        except OSError as error:
            found = f"{DEFAULT_PORT} is taken ({error.strerror})"
            remedy = "linewalker station --endpoint opc.tcp://127.0.0.1:4841/linewalker (run picks a free port itself)"
            return Check(name="OPC UA port", health=Health.ADVICE, found=found, remedy=remedy)
    return Check(name="OPC UA port", health=Health.GOOD, found=f"{DEFAULT_PORT} is free")


def _cores() -> Check:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if count < _GOOD_CORES:
        remedy = "give the machine a second core; runs take longer, results are the same"
        return Check(name="processor", health=Health.ADVICE, found="1 core", remedy=remedy)
    return Check(name="processor", health=Health.GOOD, found=f"{count} cores")


def _memory() -> Check:
    total_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    if total_gb < _LEAST_MEMORY_GB:
        found = f"{total_gb:.1f} GB, {_LEAST_MEMORY_GB:.0f} GB wanted"
        return Check(name="memory", health=Health.ADVICE, found=found, remedy="close other programs while it runs")
    return Check(name="memory", health=Health.GOOD, found=f"{total_gb:.0f} GB")


def _fonts() -> Check:
    """Reports carry Chinese; whoever opens them on this machine wants to read it."""
    found = chinese_fonts()
    if not found:
        remedy = "sudo apt-get install fontconfig fonts-noto-cjk (only to read Chinese reports on this machine)"
        return Check(name="fonts", health=Health.ADVICE, found="none", remedy=remedy)
    return Check(name="fonts", health=Health.GOOD, found=found[0])
