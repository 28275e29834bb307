"""A finite state machine of OPC UA (OPC 10000-16, 4.4): states and transitions as a type has them, and where it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asyncua import ua
from asyncua.server.address_space import AddressSpace

from linewalker.factory.opcua.standards.instances import Instance, target_of
from linewalker.factory.opcua.standards.model_import import value_of

_T, _I = ua.VariantType, ua.ObjectIds
_FROM, _TO = ua.NodeId(_I.FromState), ua.NodeId(_I.ToState)
_COMPONENT = ua.NodeId(_I.HasComponent)
_NUMBERS = ("StateNumber", "TransitionNumber")

Show = Callable[[ua.NodeId, ua.DataValue], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class State:
    """A state or a transition of a type."""

    id: ua.NodeId
    name: str
    number: int

    @property
    def text(self) -> ua.LocalizedText:
        """What people read."""
        return ua.LocalizedText(self.name, "en")


@dataclass(frozen=True, kw_only=True)
class Transition(State):
    """From one state to another."""

    before: State
    after: State


class StateMachine:
    """Shows where one is.

    Args:
        space: of the server.
        type_id: which has the states.
        instance: where it is shown.
        path: of the machine in the instance.

    Attributes:
        at: its state; None while it is not active.
    """

    def __init__(self, space: AddressSpace, type_id: ua.NodeId, instance: Instance, path: str = ""):
        self._instance, self._path = instance, f"{path}." if path else ""
        parts = [one for one in space[type_id].references if one.IsForward and one.ReferenceTypeId == _COMPONENT]
        found = [(one.NodeId, one.BrowseName.Name, _number(space, one.NodeId)) for one in parts]
        self.states: dict[ua.NodeId | None, State] = {
            id: State(id=id, name=name, number=number)
            for id, name, number in found
            if number is not None and target_of(space, id, _FROM) is None
        }
        self._transitions = [
            Transition(id=id, name=name, number=number, before=before, after=after)
            for id, name, number in found
            if number is not None
            and (before := self.states.get(target_of(space, id, _FROM))) is not None
            and (after := self.states.get(target_of(space, id, _TO))) is not None
        ]
        self.at: State | None = None

    def named(self, name: str) -> State:
        """One of its states."""
        return next(state for state in self.states.values() if state.name == name)

    def way(self, target: State) -> list[Transition]:
        """The fewest transitions that lead from where it is to a state, those that need no call first; empty: none."""
        assert self.at is not None
        ordered = sorted(self._transitions, key=lambda one: not one.name.endswith("Auto"))
        ways: dict[State, list[Transition]] = {self.at: []}
        waiting = deque([self.at])
        while waiting and target not in ways:
            here = waiting.popleft()
            for one in ordered:
                if one.before == here and one.after not in ways:
                    ways[one.after] = [*ways[here], one]
                    waiting.append(one.after)
        return ways.get(target, [])

    async def enter(self, state: State | None, show: Show, transition: Transition | None = None) -> None:
        """Show that it is there now, and how it came there."""
        self.at = state
        inactive = ua.StatusCode(ua.StatusCodes.BadStateNotActive)
        content: list[tuple[str, Any, ua.VariantType]] = [
            ("CurrentState", state and state.text, _T.LocalizedText),
            ("CurrentState.Id", state and state.id, _T.NodeId),
            ("CurrentState.Number", state and state.number, _T.UInt32),
        ]
        if transition is not None:
            content += [
                ("LastTransition", transition.text, _T.LocalizedText),
                ("LastTransition.Id", transition.id, _T.NodeId),
                ("LastTransition.Number", transition.number, _T.UInt32),
                ("LastTransition.TransitionTime", datetime.now(UTC), _T.DateTime),
            ]
        for path, value, kind in content:
            if (node := self._instance.get(self._path + path)) is not None:
                held = ua.DataValue(StatusCode=inactive) if value is None else ua.DataValue(ua.Variant(value, kind))
                await show(node, held)


def _number(space: AddressSpace, node: ua.NodeId) -> int | None:
    for reference in space[node].references:
        if reference.IsForward and reference.BrowseName.Name in _NUMBERS:
            number = value_of(space[reference.NodeId], ua.AttributeIds.Value)
            return int(number)
    return None
