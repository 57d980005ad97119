/// Which of the rows about disputes that bills told of the gateways have told of since: what moved
/// by their word is moved by no decision.
struct DisputeRows {
  /// By the difference: what is known by word of what its row says.
  private(set) var minor: [String: Int64] = [:]

  init(_ orders: [OrderModel], _ differences: DifferenceBook) {
    var waiting: [String: [String]] = [:]
    for id in differences.ids {
      guard let one = differences.all[id], one.kind == "unknown_dispute" else { continue }
      if one.ours.hasPrefix("pay") { waiting[one.ours, default: []].append(id) }
      if one.ours.isEmpty, let payment = Self.payment(named: one, orders) {
        waiting[payment, default: []].append(id)
      }
      guard one.ours.hasPrefix("dsp") else { continue }
      let parts = one.ours.split(separator: ":")
      let place = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
      let dispute = orders.lazy.flatMap(\.disputes).first { $0.id == parts[0] }?.value
      if let movements = dispute?.movements, movements.indices.contains(place - 1) {
        minor[id] = movements[place - 1].minor
      }
    }
    guard !waiting.isEmpty else { return }
    for order in orders where !order.disputes.isEmpty {
      explain(order, &waiting, differences)
    }
  }

  /// The payment of a dispute that a row names, itself or by its payment, though nobody knew then.
  private static func payment(
    named row: DifferenceBook.Difference, _ orders: [OrderModel]
  ) -> String? {
    let names = Set([row.transaction, row.reference, row.parent].filter { !$0.isEmpty })
    for order in orders {
      for (_, dispute) in order.disputes {
        guard let payment = order.payment(dispute.payment), payment.gateway == row.gateway
        else { continue }
        let numbers = [dispute.number, payment.number, payment.transaction ?? ""]
        if !names.isDisjoint(with: numbers) { return dispute.payment }
      }
    }
    return nil
  }

  private mutating func explain(
    _ order: OrderModel, _ waiting: inout [String: [String]], _ differences: DifferenceBook
  ) {
    let told = order.disputes.flatMap { dispute in
      dispute.value.movements.map { (payment: dispute.value.payment, movement: $0) }
    }.enumerated().sorted {
      ($0.element.movement.knownBy, $0.offset) < ($1.element.movement.knownBy, $1.offset)
    }
    for (_, one) in told {
      let fitting = (waiting[one.payment] ?? []).filter { id in
        guard let row = differences.all[id] else { return false }
        return row.openedBy < one.movement.knownBy && (row.actual < 0) == (one.movement.minor < 0)
      }
      let same = fitting.first { differences.all[$0]?.actual == one.movement.minor }
      guard let id = same ?? fitting.first else { continue }
      waiting[one.payment]?.removeAll { $0 == id }
      minor[id] = one.movement.minor
    }
  }
}

extension DifferenceBook.Difference {
  /// - Parameter known: what the gateway's word has booked of it by itself.
  func posted(less known: Int64?) -> Int64 {
    guard let known, isPosting else { return posted }
    return actual - known
  }
}

extension DifferenceBook {
  /// What people took for lost because a bill tells of a dispute otherwise than we know.
  func acceptedLosses(_ currency: String, _ known: DisputeRows) -> Int64 {
    all.filter {
      $0.value.kind == "unknown_dispute" && $0.value.verb == "accept_gateway"
        && $0.value.currency == currency
    }.reduce(0) { $0 - $1.value.posted(less: known.minor[$1.key]) }
  }
}
