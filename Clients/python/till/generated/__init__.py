# Generated from Protocol/ by `swift run generate`; do not edit.
"""What follows from the contract."""
