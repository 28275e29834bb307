"""Where the robot is, from AprilTag boards that its camera sees."""
