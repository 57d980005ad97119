"""A fake Airwallex: its own books, tokens, amounts as JSON numbers, webhooks by HMAC."""
