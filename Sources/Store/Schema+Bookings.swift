extension Schema {
  /// What a run made known to the books, as its event has it: JSON of fees, conversions, arrivals
  /// and payouts.
  static let bookings = """
    ALTER TABLE runs ADD COLUMN bookings TEXT;
    """
}
