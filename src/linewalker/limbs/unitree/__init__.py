"""A Unitree G1 (29 joints) over its own wire: messages, guards, driver, and a simulated robot that speaks the same."""
