"""What every fake gateway shares: two HTTP servers, wire faults, a request log, a clock, a process.

`site` and `books` serve fakes of small gateways on top of it. Nothing here knows a gateway's dialect
or signs anything.
"""
