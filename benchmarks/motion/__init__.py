"""How well the robot walks, balances and stops: the numbers of the motion controller.

    python -m benchmarks.motion NAME... [--robot g1] [--trials N] [--seed 0] [--foot-sensors] [--hours 2]

A new measurement is a function from `Setting` to rows and one line in `registry`. Everything runs on estimated state,
with sensor noise, joint friction 0.2 N m and self-collision; truth is read off the physics for scoring only.
"""
