"""Black-box harness: a real daemon, a raw line client, a replayer of dialogues."""
