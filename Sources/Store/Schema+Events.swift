extension Schema {
  /// Events of no order that the books need.
  static let isBookedOutside = """
    order_key IS NULL AND (type='recon.finished' OR type='statement.imported'
      OR type='discrepancy.opened' OR type='discrepancy.adjudicated'
      OR type='discrepancy.reopened')
    """

  /// What people and rules decided about differences, with what was proposed and turned down.
  static let isDecision = """
    (type='discrepancy.adjudicated' OR type='discrepancy.reopened'
      OR type='discrepancy.proposed' OR type='discrepancy.rejected')
    """

  /// The conditions of the indexes of events, each asked once for every event that is written. For
  /// a list behind IN, SQLite makes a table of its own each time; joined by OR it compares.
  static let eventConditions = """
    DROP INDEX events_booked_outside;
    DROP INDEX events_of_decisions;
    CREATE INDEX events_booked_outside ON events(seq) WHERE \(isBookedOutside);
    CREATE INDEX events_of_decisions ON events(seq) WHERE \(isDecision);
    """
}
