"""The real daemon is killed, loses its power, its disk, its memory: nothing promised is broken."""
