"""PingPong's hosted checkout, version 4: orders, refunds, notices, with its own books."""
