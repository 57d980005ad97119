"""99Bill's RMB gateway, version 2.0: pages, queries, notices, with its own books."""
