/// Money that came by bank transfer: what a file told of stands at the payment that it names, or
/// before a person.
extension Auditor {
  func auditTransfers() throws {
    var named: Set<String> = []
    for movement in account.movements where account.told.contains(movement.number) {
      guard movement.names.count == 1 else {
        for number in movement.names { try auditAmbiguous(movement, number) }
        continue
      }
      for number in movement.names {
        try audit(movement, of: number, isFirst: named.insert(number).inserted)
      }
    }
  }

  private func payment(
    numbered number: String
  ) throws -> (order: OrderModel, value: OrderModel.Payment) {
    for order in orders.values {
      if let found = order.payments.first(where: { $0.value.number == number }) {
        return (order, found.value)
      }
    }
    throw Violation(rule: "books", text: "nobody knows \(number)")
  }

  private func auditAmbiguous(_ movement: BankAccount.Movement, _ number: String) throws {
    let (order, _) = try payment(numbered: number)
    guard order.everRaised.contains("bank_row_ambiguous") else {
      throw Violation(
        rule: "books", text: "\(movement.number) may be for \(number), and nobody is told")
    }
  }

  private func audit(
    _ movement: BankAccount.Movement, of number: String, isFirst: Bool
  ) throws {
    let (order, payment) = try payment(numbered: number)
    let isCharged = isFirst && payment.state == "succeeded" && payment.captured == movement.minor
    guard isCharged || order.everRaised.contains("second_charge") else {
      throw Violation(
        rule: "books",
        text: "\(movement.minor) came for \(number) as \(movement.number); here it is "
          + "\(payment.state) over \(payment.captured) and nobody is told")
    }
  }
}
