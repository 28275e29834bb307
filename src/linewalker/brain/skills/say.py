"""Say something: the text is shown or spoken by whatever voice the station gave the robot."""

from __future__ import annotations

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.inspection.title import Title

_S_PER_HANZI, _S_PER_LETTER = 0.22, 0.06
"""About four syllables, or fifteen letters, a second."""


class Say(Act):
    """The evidence is the text."""

    title = Title(zh="说", en="say something")
    parameters = (Parameter(name="text", meaning="what to say, in any language", kind=str),)

    def cost_s(self, values: Values) -> float:
        """As long as one listens to it."""
        return sum(_S_PER_HANZI if ord(letter) > 0x2E7F else _S_PER_LETTER for letter in str(values["text"]))

    def act(self, values: Values) -> Routine[Outcome]:
        """Say it, and stand until it is said."""
        self.equipment.voice(str(values["text"]))
        yield from self.equipment.operator.wait(self.cost_s(values))
        return Outcome(evidence=values["text"])
