import Domain
import Gateways
import JSON
import Sandbox
import Testing

@Suite("notices")
struct NoticeTests {
  @Test("a delivered notice says what was paid, for which number, and is worth a signed notice")
  func delivered() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    let trade = try bench.pay()
    let notification = bench.readings().first?.verified
    #expect(notification?.outTradeNumber == "PAY1")
    #expect(notification?.strength == .signedNotice)
    #expect(notification?.noticeID == "SBN1")
    #expect(notification?.acknowledgement.status == 200)
    #expect(
      notification?.statements == [
        .payment(
          .paid(
            Capture(
              amount: cny(5_800), gatewayTransaction: trade.transaction, paidAt: trade.paidAt)))
      ])
    #expect(try bench.trade()?.callbackText == "delivered")
  }

  @Test("processing, failed and closed are told too")
  func otherStates() async throws {
    let bench = try Bench()
    for number in ["PAY1", "PAY2", "PAY3"] { _ = try await bench.open(number) }
    try bench.pay("PAY1", .processing)
    try bench.pay("PAY2", .failed)
    try bench.pay("PAY3", .closed)
    let statements = bench.readings().compactMap(\.verified).flatMap(\.statements)
    guard statements.count == 3, case .payment(.processing) = statements[0],
      case .payment(.failed) = statements[1], case .payment(.closed) = statements[2]
    else {
      Issue.record("three notices in the order of the acts")
      return
    }
  }

  @Test("a lost notice never comes; the books say so")
  func lost() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay(callback: .lose)
    bench.advance(milliseconds: 86_400_000)
    #expect(bench.notices().isEmpty)
    #expect(try bench.trade()?.callbackText == "lost")
  }

  @Test("a duplicate is the same notice twice")
  func duplicate() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay(callback: .duplicate)
    let notices = bench.notices()
    #expect(notices.count == 2)
    #expect(notices.first == notices.last)
    #expect(try bench.trade()?.callbackText == "delivered_twice")
  }

  @Test("a delayed notice comes when its time has come, not a millisecond before")
  func delayed() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay(callback: .delay, delayMilliseconds: 30_000)
    bench.advance(milliseconds: 29_999)
    #expect(bench.notices().isEmpty)
    #expect(try bench.trade()?.callbackText == "due")
    bench.advance(milliseconds: 1)
    #expect(bench.readings().compactMap(\.verified).count == 1)
    #expect(try bench.trade()?.callbackText == "delivered_late")
  }

  @Test("a delayed notice outlives the daemon: it is delivered after the next start")
  func restart() async throws {
    let folder = try Bench.makeFolder()
    do {
      let bench = try Bench(in: folder)
      _ = try await bench.open()
      try bench.pay(callback: .delay, delayMilliseconds: 60_000)
      try bench.behave(.rateLimit)
      try bench.bank.close()
      let copy = try Bench.makeFolder()
      try copyBooks(from: folder, to: copy)
      let again = try Bench(in: copy, at: Bench.start + 60_000)
      #expect(again.readings().compactMap(\.verified).count == 1)
      #expect(again.notices().count == 1)
      #expect(try again.trade()?.paid == cny(5_800))
      guard case .answered? = await again.ask(.query(again.payment())).fault else {
        Issue.record("a fault goes on after the daemon's restart")
        return
      }
    }
  }

  @Test("an old notice is as good as a new one; one from the future is not")
  func time() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    let notice = try #require(bench.notices().first)
    let year: Int64 = 365 * 86_400_000
    let later = bench.now.adding(milliseconds: year)
    #expect(bench.gateway.readNotification(notice, at: later).verified != nil)
    let before = bench.now.adding(milliseconds: -300_001)
    #expect(bench.gateway.readNotification(notice, at: before).rejectedCode == "clock_off")
  }

  @Test("no bit of a notice can be changed")
  func tamper() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    let notice = try #require(bench.notices().first)
    for index in notice.body.indices {
      for bit in 0..<8 {
        var body = notice.body
        body[index] ^= 1 << bit
        #expect(reject(bench, notice, body: body) == "wrong_signature")
      }
      #expect(reject(bench, notice, body: Array(notice.body[..<index])) == "wrong_signature")
    }
    #expect(reject(bench, notice, body: notice.body + [0x20]) == "wrong_signature")
  }

  @Test("no header of a notice can be changed, left out or doubled")
  func tamperHeaders() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    let notice = try #require(bench.notices().first)
    for name in [SandboxSeal.timestampHeader, SandboxSeal.signatureHeader] {
      let others = notice.headers.filter { $0.name != name }
      let value = try #require(SandboxSeal.value(of: name, in: notice.headers))
      #expect(reject(bench, notice, headers: others) == "wrong_signature")
      #expect(reject(bench, notice, headers: notice.headers + [Header(name, value)]) != nil)
      for position in value.indices {
        for digit in "0123456789abcdef" where digit != value[position] {
          var changed = value
          changed.replaceSubrange(position...position, with: String(digit))
          #expect(reject(bench, notice, headers: others + [Header(name, changed)]) != nil)
        }
      }
      let recased = others + [Header(name.uppercased(), value)]
      #expect(reject(bench, notice, headers: recased) == nil)
    }
  }

  @Test("neither an answer nor a request passes for a notice")
  func otherSpeech() async throws {
    let bench = try Bench()
    let facts = try await bench.open()
    try bench.pay()
    let answer = try await bench.exchange(.query(facts)).get()
    let asNotice = RawNotification(
      httpMethod: "POST", query: "", headers: answer.headers, body: answer.body)
    #expect(bench.gateway.readNotification(asNotice, at: bench.now).rejectedCode != nil)
  }

  @Test("a notice for another merchant, or by GET, or over-long, is rejected")
  func others() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    try bench.pay()
    let notice = try #require(bench.notices().first)
    let other = SandboxGateway(name: "other", secret: Bench.secret)
    #expect(other.readNotification(notice, at: bench.now).rejectedCode == "other_merchant")
    let got = RawNotification(
      httpMethod: "GET", query: "", headers: notice.headers, body: notice.body)
    #expect(bench.gateway.readNotification(got, at: bench.now).rejectedCode == "not_a_notice")
    let long = Array(repeating: UInt8(ascii: " "), count: SandboxBody.bytesMax + 1)
    #expect(reject(bench, notice, body: long) == "too_long")
  }

  private func reject(
    _ bench: Bench, _ notice: RawNotification, body: [UInt8]? = nil, headers: [Header]? = nil
  ) -> String? {
    let changed = RawNotification(
      httpMethod: notice.httpMethod, query: notice.query, headers: headers ?? notice.headers,
      body: body ?? notice.body)
    return bench.gateway.readNotification(changed, at: bench.now).rejectedCode
  }
}
