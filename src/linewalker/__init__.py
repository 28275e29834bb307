"""Linewalker puts a humanoid robot to work on a vehicle line.

The house has a brain (decides what to do), a cerebellum (decides how to move) and limbs (the body and its parts).
Around them stand the world the robot works in, the inspection it does and the factory it answers to.
"""

__version__ = "0.1.0"
