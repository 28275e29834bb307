"""From a URDF and a profile to the models of physics and control."""
