"""What the daemon must survive: bad bytes, bad peers, a machine that runs out of things."""
