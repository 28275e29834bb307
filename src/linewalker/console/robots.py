"""``linewalker robots``: which robots a station can be built with, in figures."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from linewalker.console.terminal import terminal
from linewalker.errors import MissingPackage
from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.profiles import PROFILES
from linewalker.messages.catalogue import say
from linewalker.messages.language import chosen


def list_robots(console: Console | None = None) -> None:
    """Print every robot that Linewalker knows; of one whose model is not installed, what installs it."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("--robot", no_wrap=True)
    table.add_column(say("robot"))
    for heading in ("joints", "kg", "stands, m", "arm, m"):
        table.add_column(say(heading), justify="right")
    missing: list[str] = []
    for name, profile in PROFILES.items():
        try:
            facts = robot_facts(profile)
            figures = (f"{facts.joints}", f"{facts.mass_kg:.1f}", f"{facts.height_m:.2f}", f"{facts.reach_m:.2f}")
        except MissingPackage as error:
            missing.append(str(error))
            figures = (f"{len(profile.joints)}", "-", "-", "-")
        table.add_row(name, chosen(zh=profile.title_zh, en=profile.title_en), *figures)
    out = console if console is not None else terminal()
    out.print(table)
    for message in missing:
        out.print(say(message))
    out.print(say("A robot of your own: --robot my_robot.yaml; docs/robots.md says how to write it."))
