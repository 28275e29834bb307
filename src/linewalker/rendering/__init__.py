"""Rendering: pictures out of triangles, by numpy and numba alone. No graphics card, no graphics library, no driver."""
