"""What every fake gateway shares: two HTTP servers, wire faults, a request log, a clock, a process.

Nothing here knows a gateway's dialect, signs anything or keeps books.
"""
