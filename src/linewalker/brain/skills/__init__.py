"""What the robot can do at a place, and where it has to stand for it."""
