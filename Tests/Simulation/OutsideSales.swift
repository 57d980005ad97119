import Chance
import Domain

/// Sales of another system by the same accounts: Till made none of them.
extension FakeStripe {
  /// - Returns: the number that it is paid and disputed by here.
  func sellOutside(_ minor: Int64, at now: Int64) -> String {
    let number = "OTHER-\(ids.count + 1)"
    var intent = Intent(id: "pi_\(ids.count + 1)", number: number, amount: minor, madeAt: now)
    (intent.received, intent.paidAt, intent.isOutside) = (minor, now, true)
    ids.append(intent.id)
    intents[intent.id] = intent
    ledger.move(.charge, intent.id, "", minor, at: now)
    happen("payment_intent.succeeded", text(intent), at: now)
    return number
  }

  func isOutside(_ row: CardMovement) -> Bool {
    intents[disputes[row.about]?.intent ?? row.object]?.isOutside ?? false
  }
}

extension FakePayPal {
  func sellOutside(_ minor: Int64, at now: Int64) -> String {
    let number = "OTHER-\(ids.count + 1)"
    var order = Order(id: "O-\(ids.count + 1)", number: number, minor: minor)
    let capture = "CAP-\(ids.count + 1)"
    (order.isApproved, order.capture, order.paidAt, order.isOutside) = (true, capture, now, true)
    ids.append(order.id)
    orders[order.id] = order
    ledger.move(.charge, capture, number, minor, at: now)
    happen("PAYMENT.CAPTURE.COMPLETED", captureText(order), at: now)
    return number
  }

  func isOutside(_ row: CardMovement) -> Bool {
    order(captured: disputes[row.about]?.capture ?? row.object)?.isOutside ?? false
  }
}

extension FakeAirwallex {
  func sellOutside(_ minor: Int64, at now: Int64) -> String {
    let number = "OTHER-\(ids.count + 1)"
    var intent = Intent(id: "int_\(ids.count + 1)", number: number, minor: minor)
    (intent.received, intent.paidAt, intent.isOutside) = (minor, now, true)
    ids.append(intent.id)
    intents[intent.id] = intent
    ledger.move(.charge, intent.id, "", minor, at: now)
    happen("payment_intent.succeeded", text(intent), at: now)
    return number
  }

  func isOutside(_ row: CardMovement) -> Bool {
    intents[disputes[row.about]?.intent ?? row.object]?.isOutside ?? false
  }
}

/// Who sells by the shop's own accounts beside it, and whose buyers' banks take the money back.
extension World {
  private static let outsideSalesMost = 2
  private static let outsideMilliseconds: Int64 = 4_000_000

  func planOutsideCardSales() {
    planOutside(.cardOutside, sell: { $0.stripe.sellOutside($1, at: $0.now) }) { last in
      ["needs_response", last ? "lost" : "won"].map { status in
        { $0.stripe.act($1, status, amount: .max, dueAt: nil, at: $0.now) }
      }
    }
  }

  func planOutsideWalletSales() {
    planOutside(.walletOutside, sell: { $0.payPal.sellOutside($1, at: $0.now) }) { last in
      let outcome = last ? "RESOLVED_BUYER_FAVOUR" : "RESOLVED_SELLER_FAVOUR"
      let steps = [
        FakePayPal.Act(status: "WAITING_FOR_SELLER_RESPONSE"),
        .init(status: "RESOLVED", outcome: outcome),
      ]
      return steps.map { step in
        { $0.payPal.act($1, step, minor: .max, dueAt: nil, isByBank: true, at: $0.now) }
      }
    }
  }

  func planOutsideAirwallexSales() {
    planOutside(.airOutside, sell: { $0.airwallex.sellOutside($1, at: $0.now) }) { last in
      ["REQUIRES_RESPONSE", last ? "LOST" : "WON"].map { status in
        { $0.airwallex.act($1, "CHARGEBACK", status, minor: .max, dueAt: nil, at: $0.now) }
      }
    }
  }

  /// - Parameter acts: what the buyer's bank does, one after the other; true for one that ends with
  ///   the money gone.
  private func planOutside(
    _ stage: Behaviour.Stage, sell: @escaping (World, Int64) -> String,
    acts: (Bool) -> [(World, String) -> Void]
  ) {
    for _ in 0..<World.outsideSalesMost {
      guard let way = alipay.temper.strike(stage) else { continue }
      alipay.temper.note(way)
      let minor: Int64 = bystander.pick([3300, 70_000])
      let steps = acts(bystander.chance(permille: 500))
      let begin = bystander.next(in: 1_200_000...World.hourMilliseconds * 30)
      let pause = bystander.next(in: 1000...World.hourMilliseconds * 10)
      after(bystander.next(below: World.outsideMilliseconds)) { world in
        let number = sell(world, minor)
        for (place, act) in steps.enumerated() {
          world.after(begin + Int64(place) * pause) { act($0, number) }
        }
      }
    }
  }
}
