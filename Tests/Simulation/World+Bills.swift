import Chance
import Domain
import Engine
import Gateways
import Store

/// The work about bills that the daemon's shell does beside the writer.
extension World {
  func begin(_ task: BillTask) {
    switch task.step {
    case .download:
      guard let source = accounts.first(where: { $0.gateway.name == task.gateway })?.gateway.bills
      else { preconditionFailure("the engine asks for bills of gateways that give them out") }
      do throws(Fault) {
        go(on: try BillDownload(task.bill, from: source, at: moment), task)
      } catch { finish(task, .downloaded(.failure(error)), after: 1) }
    case .read(let statement, let from, let to):
      work(task) { _, store in
        .read(
          try StatementReading.draft(
            of: statement, for: BillTask.owner, gateway: task.gateway, layout: task.layout,
            period: (from, to), from: store))
      }
    case .compare(let statement):
      work(task) { world, store in
        .compared(
          try Comparison.draft(
            of: statement, with: nil, from: store, at: world.moment, terms: world.terms))
      }
    }
  }

  /// What the configuration says of a gateway.
  func terms(_ gateway: String) -> GatewayTerms {
    switch gateway {
    case payer.ledger.gateway: house.restDays.terms
    case "alipay": GatewayTerms(merchant: FakeAlipay.sellerID)
    default: GatewayTerms()
    }
  }

  private func finish(_ task: BillTask, _ end: BillTaskEnd, after delay: Int64) {
    after(delay, dies: true) { $0.feed(.billTaskEnded(task.id, end)) }
  }

  private func go(on download: BillDownload, _ task: BillTask) {
    after(bystander.next(in: latencyMilliseconds), dies: true) { world in
      let service =
        switch task.gateway {
        case FakeStripe.name: world.stripe.serve(download.request, at: world.now)
        case FakePayPal.name: world.payPal.serve(download.request, at: world.now)
        case FakeAirwallex.name: world.airwallex.serve(download.request, at: world.now)
        default: world.alipay.serve(download.request, at: world.now)
        }
      if let complaint = world.alipay.complaints.first {
        throw Violation(rule: "request", text: complaint)
      }
      world.after(service.delay + 1, dies: true) { $0.take(service.result, download, task) }
    }
  }

  private func take(
    _ result: Result<GatewayAnswer, Fault>, _ download: BillDownload, _ task: BillTask
  ) {
    do throws(Fault) {
      var download = download
      guard let outcome = try download.take(try result.get(), at: moment) else {
        return go(on: download, task)
      }
      finish(task, .downloaded(.success(outcome)), after: 0)
    } catch { finish(task, .downloaded(.failure(error)), after: 0) }
  }

  /// On one state of the store, which others may change before the end is fed back.
  private func work(
    _ task: BillTask, _ body: @escaping (World, StoreReader) throws -> BillTaskEnd
  ) {
    after(1, dies: true) { world in
      let end = world.drafted { try body(world, $0) }
      world.finish(task, end, after: world.bystander.pick([0, 1, 50, 5000]))
    }
  }

  func drafted(_ body: (StoreReader) throws -> BillTaskEnd) -> BillTaskEnd {
    do {
      return try body(try StoreReader(path: store.path))
    } catch let rejection as Rejection {
      return .refused(rejection)
    } catch { return .failed("\(error)") }
  }

  /// Somebody compares a statement by hand, perhaps while the daemon does so itself.
  ///
  /// - Parameter tries: what was overtaken is compared anew for its caller, as the server does.
  func compareByHand(_ statement: StatementID, by caller: Caller, tries: Int = 3) {
    let end = drafted { store in
      .compared(
        try Comparison.draft(of: statement, with: nil, from: store, at: moment, terms: terms))
    }
    guard case .compared(let draft) = end else { return }
    after(bystander.pick([0, 20, 3000])) { world in
      world.call("recon.run", .reconcile(draft), by: caller) { world, result in
        guard tries > 1, case .failure(let refusal)? = result,
          refusal.rejection.code == .versionMismatch
        else { return }
        world.compareByHand(statement, by: caller, tries: tries - 1)
      }
    }
  }

  /// Nobody misbehaved, and the daemon ran all the time.
  var isUntroubled: Bool { alipay.temper.struck.isEmpty && crashesCount == 0 }

  /// Nothing went wrong in this run but bills: then each difference has its cause in one.
  var isHonest: Bool {
    let stages: [Behaviour.Stage] = [
      .bill, .billRoad, .cardBill, .cardBillRoad, .walletBill, .walletList,
      .walletBillRoad, .exchange, .airBill, .airList, .airBillRoad, .airRefund, .cardOutside,
      .cardCurrency, .cardRate, .cardRateRow,
      .walletOutside, .airOutside, .payout, .payoutRow, .export,
    ]
    let ofBills = stages.flatMap { Behaviour.byStage[$0] ?? [] }
    return alipay.temper.struck.keys.allSatisfy(ofBills.contains)
  }
}
