"""``linewalker robots``: which robots a station can be built with, in figures."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from linewalker.console.terminal import terminal
from linewalker.errors import MissingPackage
from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.profiles import PROFILES


def list_robots(console: Console | None = None) -> None:
    """Print every robot that Linewalker knows; of one whose model is not installed, what installs it."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("\n--robot")
    table.add_column("机器人\nrobot")
    for heading in ("关节\njoints", "质量\nkg", "站高\nstands, m", "臂长\narm, m"):
        table.add_column(heading, justify="right")
    missing: list[str] = []
    for name, profile in PROFILES.items():
        try:
            facts = robot_facts(profile)
            figures = (f"{facts.joints}", f"{facts.mass_kg:.1f}", f"{facts.height_m:.2f}", f"{facts.reach_m:.2f}")
        except MissingPackage as error:
            missing.append(str(error))
            figures = (f"{len(profile.joints)}", "-", "-", "-")
        table.add_row(name, f"{profile.title_en}\n{profile.title_zh}", *figures)
    out = console if console is not None else terminal()
    out.print(table)
    for message in missing:
        out.print(message)
    out.print("A robot of your own: --robot my_robot.yaml; docs/robots.md says how to write it.")
    out.print("接入自己的机器人：--robot my_robot.yaml；写法见 docs/robots.zh-CN.md。")
