"""The tools of a station, by name, and the one place where they are called."""

from __future__ import annotations

from collections.abc import Mapping

from linewalker.brain.language.goal_check import Offer
from linewalker.brain.language.interpretation import Because
from linewalker.console.mcp.moving_tools import MovingTools, unheard
from linewalker.console.mcp.replies import Reply, refusal
from linewalker.console.mcp.shelf import Shelf
from linewalker.console.mcp.telling_tools import TellingTools
from linewalker.console.mcp.tool import Arguments, Report, Tool, objection_to, slow_work
from linewalker.errors import LinewalkerError
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import Assistant


class Tools:
    """The tools of one station.

    Args:
        assistant: the gate in front of it.
        offer: what can be asked for.
        shelf: what is on record.

    Attributes:
        table: all of them, by name.
    """

    def __init__(self, assistant: Assistant, offer: Offer, shelf: Shelf):
        away = slow_work()
        self._assistant = assistant
        self._moving = MovingTools(assistant, offer, away)
        telling = TellingTools(assistant, offer, shelf, away)
        self.table: Mapping[str, Tool] = {**self._moving.table(), **telling.table()}

    async def call(self, name: str, arguments: Arguments, report: Report = unheard) -> Reply:
        """Do what a tool does; whatever is wrong comes back as a refusal with its reason."""
        if name == "stop":  # before anything is looked at
            return await self._moving.stop(arguments, report)
        tool = self.table.get(name)
        if tool is None:
            known = ", ".join(self.table)
            title = Title(zh=f"没有这个工具；可用：{known}", en=f"there is no such tool; there are {known}")
            return refusal(Because(code="unknown_tool", title=title))
        wrong = objection_to(arguments, tool.schema)
        if wrong is not None:
            return refusal(wrong)
        order = arguments.get("order")
        if order is not None and self._assistant.stops(order):  # in words: nothing slow may be before it in a queue
            stopped = await self._moving.stop(arguments, report)
            read = self._assistant.ask(order)
            return Reply(document={"interpretation": read.document(), **stopped.document}, refused=stopped.refused)
        try:
            return await tool.do(arguments, report)
        except LinewalkerError as error:
            return refusal(Because(code=type(error).__name__, title=Title(zh=f"出错：{error}", en=str(error))))
