"""A fake WeChat Pay: its own keys, its own books, the API v3 wire format over real HTTP."""
