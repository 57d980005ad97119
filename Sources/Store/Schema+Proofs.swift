extension Schema {
  /// Notifications that their gateway must still vouch for, oldest first.
  static let proofs = """
    CREATE INDEX receipts_unproven ON receipts(gateway, id) WHERE verdict = 'received';
    """
}
