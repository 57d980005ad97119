/// Banks' files, and what of them was taken for payouts, as it stands on the disk.
extension AuditBooks {
  struct BankFile {
    let id: String
    let digest: String
    let from: Int64
    let to: Int64
  }

  /// Those that no other took the place of, in the order of their days.
  func bankStatements(of account: String) throws -> [BankFile] {
    try texts(
      """
      SELECT id, digest, period_from, period_to FROM statements
      WHERE superseded_by IS NULL AND content='bank' AND gateway=?1
      ORDER BY period_to, period_from, key
      """, [account]
    ).map {
      BankFile(id: $0[0], digest: $0[1], from: Int64($0[2]) ?? 0, to: Int64($0[3]) ?? 0)
    }
  }

  struct Credit: Hashable {
    let bank: String
    let line: Int64
  }

  /// By the payout's row, `stm_…:17`, the row of the bank that it was found in.
  func arrivals() throws -> [(payout: String, credit: Credit)] {
    try ends("b.content='bank'").map { ($0.payout, Credit(bank: $0.statement, line: $0.line)) }
  }

  /// By the payout's row, the row of a list that gave it back.
  func returns() throws -> [(payout: String, statement: String, line: Int64)] {
    try ends("b.content<>'bank'")
  }

  private func ends(
    _ condition: String
  ) throws -> [(payout: String, statement: String, line: Int64)] {
    try texts(
      """
      SELECT a.payout, a.statement, a.line FROM arrivals a JOIN statements b ON b.id=a.statement
        JOIN statements p ON p.id=substr(a.payout, 1, instr(a.payout, ':') - 1)
      WHERE b.superseded_by IS NULL AND p.superseded_by IS NULL AND \(condition)
      ORDER BY a.payout
      """, []
    ).map { ($0[0], $0[1], Int64($0[2]) ?? 0) }
  }

  /// Whether a run with a bank's file saw what waited of both lists.
  func hasSeen(_ statement: String, with other: String) throws -> Bool {
    try !texts(
      """
      SELECT 1 FROM runs r JOIN statements one ON one.id=?1 JOIN statements two ON two.id=?2
      WHERE r.bank IS NOT NULL AND r.gateway=one.gateway
        AND r.period_from>=max(one.period_from, two.period_from)
        AND r.key>=(SELECT min(key) FROM runs WHERE statement=one.id AND bank IS NOT NULL)
        AND r.key>=(SELECT min(key) FROM runs WHERE statement=two.id AND bank IS NOT NULL)
      """, [statement, other]
    ).isEmpty
  }

  /// A list that was held against a bank's file, and from when on all payouts were known then.
  struct Watch {
    let from: Int64
    let to: Int64
    let knownFrom: Int64
  }

  /// Payouts wait for the bank since the first list that was held against one; those of a list that
  /// was compared before that run, and not again since, do not.
  func watches(of bank: String) throws -> [Watch] {
    try texts(
      """
      SELECT r.period_from, r.period_to,
        (SELECT min(period_from) FROM runs
          WHERE gateway=r.gateway AND bank IS NOT NULL AND key<=r.key),
        coalesce((SELECT max(period_to) FROM runs o WHERE gateway=r.gateway
          AND period_from<r.period_to AND key<(SELECT min(key) FROM runs
            WHERE gateway=r.gateway AND bank IS NOT NULL)
          AND NOT EXISTS(SELECT 1 FROM runs WHERE gateway=r.gateway AND key<=r.key
            AND period_from=o.period_from AND period_to=o.period_to
            AND key>=(SELECT min(key) FROM runs WHERE gateway=r.gateway AND bank IS NOT NULL))),
          0)
      FROM runs r WHERE bank=?1
      """, [bank]
    ).map { row in
      let numbers = row.map { Int64($0) ?? 0 }
      return Watch(
        from: numbers[0], to: numbers[1], knownFrom: max(numbers[2], numbers[3]))
    }
  }

  func firstPeriod(withBankOf gateway: String) throws -> Int64? {
    try texts(
      "SELECT min(period_from) FROM runs WHERE gateway=?1 AND bank IS NOT NULL", [gateway]
    ).first.flatMap { Int64($0[0]) }
  }
}
