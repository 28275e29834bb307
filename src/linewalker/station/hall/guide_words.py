"""What visitors ask of any guide: phrases of ours, filled in with the names of the exhibits of a hall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from linewalker.brain.language.vocabulary import NamedThing, SkillWords
from linewalker.brain.places import Place
from linewalker.brain.route import Waypoint
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile
from linewalker.station.hall.hall import ALL, Told

ASKED = "asked/"
"""Before the name of a question it makes a skill: to be asked is an order to answer."""
_BESIDE_M = 0.3


@lru_cache
def guide_words() -> Node:
    """The phrases."""
    return PlantFile.read(Path(__file__).with_name("guide_words.yaml"))


def counted(exhibits: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Exhibits that are also called the first, the second ..., and all of them under one name more.

    A word that one of them has already stays with it.
    """
    taken = {word.casefold() for thing in exhibits for word in names_of(thing)}
    numbered = [
        NamedThing(name=thing.name, title=thing.title, words=(*thing.words, *_free(_nth(place), taken)))
        for place, thing in enumerate(exhibits, start=1)
    ]
    everything = Title(zh="全部展品", en="all exhibits")
    return (*numbered, NamedThing(name=ALL, title=everything, words=_free(_phrases("all"), taken)))


def names_of(thing: NamedThing) -> tuple[str, ...]:
    """All names of a thing, in both languages, as one says them."""
    return tuple(dict.fromkeys((thing.title.zh, thing.title.en, *thing.words)))


def questions(
    exhibits: Sequence[NamedThing],
    places: Iterable[NamedThing],
    there: Mapping[str, Place],
    told: Mapping[str, Told],
    cited: Mapping[str, str],
) -> Iterator[tuple[SkillWords, Told]]:
    """What is asked of each exhibit and place, and of all exhibits, with the answers.

    Args:
        exhibits, places: by all their names.
        there: where they are, ``home`` among them.
        told: of exhibits, by name.
        cited: where in the file places, exhibits, and all of these stand, by name.
    """
    for thing in exhibits:
        title = Title(zh=f"介绍{thing.title.zh}", en=f"tell what the {thing.title.en} is")
        yield _asked(f"what_{thing.name}", title, "what", names_of(thing)), told[thing.name]
    for thing in (*exhibits, *places):
        title = Title(zh=f"说明{thing.title.zh}在哪里", en=f"tell where the {thing.title.en} is")
        where = _whereabouts(thing.title, there[thing.name].stance, there["home"].stance)
        yield (
            _asked(f"where_{thing.name}", title, "where", names_of(thing)),
            Told(title=where, source=cited[thing.name]),
        )
    names = [thing.title.en for thing in exhibits]
    listed = Title(
        zh=f"有{'、'.join(thing.title.zh for thing in exhibits)}。",
        en=f"There is the {', the '.join(names[:-1])}{' and the ' if names[1:] else ''}{names[-1]}.",
    )
    title = Title(zh="说明有哪些展品", en="tell what there is to see")
    yield _asked("which", title, "which", ("",)), Told(title=listed, source=cited[ALL])


def _asked(name: str, title: Title, kind: str, names: Iterable[str]) -> SkillWords:
    """A question as the skill that answers it."""
    verbs = [phrase.replace("{}", word) for phrase in _phrases(kind) for word in names if _goes(phrase, word)]
    return SkillWords(name=f"{ASKED}{name}", title=title, verbs=tuple(dict.fromkeys(verbs)))


def _goes(phrase: str, word: str) -> bool:
    """Whether phrase and word are in one language."""
    return not word or phrase.isascii() == word.isascii()


def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(entry.text() for entry in guide_words()[kind].entries())


def _nth(place: int) -> Iterator[str]:
    nth = guide_words()["nth"]
    for form, *numerals in (("zh", "hanzi"), ("en", "numbers"), ("first", "ordinals")):
        for numeral in numerals:
            words = [entry.text() for entry in nth[numeral].entries()]
            said = [words[place - 1]] if place <= len(words) else []
            digits = [] if form == "first" else [str(place)]
            yield from (entry.text().replace("{}", number) for entry in nth[form].entries() for number in said + digits)


def _free(words: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.casefold() not in taken)


def _whereabouts(name: Title, stance: Waypoint, home: Waypoint) -> Title:
    """Where somebody stands before it, as seen by a robot that waits at home."""
    away = stance.p - home.p
    ahead_m = float(np.cos(home.yaw) * away[0] + np.sin(home.yaw) * away[1])
    left_m = float(-np.sin(home.yaw) * away[0] + np.cos(home.yaw) * away[1])
    zh, en = [], []
    for far_m, (zh_more, zh_less), (en_more, en_less) in (
        (ahead_m, ("前方", "后方"), ("ahead", "behind")),
        (left_m, ("左侧", "右侧"), ("to the left", "to the right")),
    ):
        if abs(far_m) >= _BESIDE_M:
            zh.append(f"{zh_more if far_m > 0 else zh_less} {abs(far_m):.1f} 米")
            en.append(f"{abs(far_m):.1f} m {en_more if far_m > 0 else en_less}")
    if not en:
        return Title(zh=f"{name.zh}就在我等候的地方。", en=f"The {name.en} is where I wait.")
    return Title(
        zh=f"从我等候处看，{name.zh}在{'、'.join(zh)}。",
        en=f"Seen from where I wait, the {name.en} is {' and '.join(en)}.",
    )
