"""Presence and variant: what a plan asks about a part, judged from a picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.method import Feature, Limits, Method, Need, Picture, TrueAnswer, TrueCar
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.part.picture import picture_without_answer, sighting_picture
from linewalker.inspection.part.presence import MISSING, NONE
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Undecided, Verdict
from linewalker.plantfile import Node

PRESENT = "present"


@dataclass(frozen=True, kw_only=True, eq=False)
class PartQuestion:
    """Is the right part there?

    Presence asks whether something is mounted where the order wants something, and nothing where it wants nothing;
    variant asks for the right one as well. The value is ``present``, a variant, or ``missing``.

    Attributes:
        part: which.
        only_presence: any variant will do.
        limits: the nominal value is the variant that must be there whatever is ordered, or None.
    """

    part: Part
    only_presence: bool
    limits: Limits

    @property
    def need(self) -> Need:
        """A picture of the part; one picture tells presence and variant."""
        return Need(skill="look_at_part", parameters={"part": self.part.name})

    def judge(self, characteristic: str, evidence: PartLook, options: Mapping[str, str]) -> Judgement:
        """What is seen against what was ordered."""
        expected, found = self.expected_variant(options), evidence.sighting
        if isinstance(found, Undecided):
            time_s = evidence.image.time_s
            return self.limits.undecided(characteristic, found.reason, found.detail, time_s, expected)
        there, wanted = found.seen not in (MISSING, NONE), expected != NONE
        if self._in_order(found.seen, expected):
            verdict, reason = Verdict.OK, Reason.PART_AS_ORDERED
        elif not there:
            verdict, reason = Verdict.NOK, Reason.PART_MISSING
        else:
            verdict, reason = Verdict.NOK, Reason.WRONG_VARIANT if wanted else Reason.PART_NOT_ORDERED
        return Judgement(
            characteristic=characteristic,
            verdict=verdict,
            reason=reason,
            detail=", ".join(f"{name} {answer:.2f}" for name, answer in found.answers.items()),
            value=self._word(found.seen),
            expected=expected,
            time_s=found.time_s,
        )

    def draw(self, evidence: PartLook, judgement: Judgement, _title: Title) -> Picture:
        """Picture, rendering and difference, or the picture in which nothing was recognised."""
        seen = evidence.sighting
        if isinstance(seen, Undecided):
            return Picture(suffix=".jpg", content=picture_without_answer(evidence.image, judgement))
        return Picture(suffix=".jpg", content=sighting_picture(seen, judgement))

    def true_answer(self, car: TrueCar) -> TrueAnswer:
        """What is mounted."""
        mounted, expected = car.mounted(self.part.name), self.expected_variant(car.options)
        return TrueAnswer(value=self._word(mounted), good=self._in_order(mounted, expected))

    def expected_variant(self, options: Mapping[str, str]) -> str:
        """The variant that must be seen on a car with these options (complete)."""
        nominal = self.limits.nominal
        return nominal if isinstance(nominal, str) else self.part.ordered_variant(options)

    def _in_order(self, seen: str, expected: str) -> bool:
        there, wanted = seen not in (MISSING, NONE), expected != NONE
        return there == wanted and (self.only_presence or not wanted or seen == expected)

    def _word(self, seen: str) -> str:
        if seen in (MISSING, NONE):
            return MISSING
        return PRESENT if self.only_presence else seen


def part_named(node: Node, catalogue: VehicleCatalogue, who_need: str) -> Part:
    """The part that a plan's ``feature`` names; ``who_need``: the words before "a part" in a message.

    Raises:
        InputError: there is none of that name.
    """
    return catalogue.parts[Feature.PART.named(node, catalogue, who_need)]


def _read(only_presence: bool, node: Node, catalogue: VehicleCatalogue) -> PartQuestion:
    part = part_named(node["feature"], catalogue, "presence and variant need")
    nominal = node["nominal"].choice(part.variants, f"variant of {part.name}") if "nominal" in node else None
    return PartQuestion(part=part, only_presence=only_presence, limits=Limits(nominal=nominal))


PRESENCE = Method(
    title=Title(zh="有无", en="presence"),
    feature=Feature.PART,
    optional=("nominal",),
    read=partial(_read, True),
)
VARIANT = Method(
    title=Title(zh="型号", en="variant"),
    feature=Feature.PART,
    optional=("nominal",),
    read=partial(_read, False),
)
