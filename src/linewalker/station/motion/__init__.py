"""The motion of a run, in its folder: what the robot did, seen by itself, so that people can look at it again."""
