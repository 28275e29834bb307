"""Robots and cars as triangles for a screen: as designed, light, and kept in the cache."""
