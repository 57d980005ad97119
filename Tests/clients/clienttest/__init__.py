"""Holds every client library to the same dialogues and the same hostile server."""
