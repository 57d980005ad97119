package import Domain

/// What a column holds.
package enum ColumnRole: Int, Sendable, CaseIterable {
  case time, clock, zone
  case transaction, reference, parent, refundReference, refundTransaction
  /// Of a balance's bill: the number of the movement itself, beside what it was made for.
  case movement
  case kind, status, refundStatus
  /// One signed amount; or its magnitude, with `mark` saying the direction.
  case gross
  case refundGross
  case credit, debit, mark
  case fee, net, currency
  case merchant, batch, remark, counterparty
  case settlementAmount, settlementCurrency
  /// What the balance gets of the amount, before fees, where that is not all of it: a coupon that
  /// the merchant pays for is gone.
  case received
  /// The same of a refund, where it has a column of its own.
  case refundReceived
}

package struct Column: Sendable, Hashable {
  package let role: ColumnRole
  /// Headings it goes by; brackets count the same in full and half width.
  package let names: [String]
  package let isRequired: Bool

  package init(_ role: ColumnRole, _ names: String..., required: Bool = true) {
    self.init(role, names: names, required: required)
  }

  package init(_ role: ColumnRole, names: [String], required: Bool = true) {
    self.role = role
    self.names = names
    isRequired = required
  }
}

/// What a word in a kind or status column means.
package enum RowMeaning: Sendable, Hashable {
  case row(EntryKind)
  case status(EntryStatus)
  /// Not money that moved: kept out, and counted.
  case skip
}

/// How the sign of amounts is told.
package enum AmountStyle: Sendable, Hashable {
  /// The column's own sign, as our books see it.
  case signed
  /// The column's sign means nothing; the kind of the row gives the direction.
  case byKind
  /// `mark` holds one of these words; all others are refused.
  case byMark(credit: [String], debit: [String])
  /// Two columns, `credit` and `debit`; one of them is empty or zero.
  case twoColumns
}

package enum FeeSign: Sendable, Hashable {
  /// Positive costs us.
  case positiveCosts
  /// Negative costs us (PayPal).
  case negativeCosts
  /// The sign means nothing: a charge costs its fee, a refund brings it back.
  case byKind
}

/// What the lines after the rows say about them.
package enum TrailerRule: Sendable, Hashable {
  case none
  /// `#交易合计：N笔，商家实收共X元…` and the like, in lines that begin with `#`.
  case alipay
  /// A second heading that begins with this word, and one line of totals.
  case totals(heading: String)
  /// Lines whose first field begins with one of these words.
  case lines([TrailerLine])
}

/// A line below the rows that is none of them, as `合计,,,1234.00`.
package struct TrailerLine: Sendable, Hashable {
  package let word: String
  /// Columns under which it holds the sum of the rows, as they are written.
  package let sums: [ColumnRole]

  package init(word: String, sums: [ColumnRole]) {
    self.word = word
    self.sums = sums
  }

  /// Columns that can be summed up, and what the sum is called.
  static let subjects: [(role: ColumnRole, subject: StatementCheck.Subject)] = [
    (.gross, .gross), (.refundGross, .refunded), (.fee, .fees), (.credit, .income),
    (.debit, .expense),
  ]
}

/// How to read a table of one origin. The formats known by name are values of this type, and so is
/// what a merchant declares for a shop nobody has heard of.
package struct StatementLayout: Sendable, Hashable {
  package var name: String
  package var separator: UInt8 = UInt8(ascii: ",")
  package var quoting: FieldQuoting = .doubleQuotes
  /// Lines that begin with this are no rows.
  package var comment: UInt8?
  /// Lines above the heading.
  package var linesToSkip = 0
  package var columns: [Column]
  package var time: TimeShape
  package var decimalMark: UInt8 = UInt8(ascii: ".")
  package var groupMark: UInt8? = UInt8(ascii: ",")
  package var amounts: AmountStyle = .signed
  package var feeSign: FeeSign = .positiveCosts
  /// The currency of rows that name none.
  package var currency: Currency?
  /// Amounts are whole numbers of minor units.
  package var countsMinorUnits = false
  package var kinds: [String: RowMeaning] = [:]
  /// For rows whose word is not in `kinds`; nil refuses them.
  package var otherKind: RowMeaning?
  package var statuses: [String: RowMeaning] = [:]
  /// For rows whose word is not in `statuses`; nil refuses them. Without the column all succeeded.
  package var otherStatus: EntryStatus? = .succeeded
  package var trailer: TrailerRule = .none
  /// Words in the text of a bank row that speak of a gateway, in lower case.
  package var gatewayWords: [String] = []

  package init(name: String, columns: [Column], time: TimeShape) {
    self.name = name
    self.columns = columns
    self.time = time
  }
}
