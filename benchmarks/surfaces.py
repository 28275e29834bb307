"""``python -m benchmarks.surfaces``: defects of drawn surfaces told from good ones that were learned.

Surfaces are drawn at random to look like magnetic tiles and commutators; they are no measurement on photographs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

import numpy as np
from tests.inspection.surface.drawn_surfaces import TILE_DEFECTS, Picture, commutator, tile

from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.console.surface_command import auroc
from linewalker.inspection.surface.model import train

Draw = Callable[..., Picture]
KINDS: tuple[tuple[str, Draw, tuple[str, ...], float, float], ...] = (
    ("tiles", tile, TILE_DEFECTS, 0.85, 0.92),
    ("commutators", commutator, ("crack",), 0.93, 0.96),
)
"""Name, how one is drawn, its defects, and the AUROC that there must and should be."""


def told_apart(
    draw: Draw, defects: tuple[str, ...], bounds: tuple[float, float], pictures: int, rng: np.random.Generator
) -> Iterator[Row]:
    """AUROC of the pictures, all defects together and each, and false alarms at the threshold."""
    model = train([draw(rng) for _ in range(pictures)])
    good = np.array([model.judge(draw(rng)).score for _ in range(pictures)])
    each = {name: np.array([model.judge(draw(rng, name)).score for _ in range(pictures // 3)]) for name in defects}
    together = auroc(good, np.concatenate(list(each.values())))
    yield one("AUROC", together, must=bounds[0], aim=bounds[1], at_least=True, digits=3)
    for name, scores in each.items():
        above = 100 * float((scores > model.threshold).mean())
        yield one(f"AUROC, {name}", auroc(good, scores), digits=3, note=f"({above:.0f} % above the threshold)")
    bound = 100 * model.most_false_alarms
    yield one("false alarms", 100 * float((good > model.threshold).mean()), "%", note=f"(bound {bound:.1f})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surfaces", description=__doc__)
    parser.add_argument("--pictures", type=int, default=60, help="good ones learned, and as many scored")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.pictures < 12:
        parser.error(f"--pictures {options.pictures}: expected at least 12")
    sheet = Sheet()
    for name, draw, defects, must, aim in KINDS:
        rng = np.random.default_rng(options.seed)
        rows = list(told_apart(draw, defects, (must, aim), options.pictures, rng))
        sheet.show(name, rows, f"python -m benchmarks.surfaces --pictures {options.pictures} --seed {options.seed}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
