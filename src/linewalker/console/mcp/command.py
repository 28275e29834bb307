"""``linewalker mcp``: puts the server together, with a station to act in or without one, and serves."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from linewalker.brain.language.interpretation import Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.console.commands import terminable
from linewalker.errors import InputError, MissingPackage
from linewalker.factory.records.database import are_there
from linewalker.station.approval.assistant import Assistant, Desk
from linewalker.station.approval.no_station import NoStation
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.performer import Performer
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.history import read_history
from linewalker.station.order_reading import OrderReading, order_reading
from linewalker.station.record_answers import RecordAnswers
from linewalker.station.run_folder import PROPOSALS_FILE, RECORDS_FILE, make_folder
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.spoken_names import lexicon_of, plan_spoken_of

DONE = 0
TOKEN_VARIABLE = "LINEWALKER_MCP_TOKEN"
_NEEDED = ("mcp", "jsonschema", "uvicorn")


@dataclass(frozen=True, kw_only=True)
class McpOptions:
    """Options of ``linewalker mcp``.

    Attributes:
        folder: of proposals, records and exchanges with a model.
        runs: other folders that questions are answered out of.
        plan: the inspection plan whose names orders may use; None: the example's.
        station: the files of a simulated station to act in; None: nothing can move.
        real_time: its time runs as the wall's does, and the robot is kept standing between orders.
        http: where to listen, ``HOST:PORT``; None: over the pipes of whoever started it.
        token_file: with the token for HTTP.
    """

    folder: Path
    runs: tuple[Path, ...] = ()
    plan: Path | None = None
    station: ShiftFiles | None = None
    real_time: bool = True
    http: str | None = None
    token_file: Path | None = None


def serve_mcp(options: McpOptions) -> int:
    """Serve until whoever started it ends it; returns the exit code.

    Raises:
        InputError: an option makes no sense.
        MissingPackage: the extra is not installed.
    """
    expect_extra()
    from linewalker.console.bearer import Address, read_token
    from linewalker.console.mcp.server import build_server
    from linewalker.console.mcp.serving import serve_http, serve_pipes
    from linewalker.console.mcp.shelf import Shelf
    from linewalker.console.mcp.tools import Tools

    if options.http is None and options.token_file is not None:
        raise InputError("a token is for HTTP; give --http HOST:PORT as well")
    address = None if options.http is None else Address.of_text(options.http)
    token = None if address is None else read_token(address, options.token_file, TOKEN_VARIABLE)
    make_folder(options.folder)
    lexicon, shelf = _lexicon(options), Shelf(options.folder)
    reading = order_reading(lexicon, options.folder, ModelSettings.of_environment())
    with terminable(), suppress(KeyboardInterrupt), _performer(options, lexicon) as performer:
        assistant = _assistant(options, reading, performer, lexicon)
        server = build_server(Tools(assistant, reading.offer, shelf), shelf)
        if address is None or token is None:
            serve_pipes(server)
        else:
            serve_http(server, address, token)
    return DONE


def expect_extra() -> None:
    """
    Raises:
        MissingPackage: what the protocol needs is not installed; says what installs it.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingPackage(
            f"linewalker mcp needs {', '.join(missing)}; install it with: python -m pip install 'linewalker[mcp]'"
        )


def _lexicon(options: McpOptions) -> Lexicon:
    """The names of the plan, and of what is on record when the server starts."""
    folders = [folder for folder in _folders(options) if are_there(folder / RECORDS_FILE)]
    history = read_history(folders) if folders else None
    return lexicon_of(plan_spoken_of(options.plan, history), history=history)


@contextmanager
def _performer(options: McpOptions, lexicon: Lexicon) -> Iterator[Performer]:
    """What moves, as long as the block lasts; whatever runs when it ends is broken off."""
    if options.station is None:
        yield NoStation()
        return
    from linewalker.station.acting.performer import StationPerformer
    from linewalker.station.acting.simulated_workplace import simulated_workplace
    from linewalker.station.simulated_station import read_simulated_shift

    _tell("reading the files, building hall, robot and cars ...")
    shift = read_simulated_shift(options.station)
    with (
        simulated_workplace(
            shift, options.folder, real_time=options.real_time, members=lexicon.members, voice=_tell
        ) as workplace,
        StationPerformer(workplace) as performer,
    ):
        try:
            yield performer
        finally:
            performer.cancel()


def _tell(text: str) -> None:
    """Whoever started it; standard output is the client's."""
    print(text, file=sys.stderr, flush=True)


def _assistant(options: McpOptions, reading: OrderReading, performer: Performer, lexicon: Lexicon) -> Assistant:
    key = OperatorKey.read(options.folder)
    how = "at a terminal; nothing is signed, for there is no operator key" if key is None else "with the passphrase"
    book = ProposalBook(options.folder / PROPOSALS_FILE, time.time)
    desk = Desk(performer=performer, book=book, clock=time.time, key=key)

    def answer(read: Interpretation) -> Interpretation:
        return RecordAnswers(_folders(options), lexicon.members)(read)

    assistant = Assistant(desk, reading.reader, answer)
    if options.station is not None:  # whoever holds the lease of its folder is alone there
        assistant.bury()
        _tell(f"approve with: linewalker approve --out {options.folder} ({how})")
    return assistant


def _folders(options: McpOptions) -> list[Path]:
    """Where records are at this moment: here, as soon as somebody has worked here, and in the other folders."""
    here = options.folder
    return [here, *options.runs] if are_there(here / RECORDS_FILE) or not options.runs else list(options.runs)
