import Store
import Chance
import Domain
import Engine
import Gateways

/// What happens around one order: a shop sells, a buyer pays or does not, workers hand out goods,
/// staff give money back. It knows only what it was told by answers.
final class Story {
  let index: Int
  let amount: Int64
  let lines: [OrderLine]
  let expiresIn: Int64
  var order: OrderID?
  var payments: [PaymentView] = []
  var refunds: [RefundID] = []
  var claims: [ClaimID] = []
  private var keys = 0
  /// One for all tries: a try that was refused may follow one whose answer got lost.
  private lazy var orderKey = key()
  private var payTimes: PayTimes

  init(index: Int, random: inout SeededRandom) {
    self.index = index
    let count = random.pick([0, 0, 1, 2, 3])
    let price = random.pick([1, 99, 5800, 12_345, 90_000] as [Int64])
    lines = (0..<count).map {
      OrderLine(sku: nil, name: "goods \($0)", quantity: 1, unitPrice: price)
    }
    amount = count == 0 ? price : price * Int64(count)
    expiresIn = random.pick([60_000, 300_000, 900_000, 900_000, 3_600_000] as [Int64])
    payTimes = PayTimes(
      medianMilliseconds: 40_000, sigmaPermille: 1000, seed: random.next())
  }

  func key() -> String {
    keys += 1
    return "story-\(index)-\(keys)"
  }

  private static var yuan: Currency {
    guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    return currency
  }

  func money(_ minor: Int64) -> Money { Money(minor, Story.yuan) }

  // MARK: selling

  func begin(_ world: World) {
    let wish = OrderOrder(
      number: "A\(index)", amount: money(amount), subject: "tea \(index)", lines: lines,
      source: nil, expiresInMilliseconds: expiresIn, buyer: Buyer(email: "b\(index)@example.com"),
      metadata: nil)
    world.insist(
      "order.create", .orderCreate(wish), by: People.shop, key: orderKey, params: "A\(index)"
    ) { world, result in
      guard case .success(.order(let view)) = result else {
        guard world.engine.state == .readOnly else {
          throw Violation(rule: "shop", text: "order A\(self.index) was refused: \(result)")
        }
        return world.after(12_000) { self.begin($0) }
      }
      self.order = view.order.id
      world.after(world.random.next(in: 20...4000)) { self.openPayment($0, tries: 0) }
      self.plan(world)
    }
  }

  func openPayment(_ world: World, tries: Int) {
    guard let order else { return }
    let gateway = world.random.pick(world.gatewayNames)
    let wish = PaymentOrder(
      order: .id(order), gateway: gateway, method: nil, returnURL: nil, clientIP: nil)
    world.insist(
      "payment.create", .paymentCreate(wish), by: People.shop, key: key(),
      params: "\(order) \(gateway)"
    ) { world, result in
      if case .success(.payment(let view, _)) = result { return self.learn(view, world) }
      guard tries < 4 else { return }
      world.after(world.random.next(in: 1000...8000)) { self.openPayment($0, tries: tries + 1) }
    }
  }

  private func learn(_ view: PaymentView, _ world: World) {
    let isKnown = payments.contains { $0.payment.id == view.payment.id }
    if !isKnown { payments.append(view) }
    guard !isKnown || view.payment.action != nil else { return }
    buy(view.payment, world)
  }

  // MARK: buying

  /// Long after everybody has given up, and the gateway tells nobody.
  private func payUnheard(_ payment: Payment, _ world: World) {
    guard payment.gateway != SandboxSide.name, world.alipay.temper.strike(.unheard) != nil else {
      return
    }
    world.alipay.temper.note(.paysUnheard)
    let delay = world.bystander.next(in: 108_000_000...170_000_000)
    world.after(delay) { world in
      let tell = world.alipay.tell
      world.alipay.tell = { _ in }
      world.alipay.pay(payment.outTradeNumber, at: world.now, isForced: true)
      world.alipay.tell = tell
    }
  }

  private func buy(_ payment: Payment, _ world: World) {
    guard payment.action != nil else { return }
    let number = payment.outTradeNumber
    payUnheard(payment, world)
    if world.random.chance(permille: 200) {
      // Looks at the price and goes; the gateway knows the trade from then on.
      world.after(5000) { $0.alipay.scan(number, at: $0.now) }
      return
    }
    let isBank = payment.gateway == SandboxSide.name
    var delay = payTimes.next()
    let act = world.alipay.temper.strike(.buyer)
    if let act { world.alipay.temper.note(act) }
    let left = payment.expiresAt.milliseconds - world.now
    if act == .paysAtExpiry { delay = max(1, left - 50 + world.random.next(below: 100)) }
    if act == .paysAfterExpiry { delay = max(1, left) + world.random.next(in: 1...7_000_000) }
    world.after(delay / 2) { world in
      if !isBank { world.alipay.scan(number, at: world.now) }
    }
    world.after(delay) { world in
      if isBank {
        world.payAtBank(number)
      } else {
        world.alipay.pay(number, at: world.now, isForced: act == .paysAfterExpiry)
      }
    }
    guard act == .paysTwice else { return }
    world.after(delay + 2000) { world in
      for other in self.payments where other.payment.gateway == "alipay" {
        world.alipay.pay(other.payment.outTradeNumber, at: world.now, isForced: true)
      }
    }
  }
}
