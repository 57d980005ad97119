import Chance
import Domain
import Engine
import Foundation
import Gateways
import Store

/// How long after a gateway's success an order is paid when every callback is lost, in virtual time.
///
/// The real schedule within the default budget; every other order is watched from its beginning
/// until it is paid. Buyers take a log-normal time, by default with a median of 40 seconds.
package struct LatencyRun: Sendable {
  package struct Row: Sendable {
    package let name: String
    package let orders: Int
    /// Milliseconds from the gateway's success to the commit.
    package let p50: Int64
    package let p95: Int64
    package let p99: Int64
    package let longest: Int64
    /// Questions for each paid order, the one that brought the news included; hundredths.
    package let questionsHundredths: Int64
    /// Paid at the gateway and never here.
    package let neverCount: Int
  }

  package var seed: UInt64
  package var orders: Int
  package var medianMilliseconds: Int64 = 40_000
  package var sigmaPermille: Int64 = 1000
  /// From one order to the next on average. The default budget is ten questions a second.
  package var gapMilliseconds: Int64 = 1250

  package init(seed: UInt64 = 1, orders: Int = 20_000) {
    self.seed = seed
    self.orders = orders
  }

  private final class Tally {
    var paidAt: [String: Int64] = [:]
    var learntAfter: [String: Int64] = [:]
    var isWatched: [String: Bool] = [:]
    var payTimes: PayTimes

    init(_ payTimes: PayTimes) { self.payTimes = payTimes }
  }

  package func run() throws -> [Row] {
    let folder = SimulatedRun.scratch.appending(path: "till-latency-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let world = try World(
      seed: seed, temper: .calm, violence: .none, hasSandbox: false, folder: folder)
    world.losesNotices = true
    let tally = Tally(
      PayTimes(medianMilliseconds: medianMilliseconds, sigmaPermille: sigmaPermille, seed: seed))
    world.auditor.hears = { [unowned world] number in
      guard let paidAt = tally.paidAt[number] else { return }
      tally.learntAfter[number] = world.now - paidAt
    }
    var at: Int64 = 0
    for index in 0..<orders {
      world.after(at) { sell(index, tally, $0) }
      at += 1 + world.random.next(below: 2 * gapMilliseconds - 1)
    }
    try world.advance(to: World.start + at + 2 * 86_400_000)
    return [rows("watched", tally, world, true), rows("unwatched", tally, world, false)]
  }

  private func sell(_ index: Int, _ tally: Tally, _ world: World) {
    guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    let wish = OrderOrder(
      number: "L\(index)", amount: Money(100 + Int64(index % 900), currency), subject: "tea",
      lines: [], source: nil, expiresInMilliseconds: nil, buyer: nil, metadata: nil)
    world.insist(
      "order.create", .orderCreate(wish), by: People.shop, key: "order-\(index)", params: "\(index)"
    ) { world, result in
      guard case .success(.order(let view)) = result else { return }
      let order = view.order.id
      let isWatched = index % 2 == 0
      if isWatched { world.watch(order, true) }
      let wish = PaymentOrder(
        order: .id(order), gateway: "alipay", method: nil, returnURL: nil, clientIP: nil)
      world.insist(
        "payment.create", .paymentCreate(wish), by: People.shop, key: "payment-\(index)",
        params: order.text
      ) { world, result in
        guard case .success(.payment(let view, _)) = result else { return }
        self.buy(view.payment, isWatched: isWatched, tally, world)
      }
    }
  }

  private func buy(_ payment: Payment, isWatched: Bool, _ tally: Tally, _ world: World) {
    let number = payment.outTradeNumber
    let delay = tally.payTimes.next()
    world.after(delay / 2) { $0.alipay.scan(number, at: $0.now) }
    world.after(delay) { world in
      guard world.alipay.pay(number, at: world.now) else { return }
      tally.paidAt[number] = world.now
      tally.isWatched[number] = isWatched
    }
    guard isWatched else { return }
    // Whoever waits goes when the news are there, or after the wait's longest time.
    world.after(min(delay + 30_000, 900_000)) { $0.watch(payment.order, false) }
  }

  private func rows(_ name: String, _ tally: Tally, _ world: World, _ isWatched: Bool) -> Row {
    let numbers = world.alipay.numbers.filter { tally.isWatched[$0] == isWatched }
    let times = numbers.compactMap { tally.learntAfter[$0] }.sorted()
    func at(_ permille: Int) -> Int64 {
      times.isEmpty ? 0 : times[min(times.count - 1, times.count * permille / 1000)]
    }
    let questions = numbers.reduce(0) { $0 + world.alipay.count("alipay.trade.query", $1) }
    return Row(
      name: name, orders: numbers.count, p50: at(500), p95: at(950), p99: at(990),
      longest: times.last ?? 0,
      questionsHundredths: Int64(questions * 100 / max(1, numbers.count)),
      neverCount: numbers.count - times.count)
  }
}
