"""A fake Alipay: its own keys, its own books, the legacy gateway.do wire format over real HTTP."""
