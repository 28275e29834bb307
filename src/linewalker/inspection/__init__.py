"""Inspection: characteristics, measuring methods, verdicts and measurement capability. Knows no robot."""
