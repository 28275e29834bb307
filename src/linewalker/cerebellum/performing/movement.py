"""What a choreography is made of: phrases in beats, of poses, steps and grooves, in shares of arm and leg lengths.

Nothing here knows a robot: hands are places about the shoulder in arm lengths, steps and bounces are leg lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

LEFT, RIGHT = "left", "right"
METERS = ("4/4", "6/8", "7/8")
Hand = tuple[float, float, float]
"""Ahead, outwards, up from the shoulder, in arm lengths."""

GROOVES = ("bounce", "sway", "surge", "roll", "pitch", "turn", "twist", "arms")
"""What may swing by itself: the pelvis down, aside, ahead, about its three axes; the waist; both arms up and down."""
_SIDED = frozenset({"sway", "roll", "turn", "twist"})


@dataclass(frozen=True, kw_only=True)
class Pose:
    """Where hands, trunk and pelvis are to be on a beat.

    Attributes:
        at: beat of its phrase on which it is reached.
        hold: for how many beats it is kept.
        left, right: places of the hands; None: as they are carried.
        twist_deg: of the waist, to the left.
        lean_deg: of the pelvis: roll, pitch, yaw.
        sway: of the weight: ahead, to the left, leg lengths.
    """

    at: float
    hold: float = 0.0
    left: Hand | None = None
    right: Hand | None = None
    twist_deg: float = 0.0
    lean_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    sway: tuple[float, float] = (0.0, 0.0)

    def mirrored(self) -> Pose:
        """With left and right exchanged."""
        roll, pitch, yaw = self.lean_deg
        return replace(
            self,
            left=self.right,
            right=self.left,
            twist_deg=-self.twist_deg,
            lean_deg=(-roll, pitch, -yaw),
            sway=(self.sway[0], -self.sway[1]),
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """A foot that lands on a beat, beside the other foot but for what is said.

    Attributes:
        at: beat on which it lands.
        foot: "left" or "right".
        ahead, aside: of its place beside the other foot, leg lengths; outwards is positive.
        turn_deg: of the foot against the other one, to the left.
        kick: how far it goes off its way in mid-swing: ahead, outwards, up, leg lengths.
    """

    at: float
    foot: str
    ahead: float = 0.0
    aside: float = 0.0
    turn_deg: float = 0.0
    kick: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def mirrored(self) -> Step:
        """With left and right exchanged."""
        return replace(self, foot=RIGHT if self.foot == LEFT else LEFT, turn_deg=-self.turn_deg)


@dataclass(frozen=True, kw_only=True)
class Groove:
    """Something that swings through a whole phrase: size times the cosine of its phase, which is 0 on beat ``at``.

    Attributes:
        what: one of `GROOVES`.
        size: leg lengths for bounce, sway and surge, else degrees.
        every: beats of one swing.
        at: beat on which it is at its utmost.
    """

    what: str
    size: float
    every: float = 1.0
    at: float = 0.0

    def mirrored(self) -> Groove:
        """With left and right exchanged."""
        return replace(self, size=-self.size) if self.what in _SIDED else self


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A figure of a dance.

    Attributes:
        name: of it.
        meter: in which it is counted; beats are eighths in 6/8 and 7/8.
        beats: how long it is.
        energy: how lively it is, 0 to 1.
        style: where it comes from.
        poses, steps, grooves: what it is made of.
    """

    name: str
    meter: str
    beats: float
    energy: float = 0.5
    style: str = ""
    poses: tuple[Pose, ...] = ()
    steps: tuple[Step, ...] = ()
    grooves: tuple[Groove, ...] = ()

    def mirrored(self) -> Phrase:
        """With left and right exchanged."""
        return replace(
            self,
            poses=tuple(pose.mirrored() for pose in self.poses),
            steps=tuple(step.mirrored() for step in self.steps),
            grooves=tuple(groove.mirrored() for groove in self.grooves),
        )


@dataclass(frozen=True, kw_only=True)
class Choreography:
    """Phrases one after the other.

    Attributes:
        meter: of all of them.
        phrases: in their order.
        lead: beats before the first one.
    """

    meter: str
    phrases: tuple[Phrase, ...]
    lead: float = 4.0

    @property
    def starts(self) -> tuple[float, ...]:
        """Beat on which each phrase begins."""
        at, found = self.lead, []
        for phrase in self.phrases:
            found.append(at)
            at += phrase.beats
        return tuple(found)

    @property
    def beats(self) -> float:
        """Of the whole dance, the lead among them."""
        return self.lead + sum(phrase.beats for phrase in self.phrases)


@dataclass
class _Joined:
    poses: list[Pose] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    beats: float = 0.0


def joined(name: str, parts: Sequence[Phrase]) -> Phrase:
    """One phrase out of several, one after the other; grooves are those of the first."""
    whole = _Joined()
    for part in parts:
        whole.poses += [replace(pose, at=pose.at + whole.beats) for pose in part.poses]
        whole.steps += [replace(step, at=step.at + whole.beats) for step in part.steps]
        whole.beats += part.beats
    energy = sum(part.energy * part.beats for part in parts) / whole.beats
    return replace(
        parts[0], name=name, beats=whole.beats, poses=tuple(whole.poses), steps=tuple(whole.steps), energy=energy
    )
