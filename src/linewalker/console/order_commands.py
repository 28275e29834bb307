"""``linewalker ask`` with a station to act in, and ``linewalker chat``: orders in words, to a simulated station."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from linewalker.brain.language.goal_slots import GOALS
from linewalker.brain.language.interpretation import Because, Course
from linewalker.console.ask_command import show
from linewalker.console.conversation import CONFIRM, YES, Conversation, Ears
from linewalker.console.listener import Listener, OrderOptions, listener
from linewalker.console.report import write_report
from linewalker.console.speech_session import open_speech
from linewalker.console.summary import show_cars
from linewalker.console.terminal import terminal
from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from linewalker.messages.catalogue import say
from linewalker.station.acting.nobody import Nobody
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.approval.performer import Phase
from linewalker.station.run_folder import RECORDS_FILE, REPORT_FILE
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.spoken_names import EXAMPLE_PLAN

DONE, FAULT = 0, 1
_QUIT = frozenset(["exit", "bye", "goodbye", "退出", "再见", "拜拜", "结束对话"])


def act_on(
    order: str,
    dialogue: Sequence[str],
    options: OrderOptions,
    *,
    heard: Mapping[str, str] | None = None,
    as_json: bool,
) -> int:
    """``linewalker ask`` with somewhere to act: one order, read back, confirmed, carried out; returns the exit code.

    With ``as_json`` nothing is asked, and nothing moves unless ``yes`` is given.

    Raises:
        InputError: a file is wrong.
        StationFault: after all that was judged is on disk.
    """
    with listener(replace(options, quiet=as_json)) as there:
        read = there.reader.read(order, dialogue)
        if read.course is Course.ANSWER:
            read = there.answer(read)
        draft = there.performer.prepare(read.goals) if read.course is Course.ACT else None
        if isinstance(draft, Because):
            read = replace(read, course=Course.REFUSE, because=draft, read_back="")
        elif draft is not None:
            read = replace(read, plan=draft.plan)
        there.language = read.language
        show(read, heard=heard, as_json=as_json)
        if draft is None or isinstance(draft, Because):
            return DONE
        if not as_json:
            there.say(draft.read_back.zh if read.language == "zh" else draft.read_back.en)
        if not options.yes and (as_json or not _confirmed(there)):
            return DONE
        against = there.performer.begin("O1", read.goals, draft.plan)
        assert against is None, "nothing else runs"
        _wait(there.performer)
        phase = there.performer.progress().phase
        if there.performer.fault is not None:
            raise there.performer.fault
    if not as_json:
        _show_results(options)
    return DONE if phase is Phase.DONE else FAULT


def chat(options: OrderOptions, *, speech: bool = False) -> int:
    """``linewalker chat``: a dialogue until its end; returns the exit code. With ``speech`` orders may be said, too.

    Raises:
        InputError: a file is wrong.
        StationFault: after all that was judged is on disk.
    """
    if speech and options.yes:
        raise InputError("what was heard is read back and confirmed: leave out --yes, or --speech")
    plan = options.place.plan if isinstance(options.place, ShiftFiles) else options.plan or EXAMPLE_PLAN
    spoken = open_speech(plan) if speech else None
    with listener(options) as there:
        ears = Ears(
            reader=there.reader,
            answer=there.answer,
            say=there.say if spoken is None else spoken.aloud(there.say),
            show=lambda read: show(read, as_json=False),
        )
        conversation = Conversation(there.performer, ears, at_once=options.yes)
        there.speaks = conversation
        live = sys.stdin.isatty()
        lines = _typed(there, conversation) if live else iter(sys.stdin)
        if spoken is not None:
            lines = spoken.lines(lines, there.say)
        _converse(there, conversation, lines, live=live)
        _wait(there.performer)
        if there.performer.fault is not None:
            raise there.performer.fault
    _show_results(options)
    return DONE


def _converse(there: Listener, conversation: Conversation, lines: Iterable[str], *, live: bool) -> None:
    """Hear lines one after the other. Nobody has to wait for a plan or a model to be heard when he says stop.

    Args:
        there, conversation: who is spoken to.
        lines: what is said.
        live: by a person, who means all that was said before by a stop, also what nobody has thought about so far.
    """
    heard: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hears") as mind:
        for line in lines:
            if line.strip().lower() in _QUIT:
                break
            pending = live and not all(one.done() for one in heard)
            if (there.performer.busy or pending) and there.reader.stops(line):
                conversation.halt()
            heard.append(mind.submit(conversation.hear, line, conversation.halts))
            broken = any(one.done() and one.exception() is not None for one in heard)
            if broken or there.performer.fault is not None:
                break
    for one in heard:
        one.result()


def _confirmed(there: Listener) -> bool:
    there.say(CONFIRM.zh if there.language == "zh" else CONFIRM.en)
    return sys.stdin.readline().strip().lower() in YES


def _wait(performer: StationPerformer | Nobody) -> None:
    """Until nothing runs; Ctrl-C stops the robot, and is waited for as well."""
    while True:
        try:
            performer.wait()
            return
        except KeyboardInterrupt:
            performer.request_stop()


def _typed(there: Listener, conversation: Conversation) -> Iterator[str]:
    """Lines that a person types, with history and completion; below them, what the robot does."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    words = sorted({*GOALS, *(rule.title.zh for rule in GOALS.values()), "停"})

    def below() -> str:
        now = conversation.status()
        return now.zh if conversation.language == "zh" else now.en

    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(),
        completer=WordCompleter(words, sentence=True),
        complete_while_typing=False,
        bottom_toolbar=below,
        refresh_interval=0.5,
    )
    with patch_stdout():
        while True:
            try:
                yield session.prompt("> ")
            except KeyboardInterrupt:
                if not there.performer.busy:
                    return
                conversation.stop()
            except EOFError:
                return


def _show_results(options: OrderOptions) -> None:
    """Of a station that worked."""
    if not isinstance(options.place, ShiftFiles):
        return
    folder = options.folder
    with Records(folder / RECORDS_FILE) as book:
        run = book.last_run()
        cars = () if run is None else run.cars()
    if cars:
        console = terminal()
        report = write_report(folder / RECORDS_FILE, folder / REPORT_FILE)
        show_cars(cars, console)
        console.print(say(f"report: {report}"), soft_wrap=True)
