"""Robots of our own design: numbers in; URDF, meshes and mass properties out. A profile then points at the URDF."""
