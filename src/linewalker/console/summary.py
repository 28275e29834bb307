"""The tables at the end of a shift, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.console.car_remarks import car_remarks
from linewalker.console.terminal import narrow_table, terminal
from linewalker.console.verdict_style import (
    EVENT_WORDS,
    NOT_INSPECTED_SIGN,
    NOT_INSPECTED_WORDS,
    SIGNS,
    WORDS,
    outcome_of,
    styled,
    tally,
)
from linewalker.factory.handshake.line_handshake import CarOutcome
from linewalker.factory.records.results import NOT_INSPECTED, CarResult, CharacteristicResult, counts
from linewalker.inspection.methods import is_signed
from linewalker.inspection.verdict import Verdict


def show_cars(cars: Sequence[CarResult], console: Console | None = None) -> None:
    """One line per car, how many came out how, then what is not OK and why; a line has 80 columns if it must."""
    out = console or terminal()
    table = narrow_table("Cars 车辆")
    table.padding = 0  # eight columns have to go into 80
    for heading in ("序号\nno.", "VIN"):
        table.add_column(heading, no_wrap=True)
    for heading in ("车型\nmodel", "判定\nverdict"):
        table.add_column(heading, overflow="fold")
    table.add_column("特性\njudged", no_wrap=True)
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
    for line in _shares(cars):
        out.print(line)
    for car in cars:
        if car.interrupted is not None:
            state, why = car.state.value.replace("_", " "), car.interrupted
            text = f"{state}, VIN {car.order.vin}: {why.en}\n  {why.zh}"
            out.print(Text(text, style="bold yellow"), soft_wrap=True)
        for remark in car_remarks(car):
            out.print(Text(f"VIN {car.order.vin}: {remark.en}\n  {remark.zh}"), soft_wrap=True)
    found = [(car, entry) for car in cars for entry in car.characteristics if is_finding(entry)]
    if found:
        out.print(_findings(found), markup=False)
    for car in cars:
        for event in car.events:
            text = f"{' '.join(EVENT_WORDS[event.kind])} at {event.time_s:.1f} s, {car.order.vin}: {event.text}"
            out.print(Text(text, style="bold red"), soft_wrap=True)


def _shares(cars: Sequence[CarResult]) -> tuple[str, str]:
    """How many came out how, in English, and in Chinese with the signs that stand in the table."""
    found_how = counts(cars)
    ways = [(verdict.name, SIGNS[verdict], *WORDS[verdict]) for verdict in Verdict]
    ways.append((NOT_INSPECTED, NOT_INSPECTED_SIGN, *NOT_INSPECTED_WORDS))
    english = ", ".join(f"{found_how[name]} {en}" for name, _, _, en in ways)
    chinese = "，".join(f"{found_how[name]} {sign} {zh}" for name, sign, zh, _ in ways)
    return f"{len(cars)} {'car' if len(cars) == 1 else 'cars'}: {english}", f"{len(cars)} 台车：{chinese}"


def is_finding(entry: CharacteristicResult) -> bool:
    """Whether it is listed among the findings: it is not OK, on a car that came."""
    return entry.inspected and entry.verdict is not Verdict.OK


def _findings(found: Sequence[tuple[CarResult, CharacteristicResult]]) -> Table:
    table = narrow_table("Findings 发现项")
    table.add_column("序号\nno.", no_wrap=True)
    for heading in ("特性\nid", "判定\nverdict", "实测\nvalue", "要求\nrequired", "原因\nreason"):
        table.add_column(heading, overflow="fold")
    for car, entry in found:
        table.add_row(
            str(car.order.sequence),
            f"{entry.id}\n{entry.title.zh}",
            Text("\n").join((styled(entry.verdict), Text(WORDS[entry.verdict][0]))),
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
    return f"{value:+.2f}" if is_signed(entry.method) else f"{value:.2f}"


def show_outcomes(outcomes: Sequence[CarOutcome], console: Console | None = None) -> None:
    """What a line controller knows about its cars."""
    table = narrow_table("Cars 车辆")
    for heading in ("序号\nno.", "VIN", "判定\nverdict", "来源\ncause", "原因\nreason"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        verdict = styled(Verdict(outcome.result.value))
        cause = f"{outcome.cause.value}\n{outcome.cause.in_chinese}"
        table.add_row(str(outcome.sequence), outcome.vin, verdict, cause, outcome.reason)
    (console or terminal()).print(table, markup=False)
