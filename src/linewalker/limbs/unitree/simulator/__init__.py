"""A simulated G1 behind the wire of a real one."""
