"""Clips of motion capture: read, put on any of our robots, and made danceable."""
