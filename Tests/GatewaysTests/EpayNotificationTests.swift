import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("epay, notices")
struct EpayNotificationTests {
  typealias Fixture = EpayFixture

  @Test("a notice by GET or POST says what was paid and is weak in version 1", arguments: ["GET", "POST"])
  func paid(method: String) throws {
    for money in ["58", "58.00", "58.0"] {
      let pairs = Fixture.notice.map { $0.name == "money" ? ("money", money) : $0 }
      let notice = try #require(Fixture.read(Fixture.md5(pairs), method: method).notice)
      let capture = Capture(
        amount: AlipayFixture.yuan(5800), gatewayTransaction: "2016080622555342651", paidAt: nil)
      #expect(notice.statements == [.payment(.paid(capture))])
      #expect(notice.strength == .weakNotice)
      #expect(notice.outTradeNumber == Fixture.payment.outTradeNumber)
      #expect(notice.acknowledgement.body == "success")
      #expect(!notice.refusal.body.lowercased().contains("success"))
    }
  }

  @Test("a notice of version 2 is strong unless a value could be several fields")
  func strength() throws {
    let plain = try #require(Fixture.read(Fixture.rsa(Fixture.notice), Fixture.two).notice)
    #expect(plain.strength == .signedNotice)
    let melted = Fixture.notice.map { $0.name == "name" ? ("name", "a&money=9") : $0 }
    let notice = try #require(Fixture.read(Fixture.rsa(melted), Fixture.two).notice)
    #expect(notice.strength == .weakNotice)
  }

  @Test("a new field of the site is covered by its signature; an empty one is not")
  func moreFields() {
    let more = Fixture.notice + [("inside_trade_no", "9"), ("param", "")]
    #expect(Fixture.read(Fixture.md5(more)).notice != nil)
  }

  @Test("sites that sign a fixed list, and sites with another joint, are settings")
  func variants() {
    let fixed = Fixture.with("notice_fields", .string("fixed"))
    let signed = Fixture.md5(Fixture.notice) + [("inside_trade_no", "9")]
    #expect(Fixture.read(signed).rejection == "wrong_signature")
    #expect(Fixture.read(signed, fixed).notice?.strength == .weakNotice)
    let ampersand = Fixture.with("sign_suffix", .string("ampkey"))
    #expect(Fixture.read(Fixture.md5(Fixture.notice, joint: "&key=")).rejection != nil)
    #expect(Fixture.read(Fixture.md5(Fixture.notice, joint: "&key="), ampersand).notice != nil)
  }

  @Test("another status is no payment")
  func status() throws {
    let pairs = Fixture.notice.map { $0.name == "trade_status" ? ("trade_status", "WAIT") : $0 }
    let notice = try #require(Fixture.read(Fixture.md5(pairs)).notice)
    #expect(notice.statements == [.payment(.unrecognised("WAIT"))])
  }

  @Test("a notice that is not for us, not whole or not signed is refused")
  func refused() {
    typealias Pairs = EpayFixture.Pairs
    func set(_ name: String, _ value: String, in pairs: Pairs = Fixture.notice) -> Pairs {
      pairs.filter { $0.name != name } + [(name, value)]
    }
    let good = Fixture.md5(Fixture.notice)
    var wrong: [(String, Pairs)] = []
    for field in Fixture.notice {
      wrong.append(("changed \(field.name)", set(field.name, field.value + "1", in: good)))
      wrong.append(("without \(field.name)", good.filter { $0.name != field.name }))
      if field.name != "name" {
        wrong.append(
          ("signed without \(field.name)",
            Fixture.md5(Fixture.notice.filter { $0.name != field.name })))
      }
    }
    wrong += [
      ("a field added", good + [("utm_source", "x")]), ("a field twice", good + [("pid", "1001")]),
      ("no signature", good.filter { $0.name != "sign" }), ("empty signature", set("sign", "", in: good)),
      ("another merchant", Fixture.md5(set("pid", "2002"))),
      ("no money", Fixture.md5(set("money", "0"))), ("half a fen", Fixture.md5(set("money", "0.001"))),
      ("negative", Fixture.md5(set("money", "-58"))), ("a float", Fixture.md5(set("money", "5.8E1"))),
      ("a number of other signs", Fixture.md5(set("out_trade_no", "../x"))),
      ("signed with the key alone", set("sign", MD5.hex(utf8: EpayFixture.key), in: good)),
      ("RSA with a stranger's key", Fixture.rsa(Fixture.notice, with: GatewayFixture.strangerKey)),
      ("nothing", []),
    ]
    for (what, pairs) in wrong {
      #expect(Fixture.read(pairs).rejection != nil, "\(what)")
    }
    #expect(Fixture.read(Fixture.rsa(Fixture.notice, with: GatewayFixture.strangerKey), Fixture.two)
      .rejection == "wrong_signature")
    #expect(Fixture.read(good, Fixture.two).rejection == "wrong_signature")
  }

  @Test("no flipped bit of a notice makes it say something else")
  func bitFlips() {
    var random = SeededRandom(seed: 11)
    let original = Array(FormEncoding.query(Fixture.md5(Fixture.notice)).utf8)
    func read(_ query: [UInt8]) -> NotificationReading {
      Fixture.one.readNotification(
        RawNotification(
          httpMethod: "GET", query: String(decoding: query, as: UTF8.self), headers: [], body: []),
        at: Fixture.now)
    }
    let reading = read(original)
    for flip in 0..<2000 {
      var query = original
      let place = Int.random(in: query.indices, using: &random)
      query[place] ^= 1 << UInt8.random(in: 0...6, using: &random)
      let other = read(query)
      #expect(other == reading || other.rejection != nil, "flip \(flip)")
    }
  }
}
