"""Easypay's 易企通, version 2.0: orders, refunds, notices, with its own books."""
