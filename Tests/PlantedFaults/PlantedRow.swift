package import Domain
package import Reconciliation

/// One row before it stands in a table.
package struct PlantedRow: Sendable {
  package var kind: EntryKind = .charge
  package var status: EntryStatus = .succeeded
  package var at: Timestamp
  package var gross: Int64
  package var fee: Int64
  package var currency: Currency
  package var flags: EntryFlags = [.hasFee]
  package var transaction: String
  package var reference: String
  package var parent = ""
  package var merchant = PlantedDay.merchant
  package var batch = ""
  package var settlement: Settlement?

  package func add(to table: inout EntryTable) {
    table.add(
      Entry(
        kind: kind, status: status, at: at, gross: gross, fee: fee, currency: currency,
        flags: flags, transaction: table.keep(transaction), reference: table.keep(reference),
        parent: table.keep(parent), merchant: table.number(of: merchant.utf8),
        batch: table.number(of: batch.utf8), line: 0), settlement: settlement)
  }
}

extension PlantedRow {
  /// A row without numbers.
  package init(_ kind: EntryKind, at: Timestamp, gross: Int64, currency: Currency) {
    self.init(
      kind: kind, at: at, gross: gross, fee: 0, currency: currency, transaction: "",
      reference: "")
  }
}

/// What must be found: the row's number of ours (or the gateway's) and the kind.
package struct PlantedTruth: Hashable, Sendable {
  package let key: String
  package let kind: DiscrepancyKind

  package init(_ key: String, _ kind: DiscrepancyKind) {
    self.key = key
    self.kind = kind
  }
}
