"""A fake Stripe: its own books, forms in, JSON out, webhooks signed as Stripe documents."""
