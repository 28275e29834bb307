"""What composed orders are made of: names of the example plan, and what people say around them, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from tests.brain.language.words_of_the_example import PLAN

SEAMS = (
    ("fender_left/front_door_left", "左前翼子板和左前门", "left fender to left front door"),
    ("front_door_left/rear_door_left", "左前门与左后门", "left front door to left rear door"),
    ("rear_door_left/body_side_left", "左后门和左侧围", "left rear door to body side"),
    ("charge_flap_right/body_side_right", "充电口盖", "charge flap"),
    ("rear_door_right/body_side_right", "右后门与右侧围", "right rear door to body side"),
    ("front_door_right/rear_door_right", "右前门和右后门", "right front door to right rear door"),
    ("fender_right/front_door_right", "右前翼子板与右前门", "right fender to right front door"),
    ("hood/front_bumper", "发动机罩和前保险杠", "hood to front bumper"),
)
PARTS = (
    ("badge_front", "前标志", "front badge"),
    ("badge_rear", "后型号标识", "rear badge"),
    ("wheel_front_left", "左前轮", "front left wheel"),
    ("wheel_rear_right", "右后轮", "rear right wheel"),
    ("mirror_right", "右后视镜", "right mirror"),
    ("handle_front_left", "左前门把手", "left front door handle"),
    ("plate_rear", "后号牌", "rear plate"),
)
STEMS = ("L1", "L2", "L3", "R1", "R2", "R3", "R4", "F1", "H1", "H2")
SIDES = (
    ("left", ("左侧", "左边", "车的左侧"), ("left side", "left-hand side", "left of the car")),
    ("right", ("右侧", "右边", "车的右侧"), ("right side", "right-hand side", "right of the car")),
    ("front", ("车头", "前面"), ("front", "front end")),
    ("rear", ("车尾", "后面"), ("rear", "rear end")),
)
AREAS = (("closures", "四门两盖", "closures"), ("exterior_trim", "外饰件", "exterior trim"))
METHODS = {"gap": (("间隙", "缝隙"), ("gap", "gaps")), "flush": (("面差", "段差"), ("flush", "flush"))}
CLASSES = {
    "critical": ("关键项", "critical items"),
    "major": ("重要项", "major items"),
    "minor": ("次要项", "minor items"),
}
LEFT_OUT = (
    (("wheels",), "轮子", "wheels"),
    (("wheels",), "所有轮子", "all wheels"),
    (("badge_front",), "前标志", "front badge"),
    (("mirror_right",), "右后视镜", "right mirror"),
    (("plate_rear",), "后号牌", "rear plate"),
    (("charge_flap_right",), "充电口盖", "charge flap"),
    (("hood",), "发动机罩", "hood"),
    (("L2-gap", "L2-flush"), "L2", "L2"),
    (("R3-gap",), "R3间隙", "R3 gap"),
    (("gap",), "间隙", "gaps"),
    (("flush",), "面差", "flush"),
    (("critical",), "关键项", "critical items"),
    (("minor",), "次要项", "minor items"),
)
COUNTS = ((2, "两遍", "twice"), (3, "三次", "three times"), (5, "五遍", "5 times"), (4, "4次", "four times"))
LIMITS = ((90, "九十秒", "90 seconds"), (120, "两分钟", "two minutes"), (150, "两分半钟", "2.5 minutes"),
           (45, "45秒", "45 s"), (60, "一分钟", "a minute"))  # fmt: skip
WITHIN = (("，限时{}", "，{}内完成", "，不超过{}"), (" within {}", ", in at most {}", " in under {}"))
WITHOUT = (
    ("，{}除外", "，但不包括{}", "，{}不用测", "，不要{}", "，跳过{}", "，除了{}"),
    (
        " except the {}",
        ", but not the {}",
        " without the {}",
        ", skip the {}",
        ", leave out the {}",
        " apart from the {}",
    ),
)
POLITE = (
    ("请", "please "), ("麻烦你", "could you "), ("", ""), ("", ""), ("能不能帮我", "can you "), ("嗯，", "uh, "),
    ("师傅，", "hey robot, "), ("好，", "ok, "), ("劳驾", "would you mind, "), ("现在", "now "), ("那就", "alright, "),
)  # fmt: skip
ENDS = (("", ""), ("", ""), ("", ""), ("吧", " please"), ("，谢谢", ", thanks"), ("，辛苦了", ", thank you"))
JOINS = (("，然后", ", then "), ("，再", " and then "), ("，接着", ", after that "), ("，完了再", ", next "),
         ("；然后", "; then "), ("。然后", ". Then "), ("，", " and "), ("，并", ", and "),
         ("，最后", ", finally "))  # fmt: skip


class Plan:
    """The characteristics of the example plan, to tell what is in what."""

    def __init__(self) -> None:
        models = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
        self._areas = {name: set(area["contains"]) for name, area in models["areas"].items()}
        self._items = {c["id"]: c for model in models["models"].values() for c in model["characteristics"]}

    def named(self, names: Iterable[str]) -> set[str]:
        """The ids that names of features, groups, methods, classes and ids stand for."""
        return {i for i, c in self._items.items() if any(self._is(i, c, name) for name in names)}

    @staticmethod
    def _is(identity: str, item: Mapping[str, str], name: str) -> bool:
        panels = item["feature"].split("/")
        return name in (identity, item["feature"], item["method"], item["class"], *panels) or (
            name == "wheels" and item["feature"].startswith("wheel")
        )

    def selected(self, slots: Mapping[str, Any]) -> set[str]:
        """The ids a target has."""
        found = set(self._items)
        if "side" in slots:
            found = {i for i in found if slots["side"] in self._places(i)}
        if "area" in slots:
            found &= self.named(self._areas[slots["area"]])
        for slot in ("classes", "features", "ids"):
            if slot in slots:
                found &= self.named(slots[slot])
        return found

    def _places(self, identity: str) -> set[str]:
        """Where a characteristic is: the hood is in front, whatever it is called."""
        item = self._items[identity]
        words = set(re.split("[/_]", item["feature"])) | set(re.split("[ ,]", item["name"]["en"]))
        ends = {"F": "front", "H": "rear"}
        return {w for w in words if w in ("left", "right")} | {ends.get(identity[0], "")} | ({"front", "rear"} & words)
