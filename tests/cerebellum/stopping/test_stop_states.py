"""Laws of the stop's states, whatever is measured and whatever is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.stopping.stop_states import Evidence, StopCause, StopLogic, StopState
from linewalker.errors import MotionRefused

TICK_S = 0.02
ALLOWED = {
    (StopState.RUNNING, StopState.STOPPING),
    (StopState.STOPPING, StopState.HOLDING),
    (StopState.HOLDING, StopState.STOPPING),
    (StopState.HOLDING, StopState.LOWERING),
    (StopState.LOWERING, StopState.STOPPING),
    (StopState.LOWERING, StopState.TORQUE_OFF),
    *((state, StopState.FALLEN) for state in StopState if state not in (StopState.FALLEN, StopState.TORQUE_OFF)),
}

measured = st.builds(
    dict,
    causes=st.frozensets(st.sampled_from([StopCause.REQUEST, StopCause.COMMANDS_LOST]), max_size=1),
    standing=st.booleans(),
    held=st.booleans(),
    low=st.booleans(),
    fallen=st.sampled_from([False] * 30 + [True]),
)
# what is measured stays as it is for some ticks, else nothing is ever confirmed
stretches = st.lists(
    st.tuples(measured, st.integers(1, 30), st.sampled_from(["", "", "lower", "acknowledge"])), max_size=12
)


class Record:
    """A run of the logic: evidence, state and whether the latch was released, tick by tick."""

    def __init__(self, story):
        self.logic, self.seen, self.states, self.released = StopLogic(), [], [StopState.RUNNING], []
        for values, ticks, order in story:
            freed = self.order(order)
            for _ in range(ticks):
                evidence = Evidence(time_s=TICK_S * len(self.seen), **values)
                self.seen.append(evidence)
                self.released.append(freed)
                freed = False
                self.states.append(self.logic.update(evidence))

    def order(self, name):
        try:
            if name:
                getattr(self.logic, name)()
        except MotionRefused:
            return False
        return name == "acknowledge"

    def last(self, seconds, end):
        """What was seen in the last seconds before tick ``end``, itself included; None if that began later."""
        ticks = round(seconds / TICK_S) + 1
        return self.seen[end + 1 - ticks : end + 1] if end + 1 >= ticks else None


@given(stretches)
def test_only_the_drawn_transitions_happen_each_confirmed_by_what_was_seen(story):
    record = Record(story)
    for tick, (was, state) in enumerate(zip(record.states, record.states[1:])):
        if record.released[tick]:
            was = StopState.RUNNING
        if state is was:
            continue
        assert (was, state) in ALLOWED
        if state is StopState.HOLDING:
            assert all(evidence.held and evidence.standing for evidence in record.last(0.06, tick))
        if state is StopState.TORQUE_OFF:
            assert all(evidence.low and evidence.standing for evidence in record.last(0.3, tick))
        if state is StopState.FALLEN:
            assert record.seen[tick].fallen


@given(stretches)
def test_a_cause_stops_at_once_and_only_an_acknowledgement_lets_it_run(story):
    record = Record(story)
    latched = False
    for evidence, state, released in zip(record.seen, record.states[1:], record.released):
        latched = (latched and not released) or bool(evidence.causes) or evidence.fallen
        assert (state is not StopState.RUNNING) == latched


@given(stretches, stretches)
def test_nothing_leads_out_of_torque_off_and_a_fall(story, more):
    record = Record(story)
    end = record.logic.state
    longer = Record(story + more)
    if end in (StopState.TORQUE_OFF, StopState.FALLEN):
        assert set(longer.states[len(record.states) :]) <= {end}
        with pytest.raises(MotionRefused):
            longer.logic.acknowledge()


@given(stretches)
def test_commands_pass_exactly_while_it_runs(story):
    logic = Record(story).logic
    if logic.state is StopState.RUNNING:
        logic.require_running()
        assert not logic.causes
    else:
        assert logic.causes
        with pytest.raises(MotionRefused, match=next(iter(logic.causes)).value):
            logic.require_running()


def test_it_does_not_run_again_while_the_cause_is_there():
    logic = StopLogic()
    lost = frozenset({StopCause.COMMANDS_LOST})
    for tick in range(10):
        logic.update(Evidence(time_s=TICK_S * tick, causes=lost, held=True))
    assert logic.state is StopState.HOLDING
    with pytest.raises(MotionRefused, match="no command"):
        logic.acknowledge()
    logic.update(Evidence(time_s=1.0, held=True))
    logic.acknowledge()
    assert logic.state is StopState.RUNNING


def test_a_running_robot_is_not_lowered():
    with pytest.raises(MotionRefused, match="request a stop"):
        StopLogic().lower()


def test_lowering_may_be_asked_for_before_it_holds():
    logic = StopLogic()
    logic.update(Evidence(time_s=0.0, causes=frozenset({StopCause.REQUEST})))
    logic.lower()
    states = [logic.update(Evidence(time_s=TICK_S * tick, held=True)) for tick in range(1, 10)]
    assert states[-1] is StopState.LOWERING
    assert states.index(StopState.HOLDING) < states.index(StopState.LOWERING)
