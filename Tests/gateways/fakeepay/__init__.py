"""A site of the 易支付 family, version 1 or 2, with its own books."""
