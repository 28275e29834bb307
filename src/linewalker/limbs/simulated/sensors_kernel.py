"""Hot loop of the simulated sensors; `sensors` says what they get wrong."""

from __future__ import annotations

from linewalker.kernel import Vector, kernel


@kernel(entry=True)
def report(
    imu: Vector, joints: tuple[Vector, Vector, Vector], foot_force: Vector, sigma: Vector, offset: Vector, noise: Vector
) -> None:
    """Turn noise into what the sensors report: true value + sigma noise + offset.

    Args:
        imu: true angular velocity and specific force, (6,).
        joints: true angles, speeds and torques, (n,) each.
        foot_force: true normal forces, (2,); no foot reports a pull.
        sigma, offset: of each value reported, in this order, (8 + 3 n,); those of torques are fractions of them.
        noise: standard normal draws in, values reported out, (8 + 3 n,).
    """
    q, dq, tau = joints
    n = q.shape[0]
    for i in range(noise.shape[0]):
        noise[i] = sigma[i] * noise[i] + offset[i]
    for i in range(6):
        noise[i] += imu[i]
    for j in range(n):
        noise[6 + j] += q[j]
        noise[6 + n + j] += dq[j]
        noise[6 + 2 * n + j] = tau[j] * (1.0 + noise[6 + 2 * n + j])
    for k in range(2):
        noise[6 + 3 * n + k] = max(foot_force[k] + noise[6 + 3 * n + k], 0.0)
