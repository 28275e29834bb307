"""Tests of a station without cars."""
