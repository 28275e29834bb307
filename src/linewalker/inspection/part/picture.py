"""Camera evidence as JPEG: what was seen, what was expected, and where they differ."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from linewalker.inspection.part.alignment import Rgb, features
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.part.region import Region
from linewalker.inspection.verdict import Judgement, Verdict
from linewalker.limbs.robot import RgbdImage

_PANE_PX = 260
_BAR_PX = 26
_QUALITY = 85
_LETTER_PX, _WEIGHT = 14, 400
_COLOURS = {Verdict.OK: (26, 127, 55), Verdict.NOK: (198, 40, 40), Verdict.NOT_DECIDABLE: (138, 109, 0)}
_PAPER, _INK = (250, 250, 250), (28, 36, 48)


def sighting_picture(sighting: PartSighting, judgement: Judgement) -> bytes:
    """Three panes: the picture, the rendering of what was recognised, and their difference (JPEG)."""
    colour = _COLOURS[judgement.verdict]
    real = _pane(sighting.real, sighting.box, colour)
    rendered = _pane(sighting.rendered, sighting.box, colour)
    strength = np.linalg.norm(features(sighting.real)[..., :2] - features(sighting.rendered)[..., :2], axis=2)
    grey = np.clip(255 - 900 * strength, 0, 255).astype(np.uint8)
    difference = _pane(np.dstack((grey, grey, grey)), sighting.box, colour)
    captions = ("看到 seen", f"渲染 rendered: {sighting.seen}", "差别 difference")
    panes = [
        np.vstack((pane, _bar(pane.shape[1], text, _INK))) for pane, text in zip((real, rendered, difference), captions)
    ]
    body = np.hstack(panes)
    reason = judgement.reason.title
    heads = (f"{judgement.characteristic}: {judgement.verdict.name}   {reason.zh} {reason.en}", judgement.detail)
    bars = [_bar(body.shape[1], text, colour) for text in heads if text]
    return _jpeg(np.vstack((*bars, body)))


def picture_without_answer(image: RgbdImage, judgement: Judgement, region: Region | None = None) -> bytes:
    """The whole picture, half its size, with the place of the part if it is in it (JPEG)."""
    picture = image.rgb.copy()
    colour = _COLOURS[judgement.verdict]
    if region is not None:
        cv2.rectangle(picture, (region.left, region.top), (region.right, region.bottom), colour, 3)
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    text = f"{judgement.characteristic}: {judgement.reason.title.zh} {judgement.reason.title.en}"
    return _jpeg(np.vstack((_bar(small.shape[1], text, colour), small)))


def _pane(crop: Rgb, box: Region, colour: tuple[int, int, int]) -> Rgb:
    """The crop enlarged to a fixed height, the box marked at its corners so that the part stays free."""
    scale = _PANE_PX / crop.shape[0]
    width = min(max(round(crop.shape[1] * scale), 60), 2 * _PANE_PX)
    scale_x = width / crop.shape[1]
    pane = cv2.resize(crop, (width, _PANE_PX), interpolation=cv2.INTER_CUBIC)
    left, right = round(box.left * scale_x), round(box.right * scale_x)
    top, bottom = round(box.top * scale), round(box.bottom * scale)
    arm = max(6, min(right - left, bottom - top) // 4)
    for x, y, sx, sy in ((left, top, 1, 1), (right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1)):
        cv2.line(pane, (x, y), (x + sx * arm, y), colour, 2)
        cv2.line(pane, (x, y), (x, y + sy * arm), colour, 2)
    return np.asarray(pane, np.uint8)


def _bar(width: int, text: str, colour: tuple[int, int, int]) -> Rgb:
    bar = np.full((_BAR_PX, width, 3), _PAPER, np.uint8)
    cv2.putText(bar, text, (8, 18), colour, _font(), _LETTER_PX, _WEIGHT)
    return bar


@cache
def _font() -> cv2.FontFace:
    """The one that OpenCV brings, Chinese included."""
    return cv2.FontFace("sans")


def _jpeg(rgb: Rgb) -> bytes:
    done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise RuntimeError("OpenCV could not encode a picture")
    return bytes(data)
