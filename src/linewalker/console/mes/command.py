"""``linewalker mes``: serves a plant system beside a station, and takes lists of orders out of a folder."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from linewalker.console.bearer import Address, BearerGate, Token, read_token
from linewalker.console.commands import terminable
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError, StorageFault
from linewalker.factory.listening import listen_at
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_folder import Intake, OrderFolder
from linewalker.messages.catalogue import say
from linewalker.station.inputs import load_models, read_inspection_plan
from linewalker.station.run_folder import ORDERS_FILE, RECORDS_FILE, make_folder

DONE = 0
TOKEN_VARIABLE = "LINEWALKER_MES_TOKEN"
_LOOK_S = 1.0
_MOST_AT_ONCE, _KEEP_ALIVE_S = 64, 5


@dataclass(frozen=True, kw_only=True)
class MesOptions:
    """Options of ``linewalker mes``.

    Attributes:
        folder: of the station.
        http: where to listen, ``HOST:PORT``; None: nowhere.
        token_file: with the token that requests have to bring.
        certificate, key: PEM, for HTTPS; None: plain HTTP.
        orders_from: folder of lists of orders; None: none.
        plan: orders are checked against it; None: the station does that when a car comes.
    """

    folder: Path
    http: str | None = None
    token_file: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    orders_from: Path | None = None
    plan: Path | None = None


def serve_mes(options: MesOptions) -> int:
    """Serve until somebody interrupts; returns the exit code.

    Raises:
        InputError: an option makes no sense, or another program serves this folder.
    """
    if options.http is None and options.orders_from is None:
        raise InputError("say where orders come from: --http HOST:PORT, --orders-from DIR, or both")
    if (options.certificate is None) != (options.key is None):
        raise InputError("a certificate and its key belong together; give both or none", key="--certificate")
    console = terminal()
    address = None if options.http is None else Address.of_text(options.http)
    token = None if address is None else read_token(address, options.token_file, TOKEN_VARIABLE)
    make_folder(options.folder)
    models = None
    if options.plan is not None:
        with waiting("loading the vehicle models", console):
            loaded = load_models()
            plan = read_inspection_plan(options.plan, loaded)
            models = {name: orderable for name, orderable in loaded.options.items() if name in plan.models}
    book = OrderBook(options.folder / ORDERS_FILE)
    with _alone(options.folder), terminable(), suppress(KeyboardInterrupt):
        inbox = None if options.orders_from is None else OrderFolder(options.orders_from, book, models)
        if inbox is not None:
            console.print(say(f"lists of orders are taken from {options.orders_from}"), soft_wrap=True)
        if address is None or token is None:
            assert inbox is not None
            _look_again_and_again(inbox, threading.Event(), console)
            return DONE
        from linewalker.console.mes.application import Counter, application

        counter = Counter(orders=book, records=options.folder / RECORDS_FILE, models=models)
        with _looked_into(inbox, console):
            _serve(BearerGate(application(counter), token), address, token, options, console)
    return DONE


def _serve(gate: BearerGate, address: Address, token: Token, options: MesOptions, console: Console) -> None:
    import uvicorn

    scheme = "http" if options.certificate is None else "https"
    host = f"[{address.host}]" if ":" in address.host else address.host
    listener = listen_at(f"{scheme}://{host}:{address.port}", address.host, address.port)
    url = f"{scheme}://{host}:{listener.getsockname()[1]}"
    console.print(say(f"orders and results at {url}; end with Ctrl-C"), soft_wrap=True)
    if token.made_up:
        console.print(say(f"token of this start: {token.secret}"), soft_wrap=True)
    if options.certificate is None and not address.loopback:
        console.print(say("warning: without --certificate the token goes over the network in clear"), style="yellow")
    config = uvicorn.Config(
        gate,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_KEEP_ALIVE_S,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
    )
    uvicorn.Server(config).run([listener])


@contextmanager
def _looked_into(inbox: OrderFolder | None, console: Console) -> Iterator[None]:
    """A folder is looked into, in a thread, as long as the block lasts."""
    if inbox is None:
        yield
        return
    end = threading.Event()
    looking = threading.Thread(target=_look_again_and_again, args=(inbox, end, console), name="orders")
    looking.start()
    try:
        yield
    finally:
        end.set()
        looking.join()


def _look_again_and_again(inbox: OrderFolder, end: threading.Event, console: Console) -> None:
    told = ""
    while not end.wait(_LOOK_S):
        try:
            for intake in inbox.look():
                console.print(Text(_in_words(intake)), soft_wrap=True)
            told = ""
        except StorageFault as fault:  # the disk is full, or away: what lies there is taken when it is back
            if str(fault) != told:
                told = str(fault)
                console.print(Text(f"{fault}; trying again"), style="yellow", soft_wrap=True)


def _in_words(intake: Intake) -> str:
    if intake.problem:
        return f"refused: {intake.problem}"
    return f"taken: {intake.file.name}, {', '.join(f'{n} {fate.value}' for fate, n in intake.fates.items())}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else takes orders in there; the kernel ends that with the program."""
    with (folder / f".{ORDERS_FILE}.in-use").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError("another program takes orders in for this folder; end it first", file=folder) from None
        yield
