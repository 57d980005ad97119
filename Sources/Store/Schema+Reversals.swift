extension Schema {
  /// When gateways told that they had given payments back by themselves: as it stands in the events
  /// of before.
  static let reversals = """
    ALTER TABLE payments ADD COLUMN reversed_at INTEGER;
    UPDATE payments SET reversed_at=(
      SELECT json_extract(CAST(e.line AS TEXT), '$.at') FROM events e
      WHERE e.order_key=payments.order_key AND e.type='payment.reversed'
        AND json_extract(CAST(e.line AS TEXT), '$.payment')=payments.id)
      WHERE state='reversed';
    CREATE INDEX payments_reversed ON payments(gateway, reversed_at)
      WHERE reversed_at IS NOT NULL;
    """
}
