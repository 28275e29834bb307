"""The tables at the end of a shift, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
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
    word,
)
from linewalker.factory.handshake.line_handshake import CarOutcome
from linewalker.factory.records.results import NOT_INSPECTED, CarResult, CharacteristicResult, counts
from linewalker.inspection.methods import is_signed
from linewalker.inspection.verdict import Verdict
from linewalker.messages.catalogue import say
from linewalker.messages.language import chosen

_WIDEST_NAME = 24  # columns; where an id or a title is longer, they are folded


def show_cars(cars: Sequence[CarResult], console: Console | None = None) -> None:
    """One line per car, how many came out how, then what is not OK and why; a line has 80 columns if it must."""
    out = console or terminal()
    table = narrow_table(say("Cars"))
    table.padding = 0  # eight columns have to go into 80
    for heading in ("no.", "VIN"):
        table.add_column(say(heading), no_wrap=True)
    for heading in ("model", "verdict"):
        table.add_column(say(heading), overflow="fold")
    table.add_column(say("judged"), no_wrap=True)
    for heading in ("takt s", "walk s", "work s"):
        table.add_column(say(heading), justify="right", no_wrap=True)
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
    out.print(_shares(cars))
    for car in cars:
        if car.interrupted is not None:
            state = say(car.state.value.replace("_", " "))
            text = f"{state}, VIN {car.order.vin}: {car.interrupted.spoken}"
            out.print(Text(text, style="bold yellow"), soft_wrap=True)
        for remark in car_remarks(car):
            out.print(f"VIN {car.order.vin}: {remark.spoken}", soft_wrap=True)
    found = [(car, entry) for car in cars for entry in car.characteristics if is_finding(entry)]
    if found:
        out.print(_findings(found), markup=False)
    for car in cars:
        for event in car.events:
            what = word(EVENT_WORDS[event.kind])
            text = say(f"{what} at {event.time_s:.1f} s, {car.order.vin}: {event.text}")
            out.print(Text(text, style="bold red"), soft_wrap=True)


def _shares(cars: Sequence[CarResult]) -> str:
    """How many came out how, with the signs that stand in the table."""
    found_how = counts(cars)
    ways = [(verdict.name, SIGNS[verdict], WORDS[verdict]) for verdict in Verdict]
    ways.append((NOT_INSPECTED, NOT_INSPECTED_SIGN, NOT_INSPECTED_WORDS))
    shares = ", ".join(f"{found_how[name]} {sign} {word(words)}" for name, sign, words in ways)
    return say(f"{len(cars)} {'car' if len(cars) == 1 else 'cars'}: {shares}")


def is_finding(entry: CharacteristicResult) -> bool:
    """Whether it is listed among the findings: it is not OK, on a car that came."""
    return entry.inspected and entry.verdict is not Verdict.OK


def _findings(found: Sequence[tuple[CarResult, CharacteristicResult]]) -> Table:
    table = narrow_table(say("Findings"))
    table.add_column(say("no."), no_wrap=True)
    longest = max(cell_len(text) for _, entry in found for text in (entry.id, entry.title.spoken))
    table.add_column(say("id"), overflow="fold", no_wrap=longest <= _WIDEST_NAME)
    for heading in (say("verdict"), f"{say('value')}\n{say('required')}", say("reason")):
        table.add_column(heading, overflow="fold")
    for car, entry in found:
        table.add_row(
            str(car.order.sequence),
            f"{entry.id}\n{entry.title.spoken}",
            styled(entry.verdict),
            f"{value_text(entry)}\n{required_text(entry)}",
            entry.reason.title.spoken,
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
    """``3.30 … 4.70 mm``, ``≤ 4.70 mm``, or the variant that was ordered."""
    for limit, other, sign in ((entry.lower, entry.upper, "≥"), (entry.upper, entry.lower, "≤")):
        if limit is not None and other is None:
            return f"{sign} {_number(entry, limit)} {entry.unit}"
    if entry.lower is None or entry.upper is None:
        return "–" if entry.nominal is None else str(entry.nominal)
    return f"{_number(entry, entry.lower)} … {_number(entry, entry.upper)} {entry.unit}"


def _number(entry: CharacteristicResult, value: float) -> str:
    return f"{value:+.2f}" if is_signed(entry.method) else f"{value:.2f}"


def show_outcomes(outcomes: Sequence[CarOutcome], console: Console | None = None) -> None:
    """What a line controller knows about its cars."""
    table = narrow_table(say("Cars"))
    for heading in ("no.", "VIN", "verdict", "cause", "reason"):
        table.add_column(say(heading), no_wrap=heading in ("no.", "VIN"), overflow="fold")
    for outcome in outcomes:
        verdict = styled(Verdict(outcome.result.value))
        cause = chosen(zh=outcome.cause.in_chinese, en=outcome.cause.value)
        table.add_row(str(outcome.sequence), outcome.vin, verdict, cause, say(outcome.reason))
    (console or terminal()).print(table, markup=False)
