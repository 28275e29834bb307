"""What is not measured: where the robot is, what its feet feel, where its sensors really sit."""
