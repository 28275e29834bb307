"""What can be asked for at a station, out of the words orders are read with: its goals, and the names they may hold."""

from __future__ import annotations

from collections.abc import Mapping

from linewalker.brain.language.goal_check import Offer
from linewalker.brain.language.goal_slots import GOALS, GoalRule, SlotKind, SlotRule
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.nouns import POSITIONS
from linewalker.brain.language.vocabulary import SkillWords

_ROLES: Mapping[str, SlotRule] = {
    "object": SlotRule(kind=SlotKind.NAME, meaning="a thing", most=80),
    "objects": SlotRule(kind=SlotKind.NAMES, meaning="things", most=80),
    "place": SlotRule(kind=SlotKind.NAME, meaning="a place", most=80),
    "places": SlotRule(kind=SlotKind.NAMES, meaning="places", most=80),
    "duration_s": SlotRule(kind=SlotKind.NUMBER, meaning="how long", unit="s", least=0.0, most=3600.0),
    "count": SlotRule(kind=SlotKind.COUNT, meaning="how many", least=1, most=100),
    "text": SlotRule(kind=SlotKind.TEXT, meaning="a text that the order spells out", least=1, most=400),
    "music": SlotRule(kind=SlotKind.NAME, meaning="to what", most=80),
    "side": SlotRule(kind=SlotKind.NAME, meaning="a side", most=80, choices=POSITIONS),
}
"""What fills a slot of a pack's skill, by its role."""


def offer_of(lexicon: Lexicon) -> Offer:
    """Our goals and the packs', with the names of catalogue, plan and packs."""
    vocabulary = lexicon.vocabulary
    seams = {seam.name for seam in vocabulary.seams}
    parts, panels = {part.name for part in vocabulary.parts}, {panel.name for panel in vocabulary.panels}
    groups, ids = {noun.plural for noun in lexicon.nouns.values()}, set(lexicon.planned)
    things, places = set(lexicon.things), set(lexicon.places)
    features, areas = seams | parts | panels | groups | things, set(lexicon.areas)
    methods = {item.method for item in vocabulary.planned} | {"gap", "flush", "presence", "variant"}
    methods |= set(vocabulary.methods)
    anywhere = places | set(POSITIONS) | {"home"} | features | ids
    names = {
        "features": features | ids,
        "ids": ids,
        "area": areas,
        "methods": methods,
        "except": features | ids | areas | set(POSITIONS) | methods | {"critical", "major", "minor"},
        "part": parts | panels | groups | things,
        "place": anywhere,
        "places": anywhere,
        "feature": features | ids | areas,
        "characteristic": features | ids,
    }
    own = {name: _rule_of(words) for name, words in lexicon.skills.items() if name not in GOALS}
    return Offer(rules={**GOALS, **own}, names={slot: frozenset(some) for slot, some in names.items() if some})


def _rule_of(words: SkillWords) -> GoalRule:
    return GoalRule(
        title=words.title,
        meaning=words.title.en,
        slots={name: _ROLES[slot.role] for name, slot in words.slots.items()},
        needs=tuple((name,) for name, slot in words.slots.items() if slot.required),
    )
