import Chance
import Crypto
import Domain
import Engine
import Store

/// Orders that are paid by bank transfer, and somebody who takes in the bank's files.
extension World {
  private static let dayMilliseconds: Int64 = 86_400_000
  private static let orderMilliseconds: Int64 = 172_800_000
  /// The bank's first file comes in the night after the start.
  private static let firstFileMilliseconds: Int64 = 64_800_000
  private static let filesCount = 6

  func planTransfers() {
    for place in 0..<Int(bystander.next(in: 2...6)) {
      after(bystander.next(below: 4_000_000)) { $0.sellByTransfer("T\(place)") }
    }
    for place in 0..<World.filesCount {
      let delay = World.firstFileMilliseconds + Int64(place) * World.dayMilliseconds
      after(delay) { $0.takeInBankFile(of: $0.account) }
    }
  }

  // MARK: the shop

  private func sellByTransfer(_ number: String) {
    guard let yuan = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    let minor = bystander.pick([100, 5800, 123_456] as [Int64])
    let wish = OrderOrder(
      number: number, amount: Money(minor, yuan), subject: "tea \(number)", lines: [], source: nil,
      expiresInMilliseconds: World.orderMilliseconds, buyer: Buyer(email: "t@example.com"),
      metadata: nil)
    insist(
      "order.create", .orderCreate(wish), by: People.shop, key: "order-\(number)", params: number
    ) { world, result in
      guard case .success(.order(let view)) = result else {
        return world.after(12_000) { $0.sellByTransfer(number) }
      }
      world.askForTransfer(view.order.id, number)
    }
  }

  private func askForTransfer(_ order: OrderID, _ number: String) {
    let wish = PaymentOrder(
      order: .id(order), gateway: account.name, method: nil, returnURL: nil, clientIP: nil)
    insist(
      "payment.create", .paymentCreate(wish), by: People.shop, key: "pay-\(number)", params: number
    ) { world, result in
      guard case .success(.payment(let view, _)) = result else {
        return world.after(12_000) { $0.askForTransfer(order, number) }
      }
      world.planBuyer(of: view.payment)
    }
  }

  // MARK: the buyer

  private func planBuyer(of payment: Payment) {
    account.asked.append(payment.outTradeNumber)
    guard bystander.chance(permille: 850) else { return }
    let lie = alipay.temper.strike(.transfer)
    let isLate = lie == .transferLate
    let delay =
      isLate
      ? World.orderMilliseconds + bystander.next(in: 3_600_000...World.dayMilliseconds)
      : bystander.next(in: 60_000...(World.orderMilliseconds - 3_600_000))
    after(delay) { world in
      if let lie { world.alipay.temper.note(lie) }
      world.transfer(payment, lie)
    }
  }

  private func transfer(_ payment: Payment, _ lie: Behaviour?) {
    var names = [payment.outTradeNumber]
    var minor = payment.amount.minor
    switch lie {
    case .transferOther: minor += bystander.pick([-1, 1, 5000])
    case .transferUnnamed: names = []
    case .transferNamesTwo:
      names += account.asked.filter { $0 != payment.outTradeNumber }.prefix(1)
    case .transferTwice: account.take(minor, naming: names, at: now)
    default: break
    }
    account.take(minor, naming: names, at: now)
  }

  // MARK: the bank's files

  func takeInBankFile(of account: BankAccount) {
    let yesterday = CivilDay(moment, offsetMinutes: 0).adding(days: -1)
    let lie = alipay.temper.strike(.transferFile)
    let first = lie == .transferFileAgain ? yesterday.adding(days: -2) : yesterday
    if lie == .transferFileWrong, let wrong = account.file(first...yesterday, isWrong: true) {
      alipay.temper.note(.transferFileWrong)
      takeIn(wrong, first...yesterday, of: account)
      // The bank says sorry and sends the right one.
      after(bystander.next(in: 1...14) * World.hourMilliseconds) { world in
        guard let right = account.file(first...yesterday, isWrong: false) else { return }
        world.takeIn(right, first...yesterday, of: account)
      }
      return
    }
    guard let file = account.file(first...yesterday, isWrong: false) else { return }
    if lie == .transferFileAgain { alipay.temper.note(.transferFileAgain) }
    takeIn(file, first...yesterday, of: account)
  }

  private func takeIn(
    _ bytes: [UInt8], _ days: ClosedRange<CivilDay>, of account: BankAccount
  ) {
    call(
      "statement.begin",
      .statementBegin(
        name: nil, byteCount: Int64(bytes.count), digest: SHA256.hash(bytes).hex),
      by: People.wang
    ) { world, result in
      guard case .success(.received(let id, let count)) = result else {
        return world.takeInLater(bytes, days, of: account)
      }
      guard count < Int64(bytes.count) else { return world.takeIn(id, bytes, days, of: account) }
      world.call(
        "statement.append", .statementAppend(id, place: 0, bytes), by: People.wang
      ) { world, result in
        guard case .success = result else { return world.takeInLater(bytes, days, of: account) }
        world.takeIn(id, bytes, days, of: account)
      }
    }
  }

  /// Until there is an answer: the daemon may have died or have no room.
  private func takeInLater(
    _ bytes: [UInt8], _ days: ClosedRange<CivilDay>, of account: BankAccount
  ) {
    after(bystander.next(in: 1000...12_000)) { $0.takeIn(bytes, days, of: account) }
  }

  private func takeIn(
    _ upload: StatementID, _ bytes: [UInt8], _ days: ClosedRange<CivilDay>,
    of account: BankAccount
  ) {
    let period = (
      from: Optional(days.lowerBound.start(offsetMinutes: 0)),
      to: Optional(days.upperBound.end(offsetMinutes: 0))
    )
    guard let draft = draft(of: upload, account.name, period) else {
      return takeInLater(bytes, days, of: account)
    }
    call("statement.import", .statementImport(draft), by: People.wang) { world, result in
      guard case .success = result else { return world.takeInLater(bytes, days, of: account) }
    }
  }

  private func draft(
    of upload: StatementID, _ gateway: String, _ period: (from: Timestamp?, to: Timestamp?)
  ) -> StatementDraft? {
    // try?: a draft that cannot be made now is made again later.
    try? StatementReading.draft(
      of: upload, for: People.wang.principal, gateway: gateway, layout: nil,
      period: period, from: try StoreReader(path: store.path))
  }
}
