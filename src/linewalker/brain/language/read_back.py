"""Goals said back in words, for a person to confirm before anything moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.intentions import SIDES
from linewalker.brain.language.lexicon import Lexicon
from linewalker.inspection.severity import SEVERITIES
from linewalker.inspection.title import Title

_METHODS = {
    "gap": Title(zh="间隙", en="gap"),
    "flush": Title(zh="面差", en="flush"),
    "presence": Title(zh="有无", en="presence"),
    "variant": Title(zh="型号", en="variant"),
}
_DONE = {
    "home": Title(zh="回原位", en="go home"),
    "stop": Title(zh="停止", en="stop"),
    "pause": Title(zh="暂停", en="pause"),
    "resume": Title(zh="继续", en="resume"),
    "status": Title(zh="报告状态", en="tell the status"),
}
_ASKED = {
    "results": Title(zh="查询结果", en="look up results"),
    "why": Title(zh="查询原因", en="look up the reason"),
    "compare": Title(zh="比较", en="compare"),
}
_SLOTS = {
    "vin": Title(zh="车辆 {}", en="car {}"),
    "verdict": Title(zh="判定 {}", en="verdict {}"),
    "feature": Title(zh="{}", en="{}"),
    "characteristic": Title(zh="{}", en="{}"),
    "side": Title(zh="{}", en="{}"),
    "shift": Title(zh="班次 {}", en="shift {}"),
    "since": Title(zh="自{}起", en="since {}"),
    "statistic": Title(zh="统计{}", en="statistic {}"),
    "by": Title(zh="按 {}", en="by {}"),
    "seconds": Title(zh="{} 秒", en="for {} s"),
    "music": Title(zh="音乐：{}", en="to {}"),
    "visitors": Title(zh="{} 位访客", en="{} visitors"),
    "places": Title(zh="到 {}", en="to {}"),
}
_DAYS = {
    "today": Title(zh="今天", en="today"),
    "yesterday": Title(zh="昨天", en="yesterday"),
    "this_week": Title(zh="本周", en="this week"),
    "last_week": Title(zh="上周", en="last week"),
    "this_month": Title(zh="本月", en="this month"),
}
_STATISTICS = {
    "count": "数量", "share": "比例", "mean": "平均值", "median": "中位数", "spread": "标准差", "range": "极差",
    "min": "最小值", "max": "最大值", "sum": "总和", "worst": "最差", "best": "最好", "most": "最多", "least": "最少",
    "list": "清单", "reason": "原因", "takt": "节拍", "touches": "接触", "when": "时间",
}  # fmt: skip
"""Words of statistics in Chinese; others are said as they are."""


def read_back(goals: Sequence[Goal], lexicon: Lexicon, language: str) -> str:
    """What will be done or told, one step after the other.

    Args:
        goals: in order.
        lexicon: knows what things are called.
        language: ``zh`` or ``en``.
    """
    zh = language == "zh"

    def name_of(name: str) -> str:
        title = SIDES.get(name) or _METHODS.get(name) or SEVERITIES.get(name) or lexicon.titles.get(name)
        return name if title is None else title.zh if zh else title.en

    steps = [_step(goal, lexicon, name_of, zh) for goal in goals]
    text = ("；然后" if zh else "; then ").join(steps)
    return text[:1].upper() + text[1:] + ("。" if zh else ".") if text else ""


def _step(goal: Goal, lexicon: Lexicon, name_of: Callable[[str], str], zh: bool) -> str:
    slots = goal.slots
    if goal.skill in _DONE:
        return _in(_DONE[goal.skill], zh)
    if goal.skill == "inspect":
        return _inspect(slots, name_of, zh)
    if goal.skill == "look":
        return f"看{name_of(str(slots['part']))}" if zh else f"look at the {name_of(str(slots['part']))}"
    if goal.skill == "go_to":
        return _go_to(slots, name_of, zh)
    if goal.skill == "wait":
        return f"等 {slots['seconds']:g} 秒" if zh else f"wait {slots['seconds']:g} s"
    if goal.skill == "say":
        return f"说“{slots['text']}”" if zh else f'say "{slots["text"]}"'
    title = _ASKED.get(goal.skill) or lexicon.skills[goal.skill].title
    said = [_slot(name, value, name_of, zh) for name, value in slots.items()]
    return _in(title, zh) + ("：" if zh and said else ": " if said else "") + ("，" if zh else ", ").join(said)


def _slot(name: str, value: Slot, name_of: Callable[[str], str], zh: bool) -> str:
    frame = _SLOTS.get(name, Title(zh=f"{name} {{}}", en=f"{name} {{}}"))
    if name == "since" and value in _DAYS:
        return _in(_DAYS[str(value)], zh)
    if name == "statistic" and zh:
        return frame.zh.format("".join(_STATISTICS.get(word, word) for word in str(value).split()))
    return _in(frame, zh).format(_value(value, name_of, zh))


def _inspect(slots: Mapping[str, Slot], name_of: Callable[[str], str], zh: bool) -> str:
    what = [name_of(name) for key in ("features", "ids") for name in names_in(slots.get(key, ()))]
    what += [name_of(str(slots[key])) for key in ("side", "area") if key in slots]
    parts = [("、" if zh else ", ").join(what) or ("计划中的全部" if zh else "everything in the plan")]
    for key in ("methods", "classes"):
        if key in slots:
            names = ("和" if zh else " and ").join(name_of(name) for name in names_in(slots[key]))
            only = f"只量{names}" if key == "methods" else f"只查{names}项"
            parts.append(only if zh else f"{names} only")
    if "except" in slots:
        names = ("、" if zh else ", ").join(name_of(name) for name in names_in(slots["except"]))
        parts.append(f"{names}除外" if zh else f"except {names}")
    if "times" in slots:
        parts.append(f"{slots['times']} 遍" if zh else f"{slots['times']} times")
    if "within_s" in slots:
        parts.append(f"{slots['within_s']:g} 秒之内" if zh else f"within {slots['within_s']:g} s")
    if "vin" in slots:
        parts.append(f"车辆 {slots['vin']}" if zh else f"on car {slots['vin']}")
    return ("检查：" if zh else "inspect ") + ("，" if zh else ", ").join(parts)


def _go_to(slots: Mapping[str, Slot], name_of: Callable[[str], str], zh: bool) -> str:
    if "place" in slots:
        return f"走到{name_of(str(slots['place']))}" if zh else f"go to the {name_of(str(slots['place']))}"
    turn = ""
    if "yaw_deg" in slots:
        turn = f"，朝向 {slots['yaw_deg']:g} 度" if zh else f", facing {slots['yaw_deg']:g} deg"
    where = f"x {slots['x_m']:g} m, y {slots['y_m']:g} m"
    return f"走到 {where}{turn}" if zh else f"go to {where}{turn}"


def names_in(value: Slot) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _value(value: Slot, name_of: Callable[[str], str], zh: bool) -> str:
    if isinstance(value, tuple):
        return ("、" if zh else ", ").join(name_of(name) for name in value)
    return name_of(value) if isinstance(value, str) else f"{value:g}"


def _in(title: Title, zh: bool) -> str:
    return title.zh if zh else title.en
