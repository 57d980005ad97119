import Chance
import Domain
import Engine
import Gateways
import Sandbox

/// What happens to gateways and around them, order or no order.
extension World {
  /// Sets troubles over the given time.
  func planTroubles(within milliseconds: Int64) {
    for _ in 0..<6 {
      after(random.next(below: milliseconds)) { $0.troubleGateway() }
      after(random.next(below: milliseconds)) { $0.steal() }
      after(random.next(below: milliseconds)) { $0.actAtDesk() }
      after(random.next(below: milliseconds)) { $0.troubleBank() }
    }
    after(random.next(below: milliseconds)) { world in
      world.call("poll.run", .pollRun(nil), by: People.li)
    }
    guard random.chance(permille: 200) else { return }
    after(random.next(below: milliseconds)) { world in
      world.call("gateway.pause", .gatewayPause("alipay"), by: People.li)
      world.after(60_000) { $0.call("gateway.resume", .gatewayResume("alipay"), by: People.li) }
    }
  }

  private func troubleGateway() {
    guard let trouble = alipay.temper.strike(.period) else { return }
    alipay.temper.note(trouble)
    let until = now + random.next(in: 5000...900_000)
    switch trouble {
    case .outage: alipay.unreachableUntil = until
    case .limitedPeriod: alipay.limitedUntil = until
    case .keyRotated: alipay.rotatedUntil = until
    default: alipay.amnesiaUntil = until
    }
  }

  private func steal() {
    // A thief speaks of what can still be paid.
    let open = alipay.numbers.filter { alipay.trade($0)?.isUnpaid == true }
    guard let lie = alipay.temper.strike(.leak), !open.isEmpty,
      let raw = alipay.slander(lie, random.pick(open), at: now)
    else { return }
    ingest("alipay", raw)
  }

  private func actAtDesk() {
    guard let act = alipay.temper.strike(.desk), !alipay.numbers.isEmpty else { return }
    let number = random.pick(alipay.numbers)
    if act == .reversedAtOnce { alipay.pay(number, at: now) }
    alipay.temper.note(act)
    alipay.refundAtDesk(number, at: now)
  }

  /// The built-in bank's faults, each for a while or for some calls.
  private func troubleBank() {
    guard let sandbox, let trouble = alipay.temper.strike(.bank) else { return }
    alipay.temper.note(trouble)
    switch trouble {
    case .bankReturnsRefund: _ = sandbox.bank.behave(.refundReturned, calls: 2)
    case .bankMisbehaves:
      _ = sandbox.bank.behave(
        random.pick(SandboxFault.allCases), forMilliseconds: random.next(in: 1000...300_000))
    default: break
    }
  }

  /// A buyer pays at the built-in bank, in one of its ways.
  func payAtBank(_ number: String) {
    guard let sandbox else { return }
    let payment = SandboxReference(gateway: SandboxSide.name, outTradeNumber: number)
    let callback = random.pick([SandboxCallback.deliver, .deliver, .lose, .duplicate, .delay])
    let delay = callback == .delay ? random.next(in: 1000...3_600_000) : 0
    let way = alipay.temper.strike(.bank)
    if let way { alipay.temper.note(way) }
    func pay(_ act: SandboxBuyerAct, _ amount: Money? = nil) {
      _ = sandbox.bank.pay(
        payment, act, amount: amount, callback: callback, delayMilliseconds: delay)
    }
    switch way {
    case .bankProcesses:
      pay(.processing)
      after(random.next(in: 1000...7_200_000)) { $0.finishAtBank(payment) }
    case .bankDeclines: pay(.failed)
    case .bankTakesOther:
      let asked = sandbox.trade(number)?.amount
      pay(.paid, asked.map { Money($0.minor + 7, $0.currency) })
    default: pay(.paid)
    }
    mayDispute(number)
  }

  private func finishAtBank(_ payment: SandboxReference) {
    _ = sandbox?.bank.pay(payment, random.chance(permille: 700) ? .paid : .failed)
  }
}
