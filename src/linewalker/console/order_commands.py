"""``linewalker ask`` with a station to act in, and ``linewalker chat``: orders in words, to a simulated station."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from linewalker.brain.language.goal_slots import GOALS
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.memory.journal import Entry
from linewalker.console.ask_command import show
from linewalker.console.conversation import CONFIRM, YES, Conversation, Ears
from linewalker.console.report import write_report
from linewalker.console.summary import show_cars
from linewalker.console.terminal import terminal
from linewalker.factory.records.records import Records
from linewalker.station.acting.nobody import Nobody
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.approval.assistant import Reader
from linewalker.station.approval.performer import Phase
from linewalker.station.order_reading import order_reading
from linewalker.station.record_answers import RecordAnswers
from linewalker.station.run_folder import RECORDS_FILE, REPORT_FILE, make_folder
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import read_simulated_shift
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of

DONE, FAULT = 0, 1
_SILENT = frozenset({"task_done", "order_begun", "pause_asked", "went_on_asked", "stop_asked"})
"""Entries of the journal that tell a person nothing that he does not see or hear besides."""
_QUIT = frozenset(["exit", "bye", "goodbye", "退出", "再见", "拜拜", "结束对话"])


@dataclass(frozen=True, kw_only=True)
class OrderOptions:
    """Options of both commands besides their files.

    Attributes:
        folder: for records, evidence, pictures, and the journal.
        real_time: hold the pace of the wall clock.
        yes: begin what is read back without asking.
    """

    folder: Path
    real_time: bool = False
    yes: bool = False


def act_on(order: str, files: ShiftFiles, dialogue: Sequence[str], options: OrderOptions, *, as_json: bool) -> int:
    """``linewalker ask`` with a shift: one order, read back, confirmed, carried out; returns the exit code.

    With ``as_json`` nothing is asked, and nothing moves unless ``yes`` is given.

    Raises:
        InputError: a file is wrong.
        StationFault: after all that was judged is on disk.
    """
    with _at_station(files, options, print_entries=not as_json) as there:
        read = there.reader.read(order, dialogue)
        if read.course is Course.ANSWER:
            read = there.answer(read)
        draft = there.performer.prepare(read.goals) if read.course is Course.ACT else None
        if isinstance(draft, Because):
            read = replace(read, course=Course.REFUSE, because=draft, read_back="")
        elif draft is not None:
            read = replace(read, plan=draft.plan)
        there.language = read.language
        show(read, as_json=as_json)
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
        _show_results(options.folder)
    return DONE if phase is Phase.DONE else FAULT


def chat(files: ShiftFiles | None, options: OrderOptions) -> int:
    """``linewalker chat``: a dialogue until its end; returns the exit code.

    Args:
        files: of a station to act in; None: nothing moves, and names are those of the example plan.
        options: as above.

    Raises:
        InputError: a file is wrong.
        StationFault: after all that was judged is on disk.
    """
    opened = _understanding(EXAMPLE_PLAN, options) if files is None else _at_station(files, options, print_entries=True)
    with opened as there:
        ears = Ears(
            reader=there.reader, answer=there.answer, say=there.say, show=lambda read: show(read, as_json=False)
        )
        conversation = Conversation(there.performer, ears, at_once=options.yes)
        there.speaks = conversation
        live = sys.stdin.isatty()
        _converse(there, conversation, _typed(there, conversation) if live else sys.stdin, live=live)
        _wait(there.performer)
        if there.performer.fault is not None:
            raise there.performer.fault
    if files is not None:
        _show_results(options.folder)
    return DONE


def _converse(there: _There, conversation: Conversation, lines: Iterable[str], *, live: bool) -> None:
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


@dataclass(kw_only=True)
class _There:
    """Somebody that can be spoken to.

    Attributes:
        performer: who moves.
        reader, answer: understand and answer.
        say: to the person.
        language: in which what happens is told, where there is no dialogue.
        speaks: the dialogue.
    """

    performer: StationPerformer | Nobody
    reader: Reader
    answer: Callable[[Interpretation], Interpretation]
    say: Callable[[str], None]
    language: str = "zh"
    speaks: Conversation | None = None

    def tell(self, entry: Entry) -> None:
        """An entry of the journal, to a person."""
        language = self.language if self.speaks is None else self.speaks.language
        if entry.code not in _SILENT:
            self.say(f"[{entry.time_s:6.1f} s] {entry.text.zh if language == 'zh' else entry.text.en}")


@contextlib.contextmanager
def _at_station(files: ShiftFiles, options: OrderOptions, *, print_entries: bool) -> Iterator[_There]:
    console = terminal()
    heard: list[_There] = []

    def listen(entry: Entry) -> None:
        if print_entries and heard:
            heard[0].tell(entry)

    def say(text: str) -> None:
        console.print(text, soft_wrap=True)

    with console.status("reading the files, loading the vehicle models ...") as status:
        shift = read_simulated_shift(files)
        make_folder(options.folder)
        lexicon = lexicon_of(files.plan)
        reading = order_reading(lexicon, options.folder, ModelSettings.of_environment())
        status.update("building hall, robot and cars ...")
        opened = contextlib.ExitStack()
        place = opened.enter_context(
            simulated_workplace(
                shift,
                options.folder,
                real_time=options.real_time,
                members=lexicon.members,
                listen=listen,
                voice=lambda text: say(f"“{text}”"),
            )
        )
    with opened, StationPerformer(place) as performer:
        there = _There(performer=performer, reader=reading.reader, answer=RecordAnswers([options.folder]), say=say)
        heard.append(there)
        yield there


@contextlib.contextmanager
def _understanding(plan: Path | None, options: OrderOptions) -> Iterator[_There]:
    """Without a station."""
    console = terminal()
    reading = order_reading(lexicon_of(plan), options.folder, ModelSettings.of_environment())
    yield _There(
        performer=Nobody(),
        reader=reading.reader,
        answer=RecordAnswers([options.folder]),
        say=lambda text: console.print(text, soft_wrap=True),
    )


def _confirmed(there: _There) -> bool:
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


def _typed(there: _There, conversation: Conversation) -> Iterator[str]:
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


def _show_results(folder: Path) -> None:
    with Records(folder / RECORDS_FILE) as book:
        run = book.last_run()
        cars = () if run is None else run.cars()
    if cars:
        console = terminal()
        report = write_report(folder / RECORDS_FILE, folder / REPORT_FILE)
        show_cars(cars, console)
        console.print(f"report: {report}", soft_wrap=True)
