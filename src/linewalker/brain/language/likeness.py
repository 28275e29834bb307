"""How alike two words are, letter by letter."""

from __future__ import annotations

_PREFIX, _PREFIX_WEIGHT, _ALIKE = 4, 0.1, 0.7


def slips_between(one: str, other: str) -> int:
    """Least number of insertions, deletions, changes and swaps of neighbours that make one word of the other.

    Optimal string alignment: no letter is touched twice. A column of the table of distances is kept as two integers,
    whose bits say where it rises and where it falls (Hyyro 2003, "A bit-vector algorithm for computing Levenshtein and
    Damerau edit distances", figure 9).
    """
    if not one or not other:
        return len(one) + len(other)
    whole, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    rises, falls, same, before, distance = whole, 0, 0, 0, len(one)
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~same & here) << 1) & before
        same = (((here & rises) + rises) ^ rises | here | falls | swapped) & whole
        up, down = falls | (~(same | rises) & whole), same & rises
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & whole, (down << 1) & whole
        rises, falls, before = down | (~(same | up) & whole), up & same, here
    return distance


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1: letters that are about where they should be (Jaro 1989), those at the
    beginning counting more (Winkler 1990)."""
    alike = _letters_in_place(one, other)
    if alike <= _ALIKE:
        return alike
    begins = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return alike + min(begins, _PREFIX) * _PREFIX_WEIGHT * (1.0 - alike)


def _letters_in_place(one: str, other: str) -> float:
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    found, taken = list[str](), list[int]()
    for at, letter in enumerate(one):
        for place in range(max(at - reach, 0), min(at + reach + 1, len(other))):
            if other[place] == letter and place not in taken:
                found.append(letter)
                taken.append(place)
                break
    if not found:
        return float(one == other)
    n = len(found)
    crossed = sum(letter != other[place] for letter, place in zip(found, sorted(taken))) // 2
    return (n / len(one) + n / len(other) + (n - crossed) / n) / 3.0
