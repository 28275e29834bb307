"""``linewalker line --hostile``: plays a bad line to a station, and says what held."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from linewalker.console.terminal import narrow_table, terminal
from linewalker.errors import StationFault
from linewalker.factory.hostile.kit import SCENARIOS, Kit, numbered
from linewalker.factory.hostile.kit import chosen as chosen_scenarios
from linewalker.factory.hostile.scenario import Ending, Finding
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.orders.build_orders import read_shift
from linewalker.messages.catalogue import say
from linewalker.messages.language import chosen

LIST = "list"
ALL_HELD = 0
_STYLES = {Ending.HELD: "green", Ending.BROKEN: "bold red", Ending.NOT_SHOWN: "yellow"}


def show_scenarios(console: Console | None = None) -> int:
    """``--hostile list``: what there is; returns the exit code."""
    table = narrow_table(say("Scenarios"))
    for heading in ("name", "what the line does", "what must hold"):
        table.add_column(say(heading), overflow="fold")
    for it in SCENARIOS:
        table.add_row(it.name, chosen(zh=it.does_zh, en=it.does), chosen(zh=it.must_zh, en=it.must))
    (console or terminal()).print(table, markup=False)
    return ALL_HELD


def play_hostile(names: Sequence[str], shift: Path, endpoint: str, credentials: Credentials, seed: int) -> int:
    """Play scenarios to the station at an endpoint with the cars of a shift; returns the exit code.

    Raises:
        InputError: there is no such scenario, or the station refuses user or password.
        StationFault: no station answers, or something did not hold.
    """
    scenarios, console = chosen_scenarios(names), terminal()
    kit = Kit(
        endpoint=endpoint,
        connect=lambda: StationLink(endpoint=endpoint, credentials=credentials),
        orders=numbered(read_shift(shift), int(time.time())),
        seed=seed,
    )

    def tell(finding: Finding) -> None:
        sign = chosen(zh=finding.ending.in_chinese, en=finding.ending.value)
        must = chosen(zh=finding.scenario.must_zh, en=finding.scenario.must)
        console.print(Text(f"{finding.scenario.name} ({finding.took_s:.0f} s): "), Text(sign, _STYLES[finding.ending]))
        console.print(Text(f"  {must}\n  -> {finding.seen}"))

    console.print(say(f"{len(scenarios)} scenarios at {endpoint}, each with an honest car after it"), soft_wrap=True)
    findings = kit.play(scenarios, tell)
    broken = [f.scenario.name for f in findings if f.ending is Ending.BROKEN]
    held = sum(f.ending is Ending.HELD for f in findings)
    unseen = len(findings) - held - len(broken)
    console.print(say(f"{held} held, {len(broken)} broken, {unseen} not shown"))
    if broken:
        raise StationFault(f"the station did not hold in {', '.join(broken)}")
    return ALL_HELD
