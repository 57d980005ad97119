"""Checks of the fake itself."""
