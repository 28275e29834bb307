"""Carries orders out at a station: from goals to tasks, from tasks to motion, and what becomes of both on record."""
