extension Schema {
  /// What was compared beside the bill of a run: the bill of the balance and the bank's statement;
  /// and the proof that nothing was lost.
  /// Payouts that were found at the bank are rows of `matches` with the content `bank`, whose
  /// subject is the payout's row, `stm_…:17`.
  static let settlements = """
    ALTER TABLE runs ADD COLUMN fund TEXT;
    ALTER TABLE runs ADD COLUMN bank TEXT;
    ALTER TABLE runs ADD COLUMN fund_buckets TEXT;
    ALTER TABLE runs ADD COLUMN bank_buckets TEXT;
    ALTER TABLE runs ADD COLUMN proofs TEXT;
    """
}
