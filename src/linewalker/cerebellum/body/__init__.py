"""The body as mechanics has it: kinematics, dynamics, clearance, what legs and drives can bear."""
