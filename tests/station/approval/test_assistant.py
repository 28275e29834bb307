"""The gate: nothing begins without leave for exactly that; a stop goes first and takes all leave back."""

import sqlite3
import threading
from pathlib import Path

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.station.approval.assistant import GOOD_FOR_S, MOST_OPEN
from linewalker.station.approval.performer import Phase, Progress, Standing
from linewalker.station.approval.proposal import Filed, ProposalState
from tests.station.approval.samples import HOME, INSPECT, READ_BACK
from tests.station.approval.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """One whose operator has no key."""
    return Shop(tmp_path)


def test_what_was_approved_is_begun_as_it_was_shown_and_once(shop: Shop) -> None:
    filed = shop.approved()
    started = shop.assistant.start(filed.id)
    assert isinstance(started, Filed)
    assert started.state is ProposalState.STARTED
    assert shop.performer.begun == [(filed.id, (INSPECT,), filed.proposal.plan)]
    assert shop.code(filed.id) == "already_started"
    shop.performer.now = Progress(proposal=filed.id, phase=Phase.DONE)
    done = shop.assistant.find(filed.id)
    assert done is not None
    assert done.state is ProposalState.DONE
    assert shop.code(filed.id) == "already_started"
    assert len(shop.performer.begun) == 1


def test_without_leave_nothing_begins(shop: Shop) -> None:
    assert shop.code("k3ta") == "no_such_proposal"
    assert shop.code(shop.proposed().id) == "not_approved"
    assert shop.performer.begun == []


def test_leave_for_one_is_no_leave_for_the_same_again(shop: Shop) -> None:
    first = shop.approved()
    second = shop.proposed()
    assert first.id != second.id
    assert shop.code(second.id) == "not_approved"


def test_leave_runs_out(shop: Shop) -> None:
    filed = shop.approved()
    shop.now_s += GOOD_FOR_S
    assert shop.code(filed.id) == "expired"


@pytest.mark.parametrize("old", ["hood", "61.5", "g1", "measure"])
def test_a_plan_altered_on_disk_is_not_begun(shop: Shop, old: str) -> None:
    filed = shop.approved()
    with sqlite3.connect(shop.book.path) as connection:
        connection.execute("UPDATE proposals SET document = REPLACE(document, ?, '99')", (old,))
    assert shop.code(filed.id) == "altered"
    assert shop.performer.begun == []


def test_another_plan_or_robot_than_was_approved_is_not_begun(shop: Shop) -> None:
    filed = shop.approved()
    shop.performer.plan_fingerprint = "cd" * 32
    assert shop.code(filed.id) == "plan_changed"
    shop.performer.plan_fingerprint, shop.performer.robot = "ab" * 32, "walker"
    assert shop.code(filed.id) == "other_robot"
    assert shop.performer.begun == []


def test_while_the_robot_works_nothing_else_begins_and_leave_is_kept(shop: Shop) -> None:
    first, second = shop.approved(), shop.approved()
    shop.assistant.start(first.id)
    assert shop.code(second.id) == "busy"
    shop.performer.now = Progress(proposal=first.id, phase=Phase.DONE)
    assert isinstance(shop.assistant.start(second.id), Filed)


def test_what_the_performer_refuses_has_failed_with_its_reason(shop: Shop) -> None:
    filed = shop.approved()
    shop.performer.refusal = Because(code="blocked", title=filed.proposal.read_back)
    assert shop.code(filed.id) == "blocked"
    found = shop.book.find(filed.id)
    assert found is not None
    assert (found.state, found.because) == (ProposalState.FAILED, shop.performer.refusal)


def test_of_many_who_start_it_at_once_one_does(shop: Shop) -> None:
    filed = shop.approved()
    gate, threads = threading.Barrier(6), []

    def start() -> None:
        gate.wait()
        shop.assistant.start(filed.id)

    for _ in range(6):
        threads.append(threading.Thread(target=start))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len(shop.performer.begun) == 1


# -------------------------------------------------------------------- stop
def test_a_stop_goes_to_the_performer_and_takes_leave_back(shop: Shop) -> None:
    open_, approved = shop.proposed(), shop.approved()
    shop.assistant.stop()
    assert shop.performer.stops >= 1
    assert {shop.code(open_.id), shop.code(approved.id)} == {"cancelled"}


@pytest.mark.parametrize("how", ["ask", "propose"])
def test_a_stop_in_words_or_as_a_goal_stops_too(shop: Shop, how: str) -> None:
    if how == "ask":
        assert shop.assistant.ask("stop").goals == (Goal(skill="stop"),)
    else:
        answer = shop.assistant.propose([HOME, Goal(skill="stop")])
        assert isinstance(answer, Because)
    assert shop.performer.stops >= 1
    assert shop.performer.begun == []


def test_a_stop_that_comes_while_something_is_started_stops_that(shop: Shop) -> None:
    filed = shop.approved()
    advance = shop.book.advance

    def stopped_in_between(proposal_id: str, state: ProposalState, **more: object) -> bool:
        done = advance(proposal_id, state, **more)
        if state is ProposalState.STARTED:
            thread = threading.Thread(target=shop.assistant.stop)
            thread.start()
            while not shop.performer.stops:
                pass
        return done

    shop.book.advance = stopped_in_between  # type: ignore[method-assign]
    assert shop.code(filed.id) == "stopped"
    assert shop.performer.begun == []


@pytest.mark.parametrize(
    ("standing", "stopped"),
    [
        (Standing(time_s=9.0, speed_m_s=0.004, still_s=0.5, stop="holding"), True),
        (Standing(time_s=9.0, speed_m_s=0.004, still_s=0.1, stop="holding"), False),
        (Standing(time_s=9.0, speed_m_s=0.4, still_s=0.0, stop="stopping"), False),
        (Standing(time_s=9.0, speed_m_s=0.004, still_s=0.5, stop=""), False),
        (Standing(time_s=9.0, speed_m_s=None, still_s=0.5, stop="holding"), False),
    ],
)
def test_it_says_stopped_only_of_what_was_measured(shop: Shop, standing: Standing, stopped: bool) -> None:
    shop.performer.stands = standing
    report = shop.assistant.stop_report()
    assert report.stopped is stopped
    assert report.said.en.startswith("stopped:") is stopped
    assert report.said.zh.startswith("已停止：") is stopped


# -------------------------------------------------------------------- the rest
def test_a_question_is_answered_and_an_order_only_understood(shop: Shop) -> None:
    assert shop.assistant.ask("which cars failed?").answer == "42"
    assert shop.assistant.ask("measure the hood gap").answer is None
    assert shop.performer.begun == []


def test_an_operator_is_not_flooded(shop: Shop) -> None:
    for _ in range(MOST_OPEN):
        shop.proposed()
    answer = shop.assistant.propose([INSPECT])
    assert isinstance(answer, Because)
    assert answer.code == "too_many_proposals"
    shop.now_s += GOOD_FOR_S
    shop.proposed()


def test_what_can_not_be_planned_is_not_filed(shop: Shop) -> None:
    shop.performer.refusal = Because(code="unreachable", title=READ_BACK)
    assert shop.assistant.propose([INSPECT]) == shop.performer.refusal
    assert shop.assistant.proposals() == ()


def test_a_cancel_takes_back_or_breaks_off(shop: Shop) -> None:
    waiting, running = shop.approved(), shop.approved()
    shop.assistant.start(running.id)
    taken = shop.assistant.cancel(waiting.id)
    assert isinstance(taken, Filed)
    assert taken.state is ProposalState.CANCELLED
    shop.assistant.cancel(running.id)
    assert shop.performer.cancels == 1
    shop.performer.now = Progress(proposal=running.id, phase=Phase.CANCELLED)
    found = shop.assistant.find(running.id)
    assert found is not None
    assert (found.state, found.because and found.because.code) == (ProposalState.CANCELLED, "cancelled")


def test_what_ran_when_a_program_died_does_not_run_again(shop: Shop, tmp_path: Path) -> None:
    filed = shop.approved()
    shop.assistant.start(filed.id)
    later = Shop(tmp_path)
    later.assistant.bury()
    assert later.code(filed.id) == "already_started"
    found = later.book.find(filed.id)
    assert found is not None
    assert (found.state, found.because and found.because.code) == (ProposalState.FAILED, "program_ended")
    assert later.performer.begun == []
