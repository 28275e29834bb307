"""Codes: what a plan asks about the code on a part, judged against the order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.code.reader import SYMBOLOGIES, Code, read_codes
from linewalker.inspection.method import Feature, Limits, Method, Need, Picture, TrueAnswer, TrueCar
from linewalker.inspection.part.alignment import SEARCH_PX
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.part.picture import picture_without_answer
from linewalker.inspection.part.presence import MISSING, PartSighting
from linewalker.inspection.part.question import part_named
from linewalker.inspection.part.region import Region
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Undecided, Verdict
from linewalker.plantfile import Node, allowed_text

VIN = "vin"
_PLACE = re.compile(r"\{([^{}]*)\}")
_SHOWN_LETTERS = 80
_MARGIN_PX, _ENLARGED = 60, 6
_MARK = (255, 180, 0)


@dataclass(frozen=True, kw_only=True, eq=False)
class CodeQuestion:
    """Does the code on a part say what the order says?

    Attributes:
        part: which.
        content: what it must say: a text in which ``{vin}`` and ``{an option}`` stand for what the order has.
        symbologies: which kinds of code may be read.
    """

    part: Part
    content: str
    symbologies: tuple[str, ...]

    @property
    def limits(self) -> Limits:
        """None: a code is right or wrong."""
        return Limits()

    @property
    def need(self) -> Need:
        """A picture of the part."""
        return Need(skill="look_at_part", parameters={"part": self.part.name})

    def judge(self, characteristic: str, evidence: PartLook, options: Mapping[str, str]) -> Judgement:
        """What is read against what was ordered; what is not read is not decided, unless the part itself is missing."""
        expected, time_s, region = (
            self.expected_text(evidence.pictures.vin, options),
            evidence.image.time_s,
            evidence.region,
        )
        if isinstance(region, Undecided):
            return self.limits.undecided(characteristic, region.reason, region.detail, time_s, expected)
        texts = list(dict.fromkeys(code.text for code in self._codes(evidence, region)))
        if len(texts) > 1:
            said = " and ".join(_shown(text) for text in texts)
            return self.limits.undecided(characteristic, Reason.AMBIGUOUS, f"codes say {said}", time_s, expected)
        if not texts and not (isinstance(seen := evidence.sighting, PartSighting) and seen.seen == MISSING):
            kinds, (width, height) = " or ".join(self.symbologies), region.size
            detail = f"no {kinds} is read; {self.part.name} takes {width} x {height} px of the picture"
            return self.limits.undecided(characteristic, Reason.CODE_UNREADABLE, detail, time_s, expected)
        found = texts[0] if texts else MISSING
        reason = Reason.PART_AS_ORDERED if found == expected else Reason.WRONG_CODE if texts else Reason.PART_MISSING
        return Judgement(
            characteristic=characteristic,
            verdict=Verdict.OK if reason is Reason.PART_AS_ORDERED else Verdict.NOK,
            reason=reason,
            value=_shown(found),
            expected=expected,
            time_s=time_s,
        )

    def draw(self, evidence: PartLook, judgement: Judgement, _title: Title) -> Picture:
        """The place of the part, enlarged, with the outline of each code that was read."""
        image, region = evidence.image, evidence.region
        if isinstance(region, Undecided):
            return Picture(suffix=".jpg", content=picture_without_answer(image, judgement))
        height, width = image.rgb.shape[:2]
        crop = region.grown(_MARGIN_PX, width, height)
        shown = cv2.resize(crop.cut(image.rgb), None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
        for code in self._codes(evidence, region):
            outline = np.round((code.corners_px - [crop.left, crop.top]) * _ENLARGED).astype(np.int32)
            cv2.polylines(shown, [outline], True, _MARK, 4)
        enlarged = replace(image, rgb=np.asarray(shown, np.uint8))
        return Picture(suffix=".jpg", content=picture_without_answer(enlarged, judgement))

    def true_answer(self, car: TrueCar) -> TrueAnswer:
        """What is printed on the code of the part."""
        text = car.code(self.part.name)
        return TrueAnswer(value=text or MISSING, good=text == self.expected_text(car.vin, car.options))

    def expected_text(self, vin: str, options: Mapping[str, str]) -> str:
        """What the code must say on the car with this number and these options (complete)."""
        return _PLACE.sub(lambda place: vin if place[1] == VIN else options[place[1]], self.content)

    def _codes(self, evidence: PartLook, region: Region) -> list[Code]:
        """Those in the region, which may lie a little beside; corners in the whole picture."""
        height, width = evidence.image.rgb.shape[:2]
        window = region.grown(SEARCH_PX, width, height)
        codes = read_codes(window.cut(evidence.image.rgb), self.symbologies)
        return [replace(code, corners_px=code.corners_px + [window.left, window.top]) for code in codes]


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"


def _read(node: Node, catalogue: VehicleCatalogue) -> CodeQuestion:
    content = node["content"].text() if "content" in node else f"{{{VIN}}}"
    known = (VIN, *catalogue.options)
    for name in _PLACE.findall(content):
        if name not in known:
            raise node["content"].error(f"{{{name}}} is neither {{{VIN}}} nor an option; {allowed_text(name, known)}")
    kinds = node["symbology"].one_or_more() if "symbology" in node else ()
    symbologies = tuple(dict.fromkeys(kind.choice(SYMBOLOGIES, "symbology") for kind in kinds))
    return CodeQuestion(
        part=part_named(node["feature"], catalogue, "codes need"),
        content=content,
        symbologies=symbologies or tuple(SYMBOLOGIES),
    )


CODE = Method(
    title=Title(zh="条码", en="code"),
    feature=Feature.PART,
    optional=("content", "symbology"),
    read=_read,
)
