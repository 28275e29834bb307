"""Limbs 肢体: the robot seam. What any robot senses and accepts, robot profiles as data, and drivers."""
