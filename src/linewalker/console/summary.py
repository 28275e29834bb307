"""The tables at the end of a shift, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.console.terminal import narrow_table, terminal
from linewalker.console.verdict_style import NOT_INSPECTED_WORDS, WORDS, outcome_of, styled, tally
from linewalker.factory.handshake.line_handshake import CarOutcome
from linewalker.factory.records.results import NOT_INSPECTED, CarResult, CharacteristicResult, counts
from linewalker.inspection.verdict import Verdict


def show_cars(cars: Sequence[CarResult], console: Console | None = None) -> None:
    """One line per car, how many came out how, then what is not OK and why; a line has 80 columns if it must."""
    out = console or terminal()
    table = narrow_table("Cars 车辆")
    for heading in ("序号\nno.", "VIN"):
        table.add_column(heading, no_wrap=True)
    for heading in ("车型\nmodel", "判定\nverdict", "特性\njudged"):
        table.add_column(heading, overflow="fold")
    for heading in ("节拍\ntakt s", "行走\nwalk s", "检测\nwork s"):
        table.add_column(heading, justify="right", no_wrap=True)
    for car in cars:
        table.add_row(
            str(car.order.sequence),
            car.order.vin,
            car.order.model,
            outcome_of(car),
            tally(entry.verdict for entry in car.characteristics) if car.inspected else "",
            *(f"{seconds:.0f}" for seconds in (car.takt_s, car.walking_s, car.inspecting_s)),
        )
    out.print(table, markup=False)
    found_how = counts(cars)
    words = {**{verdict.name: word for verdict, (_, word) in WORDS.items()}, NOT_INSPECTED: NOT_INSPECTED_WORDS[1]}
    shares = ", ".join(f"{found_how[name]} {word}" for name, word in words.items())
    out.print(f"{found_how['total']} {'car' if len(cars) == 1 else 'cars'}: {shares}")
    for car in cars:
        if car.interrupted is not None:
            text = f"{car.state.value.replace('_', ' ')}, VIN {car.order.vin}: {car.interrupted.en}"
            out.print(Text(text, style="bold yellow"), soft_wrap=True)
    found = [(car, entry) for car in cars for entry in car.characteristics if is_finding(entry)]
    if found:
        out.print(_findings(found), markup=False)
    for car in cars:
        for event in car.events:
            text = f"{event.kind.value} at {event.time_s:.1f} s, VIN {car.order.vin}: {event.text}"
            out.print(Text(text, style="bold red"), soft_wrap=True)


def is_finding(entry: CharacteristicResult) -> bool:
    """Whether it is listed among the findings: it is not OK, on a car that came."""
    return entry.inspected and entry.verdict is not Verdict.OK


def _findings(found: Sequence[tuple[CarResult, CharacteristicResult]]) -> Table:
    table = narrow_table("Findings 发现")
    table.add_column("序号\nno.", no_wrap=True)
    for heading in ("特性\nid", "判定\nverdict", "实测\nvalue", "要求\nrequired", "原因\nreason"):
        table.add_column(heading, overflow="fold")
    for car, entry in found:
        table.add_row(
            str(car.order.sequence),
            f"{entry.id}\n{entry.title.zh}",
            styled(entry.verdict),
            value_text(entry),
            required_text(entry),
            f"{entry.reason.title.zh}\n{entry.reason.title.en}",
        )
    return table


def value_text(entry: CharacteristicResult) -> str:
    """``5.43 ± 0.06 mm``, ``missing``, or a dash; a flush has its sign."""
    if entry.value is None:
        return "–"
    if isinstance(entry.value, str):
        return entry.value
    spread = "" if entry.expanded_uncertainty is None else f" ± {entry.expanded_uncertainty:.2f}"
    return f"{_number(entry, entry.value)}{spread} {entry.unit}"


def required_text(entry: CharacteristicResult) -> str:
    """``3.30 … 4.70 mm``, or the variant that was ordered."""
    if entry.lower is None or entry.upper is None:
        return "–" if entry.nominal is None else str(entry.nominal)
    return f"{_number(entry, entry.lower)} … {_number(entry, entry.upper)} {entry.unit}"


def _number(entry: CharacteristicResult, value: float) -> str:
    return f"{value:+.2f}" if entry.method == "flush" else f"{value:.2f}"


def show_outcomes(outcomes: Sequence[CarOutcome], console: Console | None = None) -> None:
    """What a line controller knows about its cars."""
    table = narrow_table("Cars 车辆")
    for heading in ("序号\nno.", "VIN", "判定\nverdict", "来源\ncause", "原因\nreason"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        verdict = styled(Verdict(outcome.result.value))
        table.add_row(str(outcome.sequence), outcome.vin, verdict, outcome.cause.value, outcome.reason)
    (console or terminal()).print(table, markup=False)
