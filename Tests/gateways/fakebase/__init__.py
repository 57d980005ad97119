"""What the fakes of the smaller gateways have in common: books, notices, the buyer's hand.

No word of any gateway's wire format stands here; each fake brings its own.
"""
