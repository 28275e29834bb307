"""``linewalker robots``: which robots a station can be built with, in figures."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from linewalker.console.terminal import terminal
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.robot_facts import robot_facts


def list_robots(console: Console | None = None) -> None:
    """Print every robot that ships with Linewalker."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("--robot")
    table.add_column("robot")
    for heading in ("joints", "kg", "stands, m", "arm, m"):
        table.add_column(heading, justify="right")
    for name, profile in PROFILES.items():
        facts = robot_facts(profile)
        figures = (f"{facts.joints}", f"{facts.mass_kg:.1f}", f"{facts.height_m:.2f}", f"{facts.reach_m:.2f}")
        table.add_row(name, f"{profile.title_en}  {profile.title_zh}", *figures)
    out = console if console is not None else terminal()
    out.print(table)
    out.print("A robot of your own: --robot my_robot.yaml; docs/robots.md says how to write it.")
