"""``linewalker robot check``: what is heard of a robot, and whether that allows to work with it."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.limbs.checks.finding import Level
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.extra import expect_extra
from linewalker.limbs.unitree.hardware import KNOWN
from linewalker.messages.catalogue import say

DONE, REFUSED = 0, 1


def check_robot(
    interface: str | None,
    domain: int,
    seconds: float,
    turn: Callable[[], None] = lambda: None,
    console: Console | None = None,
) -> int:
    """Listen, tell, judge; returns the exit code: 0 where nothing forbids to work.

    Args:
        interface: of the network.
        domain: of DDS.
        seconds: how long.
        turn: see `observe`.
        console: where it is told.

    Raises:
        InputError: no interface is named, or there is none of that name.
        RobotLost: nothing came.
    """
    if interface is None:
        raise InputError("name the interface the robot is wired to; nothing is looked for anywhere else", key="--net")
    if not 0.0 < seconds <= 3600.0:
        raise InputError(f"{seconds:g}: expected more than 0 and at most 3600 s", key="--seconds")
    expect_extra()
    from linewalker.limbs.unitree.checkup import check_up
    from linewalker.limbs.unitree.dds import Participant
    from linewalker.limbs.unitree.observation import observe

    console, profile = console or terminal(), load_profile("g1")
    with Participant(interface, domain) as wire, waiting("listening", console):
        found = observe(wire, len(profile.joints), seconds, turn)
    motors, mode = found.last["motor"][: len(profile.joints)], int(found.last["mode_machine"])
    case, winding = motors["temperature"].T
    charge = "-" if found.charge_percent is None else f"{found.charge_percent:.0f} %"
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for row in (
        ("硬件 hardware", f"mode_machine {mode}: {KNOWN.get(mode, '-')}"),
        ("状态 states", f"{found.states} in {found.heard_s:.1f} s, {found.rate_hz:.0f} /s"),
        ("丢失，损坏 lost, damaged", f"{found.missed}, {found.unsound}"),
        ("绕组，壳体 winding, case", f"{winding.max()}, {case.max()} degC at most"),
        ("电压 voltage", f"{motors['vol'].min():.1f} to {motors['vol'].max():.1f} V"),
        ("电池 battery", charge),
        ("其他指令源 other publishers", f"{found.publishers}"),
    ):
        table.add_row(*row)
    console.print(table)
    findings = check_up(found, profile)
    for finding in findings:
        console.print(
            f"{say(finding.level.value)}: {finding.rule}: {say(finding.problem)}. {say(finding.fix)}.", soft_wrap=True
        )
    refused = any(finding.level is Level.ERROR for finding in findings)
    console.print("不可使用 not to be worked with" if refused else "可以使用 in order")
    return REFUSED if refused else DONE
