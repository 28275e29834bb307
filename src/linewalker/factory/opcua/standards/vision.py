"""OPC 40100-1 Machine Vision: the station as a vision system, with one job at a time and no continuous mode.

What each state and each field means on this station is in docs/standards.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, LineMode, StationImage
from linewalker.factory.opcua.standards.calls import Caller, Calls
from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.line_driver import LineDriver
from linewalker.factory.opcua.standards.model_server import ORDINARY, SERIOUS, Happening, ModelServer, structure
from linewalker.factory.opcua.standards.state_machine import State, StateMachine, Transition
from linewalker.factory.opcua.standards.told import ToldResult
from linewalker.factory.opcua.standards.vision_results import VisionResults

MACHINE = "VisionStateMachine"
AUTOMATIC = f"{MACHINE}.AutomaticModeStateMachine"
_SYSTEM, _MACHINE_TYPE, _AUTOMATIC_TYPE = 1003, 1017, 1021
_STATE_CHANGED, _ERROR, _RESOLVED = 1018, 1019, 1020
_JOB_STARTED, _READY, _RESULT_READY, _ACQUISITION_DONE = 1013, 1023, 1024, 1025
_WHERE = ("CurrentState.Number", "LastTransition", "LastTransition.Number", "LastTransition.TransitionTime")
_OPTIONAL = frozenset(
    {
        AUTOMATIC,
        "ResultManagement",
        "ResultManagement.ReleaseResultHandle",
        f"{MACHINE}.SelectModeAutomatic",
        *(f"{machine}.{name}" for machine in (MACHINE, AUTOMATIC) for name in _WHERE),
    }
)
NOT_READY, ONE_OF_BOTH, NO_SEQUENCE = 2, 3, 4
"""Errors of StartSingleJob; others are the status codes with which the station's image answers a write."""


def state_of(line: LineImage, said: StationImage) -> tuple[str, str | None]:
    """The states of the vision system and of its automatic mode, by name."""
    if said.fault_code:
        return "Error", None
    if said.cycle_stopped:
        return "Halted", None
    if line.mode not in (LineMode.AUTOMATIC, LineMode.BYPASS):
        return "Preoperational", None
    if said.busy or said.done:
        return "Operational", "SingleExecution"
    return "Operational", "Ready" if said.ready else "Initialized"


class VisionSystem:
    """See the module.

    Args:
        server: where it is shown.
        calls: where its methods are served.
        index: of the namespace of Machine Vision.
        parent: whose component it becomes.
        driver: through which its methods speak.
        results: what has been told, in its words.
    """

    def __init__(
        self,
        server: ModelServer,
        calls: Calls,
        *,
        index: int,
        parent: ua.NodeId,
        driver: LineDriver,
        results: VisionResults,
    ):
        self._server, self._index, self._driver, self._results = server, index, driver, results
        self._object = Instance(
            server.space,
            self._type(_SYSTEM),
            parent=parent,
            name="Linewalker.Vision",
            index=server.own,
            optional=_OPTIONAL,
        )
        self._machine = StateMachine(server.space, self._type(_MACHINE_TYPE), self._object, MACHINE)
        self._automatic = StateMachine(server.space, self._type(_AUTOMATIC_TYPE), self._object, AUTOMATIC)
        kinds = (_STATE_CHANGED, _ERROR, _RESOLVED, _JOB_STARTED, _READY, _RESULT_READY, _ACQUISITION_DONE)
        server.promise(self._object, [self._type(kind) for kind in kinds])
        calls.serve(self._object, f"{AUTOMATIC}.StartSingleJob", self._start, acts=True)
        calls.serve(self._object, f"{AUTOMATIC}.Abort", self._abort, acts=True)
        calls.serve(self._object, f"{MACHINE}.Halt", self._halt, acts=True)
        calls.serve(self._object, f"{MACHINE}.Reset", self._reset, acts=True)
        calls.serve(self._object, f"{MACHINE}.SelectModeAutomatic", self._select_automatic, acts=True)
        for name in ("StartContinuous", "Stop"):
            calls.close(self._object, f"{AUTOMATIC}.{name}")
        results.serve(calls, self._object)

    def _type(self, identifier: int) -> ua.NodeId:
        return ua.NodeId(identifier, self._index)

    # ------------------------------------------------------------------ what it shows
    async def begin(self) -> None:
        """As a system begins."""
        await self._machine.enter(self._machine.named("Preoperational"), self._server.show)
        await self._automatic.enter(None, self._server.show)

    async def follow(self, line: LineImage, before: StationImage, now: StationImage, told: ToldResult | None) -> None:
        """Show what the station says now, and tell what happened."""
        state, automatic = state_of(line, now)
        if now.busy and not before.busy:
            await self._tell(_JOB_STARTED, "a job has started", JobId=structure(self._results.job(now.job_id)))
        await self._go(self._machine, state)
        if automatic is None:
            if self._automatic.at is not None:
                await self._automatic.enter(None, self._server.show)
        else:
            if self._automatic.at is None:
                await self._automatic.enter(self._automatic.named("Initialized"), self._server.show)
            await self._go(self._automatic, automatic)
        if before.busy and now.done:
            await self._tell(
                _ACQUISITION_DONE, "the robot has seen all", JobId=structure(self._results.job(now.job_id))
            )
        if told is not None:
            await self._tell(_RESULT_READY, f"result: {told.result.name}", **self._results.fields(told))
        if automatic == "Ready" and not before.ready:
            await self._tell(_READY, "a job can start", JobId=structure(self._results.job(before.job_id)))

    async def _go(self, machine: StateMachine, name: str) -> None:
        target = machine.named(name)
        if machine.at == target:
            return
        was_in_error = machine.at is not None and machine.at.name == "Error"
        way = machine.way(target)
        for transition in way:
            await machine.enter(transition.after, self._server.show, transition)
            await self._tell_transition(_STATE_CHANGED, transition)
        if not way:
            await machine.enter(target, self._server.show)
        if name == "Error":
            await self._tell_transition(_ERROR, way[-1] if way else None, severity=SERIOUS)
        elif was_in_error:
            await self._tell_transition(_RESOLVED, way[-1] if way else None)

    async def _tell_transition(self, kind: int, transition: Transition | None, severity: int = ORDINARY) -> None:
        """With the fields of a TransitionEventType (OPC 10000-16, 4.4.16)."""
        if transition is None:
            return
        entries = {"Transition": transition, "FromState": transition.before, "ToState": transition.after}
        fields: dict[str, ua.Variant] = {}
        for name, one in entries.items():
            fields |= _named(name, one)
        await self._server.tell(
            Happening(
                type=self._type(kind),
                source=self._object,
                message=f"{transition.before.name} -> {transition.after.name}",
                fields=fields,
                severity=severity,
            )
        )

    async def _tell(self, kind: int, message: str, **fields: ua.Variant) -> None:
        await self._server.tell(Happening(type=self._type(kind), source=self._object, message=message, fields=fields))

    # ------------------------------------------------------------------ what is called
    async def _start(
        self, caller: Caller, measurement: Any, part: Any, recipe: Any, product: Any, parameters: Any
    ) -> Sequence[Any]:
        model, nothing = [one.Id for one in (recipe, product) if one is not None and one.Id], self._results.job("")
        if self._automatic.at is None or self._automatic.at.name != "Ready":
            return nothing, NOT_READY
        if len(model) != 1:
            return nothing, ONE_OF_BOTH
        sequence = "" if measurement is None else measurement.Id
        if not (sequence.isascii() and sequence.isdigit() and int(sequence) < 2**32):
            return nothing, NO_SEQUENCE
        options = [one.Value if isinstance(one, ua.Variant) else one for one in parameters or ()]
        vin = "" if part is None else part.Id or ""
        order = {"vin": vin, "type_code": model[0], "sequence_no": int(sequence), "options": "".join(options[:1])}
        code = await self._driver.start(caller, order)
        return (nothing if code else self._results.job(f"{vin}-{sequence}")), _signed(code)

    async def _abort(self, caller: Caller, _cause: int, _description: str) -> Sequence[Any]:
        return (_signed(await self._driver.say(caller, start_inspect=False)),)

    async def _halt(self, caller: Caller, _cause: int, _description: str) -> Sequence[Any]:
        return (_signed(await self._driver.say(caller, stop_at_end_of_cycle=True)),)

    async def _reset(self, caller: Caller, _cause: int, _description: str) -> Sequence[Any]:
        if self._machine.at is not None and self._machine.at.name == "Error":
            return (_signed(await self._driver.reset(caller)),)
        return (_signed(await self._driver.say(caller, stop_at_end_of_cycle=False, mode=LineMode.MANUAL)),)

    async def _select_automatic(self, caller: Caller) -> Sequence[Any]:
        return (_signed(await self._driver.say(caller, mode=LineMode.AUTOMATIC)),)


def _named(name: str, one: State) -> dict[str, ua.Variant]:
    return {
        name: ua.Variant(one.text, ua.VariantType.LocalizedText),
        f"{name}/Id": ua.Variant(one.id, ua.VariantType.NodeId),
        f"{name}/Number": ua.Variant(one.number, ua.VariantType.UInt32),
    }


def _signed(code: int) -> int:
    """A status code in the Int32 that an Error is."""
    return code - 2**32 if code >= 2**31 else code
