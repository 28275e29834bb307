"""Several profiles of one seam, evaluated together: all of them have seen the same two edges.

First each is evaluated with the edges of CAD, then with those that all of them together show (`edge_shape`), until
those do not change any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.seam.edge_fit import Outline
from linewalker.inspection.seam.edge_shape import EdgeShape, learn_shape
from linewalker.inspection.seam.gap_flush import GapFlush, SeamOutlines, measure_profile
from linewalker.inspection.seam.sighting import SeamSighting
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import LineProfile

LEAST_PROFILES = 3
_MOST_LESSONS = 4
_LEARNT = 2e-3  # mm; less of a change is none
_RADIUS_DEVIATION = 0.15  # of the CAD radius

Edges = tuple[Outline, Outline]
"""Of master and slave."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A profile in which a seam was sighted, and what CAD says of that seam."""

    profile: LineProfile
    sighting: SeamSighting
    seam: SeamOutlines

    def measured(self, edges: Edges, start: GapFlush | None) -> GapFlush | Undecided:
        """Gap and flush with these edges; ``start``: what came out with others."""
        master, slave = (
            replace(edge, curvature_per_mm=cad.curvature_per_mm)
            for edge, cad in zip(edges, (self.seam.master, self.seam.slave))
        )
        seam = replace(self.seam, master=master, slave=slave)
        try:
            return measure_profile(self.profile, seam, self.sighting, start=start)
        except ValueError as error:
            return Undecided(reason=Reason.PROFILES_DISAGREE, detail=str(error))


@dataclass(frozen=True, kw_only=True)
class JointFit:
    """What profiles of one seam gave together.

    Attributes:
        kept: which of them count, by index.
        results: gap and flush of those.
        shapes: of the master's edge and of the slave's.
    """

    kept: tuple[int, ...]
    results: tuple[GapFlush, ...]
    shapes: tuple[EdgeShape, EdgeShape]

    @property
    def edge_std_mm(self) -> Array:
        """Standard deviation of (gap, flush) from what is not known of the edges; the same in all profiles, (2,)."""
        rows = zip(self._by_shape, self.shapes)
        return np.sqrt(sum(np.einsum("vi,ij,vj->v", row, shape.covariance, row) for row, shape in rows))

    @property
    def wave_response(self) -> Array:
        """Change of (gap, flush) with a wave of the profiler 1 mm high: root mean square over phases, (2,)."""
        by_wave = np.mean([r.by_wave for r in self.results], axis=0)
        by_wave = by_wave + sum(row @ shape.by_wave for row, shape in zip(self._by_shape, self.shapes))
        return np.sqrt(np.mean(by_wave**2, axis=1))

    @property
    def _by_shape(self) -> Array:
        """Change of (gap, flush) with the shapes, by side, (2, 2, 3)."""
        return np.mean([r.by_shape for r in self.results], axis=0).swapaxes(0, 1)


def fit_jointly(sections: Sequence[Section], *, least: int = LEAST_PROFILES) -> JointFit | Undecided:
    """Evaluate profiles of one seam together; at least ``least`` of them and a third have to be measurable."""
    cad = sections[0].seam.master, sections[0].seam.slave
    edges, seen = cad, dict[int, GapFlush]()
    for _ in range(_MOST_LESSONS):
        results = [one.measured(edges, seen.get(i)) for i, one in enumerate(sections)]
        seen = {i: result for i, result in enumerate(results) if isinstance(result, GapFlush)}
        if len(seen) < max(least, len(sections) / 3):
            return _most_common(results) or _too_few(len(sections))
        fits = tuple(seen.values())
        shapes = learn_shape([f.master for f in fits], cad[0]), learn_shape([f.slave for f in fits], cad[1])
        if (doubt := _radius_doubt(shapes, cad)) is not None:
            return doubt
        taught, edges = edges, (shapes[0].outline, shapes[1].outline)
        if all(np.abs(new.shape - old.shape).max() < _LEARNT for new, old in zip(edges, taught)):
            break
    return JointFit(kept=tuple(seen), results=fits, shapes=shapes)


def _radius_doubt(shapes: tuple[EdgeShape, EdgeShape], cad: Edges) -> Undecided | None:
    """Whether the edges are not those of this seam at all."""
    for name, shape, edge in zip(("master", "slave"), shapes, cad):
        radius, std = shape.outline.radius_mm, shape.radius_std_mm
        if abs(radius - edge.radius_mm) > _RADIUS_DEVIATION * edge.radius_mm + std:
            detail = f"edge radius of the {name} {radius:.2f} +- {std:.2f} mm, CAD {edge.radius_mm:.2f} mm"
            return Undecided(reason=Reason.RADIUS_DISAGREES, detail=detail)
    return None


def _too_few(profiles: int) -> Undecided:
    return Undecided(reason=Reason.NO_SEAM, detail=f"the seam is in {profiles} profiles, of at least {LEAST_PROFILES}")


def _most_common(results: Sequence[GapFlush | Undecided]) -> Undecided | None:
    refusals = [r for r in results if isinstance(r, Undecided)]
    if not refusals:
        return None
    reason, count = Counter(r.reason for r in refusals).most_common(1)[0]
    detail = next(r.detail for r in refusals if r.reason is reason)
    return Undecided(reason=reason, detail=f"{count} of {len(results)} profiles: {detail}")
