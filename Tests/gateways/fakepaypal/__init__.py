"""A fake PayPal: its own books, tokens, approval before capture, notices signed by certificate."""
