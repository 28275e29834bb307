"""How the parts of a robot are, told from its recordings: each joint against its own past."""
