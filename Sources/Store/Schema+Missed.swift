extension Schema {
  /// What people decided about payments and refunds that no statement had: a later one may have it.
  static let missed = """
    CREATE INDEX discrepancies_missed ON discrepancies(gateway)
      WHERE resolution='adjudicated' AND kind IN ('missing_at_gateway',
        'refund_missing_at_gateway','carry_over_aged_out');
    """
}
