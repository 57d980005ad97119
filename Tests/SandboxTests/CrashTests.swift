import Domain
import Foundation
import Gateways
import SQLite
import Synchronization
import Testing

@testable import Sandbox

@Suite("the books after a crash and on a failing disk", .serialized)
struct CrashTests {
  @Test("killed within the transaction of pay: nothing was paid and nobody is told")
  func killedBefore() async throws {
    let folder = try await openedBooks()
    defer { try? FileManager.default.removeItem(at: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let bench = try Bench(in: URL(filePath: path))
      try bench.bank.withBooks { books throws(SQLiteError) in
        try books.transaction { () throws(SQLiteError) in
          guard let trade = try books.trade(gateway: "sandbox", number: "PAY1") else { return }
          var desk = try SandboxBank.desk(books, "sandbox", SandboxPace(), at: bench.now)
          _ = try desk.take(trade.amount, for: trade)
          kill(getpid(), SIGKILL)
        }
      }
    }
    let again = try Bench(in: folder)
    #expect(try again.trade()?.status == .waiting)
    #expect(try again.trade()?.callback == nil)
    #expect(again.notices().isEmpty)
    try again.pay()
    #expect(again.notices().count == 1)
  }

  @Test("killed between the commit and the notice: paid, and told after the start")
  func killedAfter() async throws {
    let folder = try await openedBooks()
    defer { try? FileManager.default.removeItem(at: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let database = URL(filePath: path).appending(path: "sandbox.db").path
      let bank = try SandboxBank(
        path: database, accounts: [SandboxAccount(name: "sandbox", secret: Bench.secret)],
        clock: { Bench.start }, deliver: { _, _ in kill(getpid(), SIGKILL) })
      _ = bank.pay(SandboxReference(gateway: "sandbox", outTradeNumber: "PAY1"))
      bank.settle()
    }
    let again = try Bench(in: folder)
    #expect(try again.trade()?.paid == cny(5_800))
    #expect(again.readings().compactMap(\.verified).count == 1)
  }

  @Test("killed at any instant: what was said to be done is there, whole", arguments: 1...6)
  func killedAnywhere(_ round: Int) async throws {
    let folder = try await openedBooks(trades: 150)
    defer { try? FileManager.default.removeItem(at: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = folder.path as String, round = round as Int] in
      let bench = try Bench(in: URL(filePath: path))
      let said = try Said(path + "/said")
      for index in 1...150 {
        try bench.pay("PAY\(index)", callback: .duplicate)
        said.add("paid PAY\(index)")
        if index == 1 {
          Thread.detachNewThread {
            // Any moment will do; the rounds differ so that they do not all hit the same one.
            usleep(UInt32(round) * 4_300)
            kill(getpid(), SIGKILL)
          }
        }
        let facts = bench.payment("PAY\(index)")
        let refund = bench.refund("R\(index)", 1_000)
        if case .succeeded? = await bench.ask(.refund(facts, refund)).refund {
          said.add("refunded PAY\(index)")
        }
      }
      // Faster than the killer: end the same way.
      kill(getpid(), SIGKILL)
    }
    try expectWhole(folder)
  }

  @Test("at every place where the disk can fail, pay does all or nothing")
  func failingPay() async throws {
    var failures = 0
    for point in [FaultPlan.Point.begin, .step, .commit] {
      var after = 0
      while true {
        let bench = try Bench()
        _ = try await bench.open()
        try plan(FaultPlan(point, .diskFull, after: after), bench)
        let result = bench.bank.pay(bench.reference(), callback: .lose)
        guard try firedPlan(bench) else { break }
        failures += 1
        if case .failure(let rejection) = result {
          #expect(rejection.code == .dbError)
          #expect(try bench.trade()?.status == .waiting)
          #expect(try bench.trade()?.callback == nil)
        }
        _ = bench.bank.pay(bench.reference(), callback: .lose)
        #expect(try bench.trade()?.paid == cny(5_800))
        #expect(try bench.trade()?.callback == .lose)
        after += 1
      }
    }
    #expect(failures >= 6)
  }

  @Test("at every place where the disk can fail, a refund does all or nothing, and 503 says so")
  func failingRefund() async throws {
    for point in [FaultPlan.Point.begin, .step, .commit, .committed] {
      var after = 0
      while true {
        let bench = try Bench()
        let facts = try await bench.open()
        try bench.pay(callback: .lose)
        try plan(FaultPlan(point, .diskFull, after: after), bench)
        let result = await bench.ask(.refund(facts, bench.refund()))
        guard try firedPlan(bench) else { break }
        if let fault = result.fault {
          guard case .outcomeUnknown(let reason) = fault else {
            Issue.record("a broken bank leaves the outcome unknown")
            return
          }
          #expect(reason.gatewayCode == "503")
          let refunds = try #require(try bench.trade()).refunds
          #expect(refunds.count == (point == .committed ? 1 : 0))
        }
        _ = await bench.ask(.refund(facts, bench.refund()))
        #expect(try bench.trade()?.refunded == cny(5_800))
        #expect(try bench.trade()?.refunds.count == 1)
        after += 1
      }
      #expect(after > 0)
    }
  }

  @Test("a notice whose delivery could not be noted is delivered again, not lost")
  func failingDelivery() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    // Long enough for the bank's own wake-up not to come in between.
    try bench.pay(callback: .delay, delayMilliseconds: 3_600_000)
    bench.advance(milliseconds: 3_600_000)
    try plan(FaultPlan(.commit, .diskFull), bench)
    #expect(bench.notices().count == 1)
    #expect(try firedPlan(bench))
    #expect(try bench.trade()?.noticesPending == 1)
    #expect(bench.notices().count == 2)
    #expect(try bench.trade()?.noticesPending == 0)
  }

  @Test("the file itself refuses more refunds than were paid")
  func lastWall() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    let trade = try bench.pay(callback: .lose)
    #expect(throws: SQLiteError.self) {
      try bench.bank.withBooks { books throws(SQLiteError) in
        try books.insertRefund(
          "R1", of: trade, amount: cny(5_801), reason: nil, returnsAt: nil, at: bench.now)
      }
    }
    #expect(try bench.trade()?.refunds.isEmpty == true)
  }

  @Test("after close the bank answers 503 and its books stay shut")
  func closed() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.bank.close()
    try bench.bank.close()
    guard case .outcomeUnknown? = await bench.ask(.query(facts)).fault else {
      Issue.record("a closed bank says nothing about payments")
      return
    }
    #expect(bench.bank.pay(bench.reference()).rejection?.code == .dbError)
  }

  // MARK: Steps

  /// Books with trades that wait, closed properly.
  private func openedBooks(trades: Int = 1) async throws -> URL {
    let bench = try Bench()
    let folder = try Bench.makeFolder()
    for index in 1...trades { _ = try await bench.open("PAY\(index)") }
    try bench.bank.close()
    try copyBooks(from: bench.folder, to: folder)
    return folder
  }

  private func plan(_ plan: FaultPlan, _ bench: Bench) throws {
    try bench.bank.withBooks { books throws(SQLiteError) in books.connection.faultPlan = plan }
  }

  private func firedPlan(_ bench: Bench) throws -> Bool {
    try bench.bank.withBooks { books throws(SQLiteError) in
      let hasFired = books.connection.faultPlan?.hasFired ?? false
      books.connection.faultPlan = nil
      return hasFired
    }
  }

  private func expectWhole(_ folder: URL) throws {
    let said = (try? String(contentsOf: folder.appending(path: "said"), encoding: .utf8)) ?? ""
    let lines = Set(said.split(separator: "\n").map { String($0) })
    let again = try Bench(in: folder)
    #expect(
      try again.bank.withBooks { books throws(SQLiteError) in
        try books.connection.integrityCheck() + books.connection.foreignKeyCheck()
      } == [])
    let told = Dictionary(
      grouping: again.readings().compactMap(\.verified?.outTradeNumber), by: { $0 })
    let trades = try again.bank.books().get()
    #expect(trades.count == 150)
    for trade in trades {
      let number = trade.outTradeNumber
      switch trade.status {
      case .waiting:
        #expect(!lines.contains("paid \(number)"))
        #expect(told[number] == nil)
        #expect(trade.callback == nil && trade.refunds.isEmpty)
      case .paid:
        #expect(trade.paid == cny(5_800))
        #expect(trade.callback == .duplicate)
        #expect(trade.refunds.count == 1 || !lines.contains("refunded \(number)"))
        #expect(trade.noticesPending == 0)
      default: Issue.record("\(number) is \(trade.status)")
      }
    }
    let paid = trades.filter { $0.status == .paid }.count
    let saidPaid = lines.filter { $0.hasPrefix("paid ") }.count
    // At most one payment was on the disk and could not be said any more.
    #expect(paid == saidPaid || paid == saidPaid + 1)
    #expect(saidPaid > 0)
  }
}

/// A file of lines that outlives a kill: each is written by one call.
private final class Said: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    try #require(descriptor >= 0)
  }

  func add(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    let written = write(descriptor, bytes, bytes.count)
    precondition(written == bytes.count, "a line is written whole")
  }
}
