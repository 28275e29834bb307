"""Tests of linewalker.factory.opcua.standards."""
