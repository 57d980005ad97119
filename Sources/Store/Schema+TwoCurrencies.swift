extension Schema {
  /// The currency of what our side says, where the other side speaks of another one. Until this
  /// step the two amounts stood under one currency; what was found then keeps it. And what was
  /// proposed and turned down belongs to the history of decisions; what rules decided is looked
  /// through by every run.
  static let twoCurrencies = """
    ALTER TABLE discrepancies ADD COLUMN expected_currency TEXT;
    DROP INDEX events_of_decisions;
    CREATE INDEX events_of_decisions ON events(seq)
      WHERE type IN ('discrepancy.adjudicated','discrepancy.reopened','discrepancy.proposed',
        'discrepancy.rejected');
    CREATE INDEX discrepancies_by_rules ON discrepancies(gateway)
      WHERE resolved_by>='rule:' AND resolved_by<'rule;';
    """
}
