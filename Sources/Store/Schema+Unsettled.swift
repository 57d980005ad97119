extension Schema {
  /// What few rows are, found without walking through all that ever were: payments and refunds by
  /// the states that do not last (the gateway is there to be counted by), and the calls that hold
  /// something sealed, which every start asks about.
  static let unsettled = """
    CREATE INDEX payments_unsettled ON payments(state, key, gateway)
      WHERE state='init' OR state='submitted' OR state='awaiting_buyer' OR state='processing'
        OR state='unknown' OR state='stale' OR state='closing' OR state='failed'
        OR state='reversed';
    CREATE INDEX refunds_unsettled ON refunds(state, key)
      WHERE state='requested' OR state='approved' OR state='submitted' OR state='processing'
        OR state='unknown' OR state='failed' OR state='returned';
    CREATE INDEX calls_sealed ON calls(id) WHERE sealed IS NOT NULL;
    """
}
