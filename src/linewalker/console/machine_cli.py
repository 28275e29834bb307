"""Commands for a robot at its own wire."""

from __future__ import annotations

from typing import Annotated

import typer

from linewalker.console.options import SeedOption, WearOption

machine_app = typer.Typer()
robot_app = typer.Typer(help="A real robot at its wire.", no_args_is_help=True)
machine_app.add_typer(robot_app, name="robot")


@machine_app.command("g1-sim")
def g1_sim(
    domain: Annotated[int, typer.Option("--domain", min=0, max=232, help="Of DDS; a real robot's is 0.")] = 0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="Of robot time, then quit; default: until told to.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="KIND@S[+S]", help="Goes wrong then, for so long (docs/unitree.md)."),
    ] = None,
    joint_friction: Annotated[
        float, typer.Option("--joint-friction", metavar="NM", help="Dry friction in every joint.")
    ] = 0.2,
    delay: Annotated[float, typer.Option("--delay", metavar="MS", help="Of its drives.")] = 0.0,
    answered: Annotated[
        bool, typer.Option("--answered", help="Robot time waits for the answer to each state: for busy machines.")
    ] = False,
    wear: WearOption = None,
    seed: SeedOption = 0,
) -> None:
    """A simulated Unitree G1 behind its own wire, on loopback only: hangs, boots without torque, hears frames."""
    from linewalker.console.g1_sim_command import G1Options, simulate_g1

    options = G1Options(
        domain=domain,
        seconds=seconds,
        faults=tuple(fault or ()),
        seed=seed,
        joint_friction_nm=joint_friction,
        delay_ms=delay,
        answered=answered,
        wear=tuple(wear or ()),
    )
    raise typer.Exit(simulate_g1(options))


@robot_app.command("check")
def check(
    net: Annotated[
        str | None, typer.Option("--net", metavar="IFACE", help="Interface the robot is wired to, for example eth0.")
    ] = None,
    domain: Annotated[int, typer.Option("--domain", min=0, max=232, help="Of DDS; a real robot's is 0.")] = 0,
    seconds: Annotated[float, typer.Option("--seconds", help="How long to listen.")] = 5.0,
) -> None:
    """Listen to a Unitree G1 that hangs: which it is, its link, drives, battery and joints. Sends no command."""
    from linewalker.console.robot_check_command import check_robot

    raise typer.Exit(check_robot(net, domain, seconds))
