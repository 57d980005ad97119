"""Yeepay's open platform (YOP), RSA form: orders, refunds, notices, with its own books."""
