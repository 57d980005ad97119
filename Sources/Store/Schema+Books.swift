extension Schema {
  /// What comparisons read of the many payments of a day, beside the day in one index, and the few
  /// orders that they look at more closely.
  ///
  /// The texts stand here once for the step and for the queries: they never change.
  static let books = """
    DROP INDEX payments_paid;
    CREATE INDEX payments_paid ON payments(gateway, paid_at, key, \(paidFacts))
      WHERE paid_at IS NOT NULL;
    CREATE INDEX orders_unusual ON orders(key) WHERE \(isUnusual);
    """

  /// What `PaidFacts` reads. The free texts stand last, and their lengths before them.
  static let paidFacts = """
    ((state='succeeded' OR state='reversed')
      || ' ' || coalesce(captured, amount) || ' ' || coalesce(captured_currency, currency)
      || ' ' || coalesce(fee, '') || ' ' || coalesce(fee_currency, '')
      || ' ' || order_key || ' ' || id
      || ' ' || length(CAST(method AS BLOB)) || ' ' || length(CAST(out_trade_no AS BLOB))
      || ' ' || method || out_trade_no || coalesce(gateway_txn_id, ''))
    """

  /// Of an order that has a payment, whether it is anything but paid by a word that is worth it,
  /// and owed nothing: 512 is `OrderFlags.weak`.
  static let isUnusual = """
    version>1 AND (pay_state<>'paid' OR (flags & 512)<>0
      OR (delivery_state<>'none' AND delivery_state<>'delivered'))
    """
}
