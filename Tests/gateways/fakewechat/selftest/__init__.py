"""Checks of the fake by clients that share no code with it."""
