"""The tools that only tell: ask, why, results, compare, look, features. Even there an order to stop stops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from linewalker.brain.language.goal_check import GoalCall, Offer, check_goals
from linewalker.brain.language.goal_schema import slots_schema
from linewalker.brain.language.interpretation import Because, Course
from linewalker.console.mcp.replies import Reply, refusal, title_document
from linewalker.console.mcp.shelf import Shelf
from linewalker.console.mcp.tool import AFTER, LANGUAGE, ORDER, Arguments, Away, Report, Tool
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import Assistant

_TELLING = ("why", "results", "compare")
_MOST_PICTURES = 50


class TellingTools:
    """See the module.

    Args:
        assistant: understands and answers.
        offer: what can be asked for.
        shelf: what is on record.
        away: does slow things in threads.
    """

    def __init__(self, assistant: Assistant, offer: Offer, shelf: Shelf, away: Away):
        self._assistant, self._offer, self._shelf, self._away = assistant, offer, shelf, away

    def table(self) -> Mapping[str, Tool]:
        """By name."""
        told = {
            name: Tool(
                title=rule.title.en.capitalize(),
                meaning=f"{rule.meaning.capitalize()}, from records alone, with citations.",
                properties=slots_schema(rule, self._offer.names)["properties"] | {"language": LANGUAGE},
                do=self._teller(name),
            )
            for name, rule in self._offer.rules.items()
            if name in _TELLING
        }
        return {
            "ask": Tool(
                title="Ask",
                meaning="Understand an order, or answer a question from records. Moves nothing; a stop stops.",
                properties={"order": ORDER, "after": AFTER},
                required=("order",),
                do=self._ask,
            ),
            **told,
            "look": Tool(
                title="Look",
                meaning="The evidence pictures on record of a characteristic or feature. Moves nothing.",
                properties={
                    "vin": {"type": "string", "maxLength": 40, "description": "of the car, or its last digits"},
                    "characteristic": {"type": "string", "maxLength": 80, "description": "id or feature"},
                },
                do=self._look,
            ),
            "features": Tool(
                title="Features",
                meaning="What can be named here: features, ids, places, areas, methods; and the kinds of goals.",
                do=self._features,
            ),
        }

    async def _ask(self, arguments: Arguments, _report: Report) -> Reply:
        read = await self._away(self._assistant.ask, arguments["order"], tuple(arguments.get("after", ())))
        return Reply(document={"interpretation": read.document()}, refused=read.course is Course.REFUSE)

    def _teller(self, skill: str) -> Callable[[Arguments, Report], Awaitable[Reply]]:
        async def tell(arguments: Arguments, _report: Report) -> Reply:
            slots = {name: value for name, value in arguments.items() if name != "language"}
            goals = check_goals([GoalCall(skill, slots)], self._offer)
            if isinstance(goals, Because):
                return refusal(goals)
            told = await self._away(self._assistant.tell, goals[0], arguments.get("language", "en"))
            return Reply(document={"interpretation": told.document()}, refused=told.course is Course.REFUSE)

        return tell

    async def _look(self, arguments: Arguments, _report: Report) -> Reply:
        pages = await self._away(self._shelf.pictures, arguments.get("vin", ""), arguments.get("characteristic", ""))
        if not pages:
            title = Title(zh="没有这样的图片记录", en="there is no such picture on record")
            return refusal(Because(code="no_picture", title=title))
        return Reply(document={"pictures": [{"uri": page.uri, "title": page.title} for page in pages[:_MOST_PICTURES]]})

    async def _features(self, _arguments: Arguments, _report: Report) -> Reply:
        names = {slot: sorted(names) for slot, names in self._offer.names.items()}
        goals = {
            skill: title_document(rule.title) | {"slots": list(rule.slots)} for skill, rule in self._offer.rules.items()
        }
        return Reply(document={"names": names, "goals": goals})
