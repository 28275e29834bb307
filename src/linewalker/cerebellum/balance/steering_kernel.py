"""Hot loops of balance: accelerations that lead the centre of mass and the pelvis where they are to be."""

from __future__ import annotations

from linewalker.geometry import Array
from linewalker.geometry.rotation_kernel import rotation_of, times, turn_error, upright
from linewalker.kernel import Matrix, Vector, kernel


@kernel(entry=True)
def steer_com(
    body: tuple[Vector, Vector], offset: Vector, pressure: Vector, height: float, gains: Vector, out: Vector
) -> None:
    """Acceleration of the centre of mass: away from the centre of pressure as a pendulum, vertically to a height.

    Args:
        body: centre of mass and its velocity, (3,).
        offset: learnt horizontal offset of the centre of mass, (2,).
        pressure: centre of pressure, (2,).
        height: wanted.
        gains: omega^2, stiffness and damping of the height, (3,).
        out: (3,).
    """
    com, speed = body
    out[0] = gains[0] * (com[0] - offset[0] - pressure[0])
    out[1] = gains[0] * (com[1] - offset[1] - pressure[1])
    out[2] = gains[1] * (height - com[2]) - gains[2] * speed[2]


@kernel()
def steer_turn(R: Array, w: Array, R_wanted: Array, gains: Array, out: Array) -> None:
    """Angular acceleration, in the frame of R, towards an attitude; w in that frame, gains stiffness and damping."""
    turn_error(R, R_wanted, out)
    for i in range(3):
        out[i] = gains[0] * out[i] - gains[1] * w[i]


@kernel(entry=True)
def steer_tilt(R: Matrix, w: Vector, yaw: float, tilt: Vector, gains: Vector, out: Vector) -> None:
    """As `steer_turn`, towards a heading and on top of it, in its axes, a rotation vector (3,)."""
    steer_turn(R, w, times(upright(yaw), rotation_of(tilt)), gains, out)


@kernel(entry=True)
def steer_yaw(R: Matrix, w: Vector, yaw: float, gains: Vector, out: Vector) -> None:
    """`steer_turn` towards upright with a heading."""
    steer_turn(R, w, upright(yaw), gains, out)
