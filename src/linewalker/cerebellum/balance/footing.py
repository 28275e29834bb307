"""How a robot stands on its two feet, as its controller estimates it: whether it rests, holds or overturns."""

from __future__ import annotations

from typing import NamedTuple

from linewalker.cerebellum.balance.footing_kernel import see_footing
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.contact import ContactSense
from linewalker.geometry import Array


class Footing(NamedTuple):
    """See the module. A tuple, for one is made at every tick of a robot that is watched.

    Attributes:
        tilt_rad: of the pelvis, beyond what is asked of it.
        astray_m: distance over the floor of the DCM from the middle of the feet.
        off_balance_m: of the DCM from the point where it is to balance, which an arm that reaches out may shift.
        com_m_s, base_m_s: speed of the centre of mass, and of the pelvis.
        load: share of the weight on the foot that carries less.
    """

    tilt_rad: float
    astray_m: float
    off_balance_m: float
    com_m_s: float
    base_m_s: float
    load: float


def footing_of(body: Dynamics, contact: ContactSense, asked: Array, omega: float) -> Footing:
    """How a body stands.

    Args:
        body: as estimated.
        contact: what its feet feel.
        asked: pelvis height (1,), pelvis rotation vector (3,), shift of the balance point (2,): (6,).
        omega: natural frequency of its pendulum, rad/s.
    """
    base, com, soles = (body.base_R, body.base_v), (body.com, body.com_v), (body.foot_p, body.foot_R)
    return Footing(*see_footing(base, com, soles, asked, contact.load_n, 1.0 / omega, contact.weight_n))
