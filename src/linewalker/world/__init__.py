"""What the robot can not know: vehicle, station, deviations, the physics scene and the true answers."""
