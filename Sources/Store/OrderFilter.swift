package import Domain

/// Which orders a list shows. Every member narrows it; times are our wall clock in milliseconds,
/// from inclusive, to exclusive; amounts are minor units, both inclusive.
package struct OrderFilter: Hashable, Sendable {
  package enum Sorting: String, Sendable, CaseIterable {
    case newest
    case oldest
    case largest = "amount_desc"
    case smallest = "amount_asc"
    /// Orders that were never paid come last, the newest of them first.
    case paidLast = "paid_desc"
  }

  package var payState: PayState?
  package var deliveryState: DeliveryState?
  package var riskState: RiskState?
  package var gateway: String?
  package var method: String?
  package var amountMin: Int64?
  package var amountMax: Int64?
  package var currency: String?
  package var createdFrom: Timestamp?
  package var createdTo: Timestamp?
  package var paidFrom: Timestamp?
  package var paidTo: Timestamp?
  /// Part of the buyer's e-mail, at least two characters, letters in either case.
  package var email: String?
  /// Part of the buyer's number at the shop, in the same way.
  package var userID: String?
  /// The buyer's whole address.
  package var ip: String?
  /// Part of the subject, at least two characters.
  package var text: String?
  package var flag: OrderFlags?
  package var owner: String?
  package var sorting: Sorting

  package init() { sorting = .newest }
}

/// Where a page of orders ended.
package struct OrderPlace: Hashable, Sendable {
  /// What the list is sorted by: minor units or milliseconds. Nil where it is sorted by creation,
  /// and for orders that have no such value.
  package var value: Int64?
  package var key: Int64

  package init(value: Int64? = nil, key: Int64) {
    self.value = value
    self.key = key
  }

  init(_ row: (key: Int64, order: Order), _ sorting: OrderFilter.Sorting) {
    key = row.key
    switch sorting {
    case .newest, .oldest: value = nil
    case .largest, .smallest: value = row.order.amount.minor
    case .paidLast: value = row.order.paidAt?.milliseconds
    }
  }
}

extension OrderFilter {
  func fits(_ order: Order) -> Bool {
    text.map { SearchTerms.matches(order, $0) } ?? true
  }

  func fits(_ buyer: Buyer?) -> Bool {
    if let email, !SearchTerms.contains(buyer?.email, email) { return false }
    if let userID, !SearchTerms.contains(buyer?.userID, userID) { return false }
    guard let ip else { return true }
    return buyer?.ip?.lowercased().utf8.elementsEqual(ip.lowercased().utf8) ?? false
  }

  var namesBuyer: Bool { email != nil || userID != nil || ip != nil }
}
