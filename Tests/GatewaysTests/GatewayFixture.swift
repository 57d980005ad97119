import Crypto
import Domain
import Foundation
import JSON

@testable import Gateways

/// What tests of every adapter need: settings from fields and files, facts, keys, vectors.
enum GatewayFixture {
  static let now = AlipayFixture.now
  static let ownKey = AlipayFixture.ownKey
  static let gatewayKey = AlipayFixture.alipayKey
  static let strangerKey = AlipayFixture.strangerKey

  static func settings(
    _ kind: String, _ fields: [(String, JSONValue)], files: [String: [UInt8]]
  ) -> GatewaySettings {
    GatewaySettings(name: "\(kind)-main", kind: kind, fields: JSONObject(fields)) {
      path throws(GatewaySettingsError) in
      guard let bytes = files[path] else {
        throw GatewaySettingsError(member: nil, text: "\(path) cannot be opened")
      }
      return bytes
    }
  }

  static func gateway(
    _ kind: String, _ fields: [(String, JSONValue)], files: [String: [UInt8]]
  ) -> any Gateway {
    do throws(GatewaySettingsError) {
      return try GatewayRegistry.make(settings(kind, fields, files: files))
    } catch {
      preconditionFailure("the fixture's settings are refused: \(error.text)")
    }
  }

  /// What a configuration is refused for; empty where it is taken.
  static func refusal(
    _ kind: String, _ fields: [(String, JSONValue)], files: [String: [UInt8]]
  ) -> String {
    do throws(GatewaySettingsError) {
      _ = try GatewayRegistry.make(settings(kind, fields, files: files))
      return ""
    } catch { return error.text }
  }

  /// Fields with one of them set, or taken out.
  static func setting(
    _ name: String, _ value: JSONValue?, in fields: [(String, JSONValue)]
  ) -> [(String, JSONValue)] {
    let others = fields.filter { $0.0 != name }
    return value.map { others + [(name, $0)] } ?? others
  }

  static func payment(
    number: String = "PAY01JD8QZ7M2V9K3XT5W6Y", amount: Money = AlipayFixture.yuan(5800),
    subject: String = "会员 VIP", method: String = "alipay", returnURL: String? = nil,
    clientIP: String? = nil, transaction: String? = nil,
    expiresAt: Timestamp = now.adding(milliseconds: 900_000)
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: number, amount: amount, subject: subject, method: method,
      returnURL: returnURL, clientIP: clientIP, createdAt: now, expiresAt: expiresAt,
      gatewayTransaction: transaction)
  }

  static func refund(_ amount: Money = AlipayFixture.yuan(3000)) -> RefundFacts {
    RefundFacts(
      refundNumber: "RFD01JD8R0", amount: amount, captured: AlipayFixture.yuan(5800),
      reason: "坏了", gatewayRefund: nil, submittedAt: now)
  }

  static func money(_ code: String, _ minor: Int64) -> Money {
    guard let currency = Currency(code: code) else { preconditionFailure("no such currency") }
    return Money(minor, currency)
  }

  /// The request of a plan that must be one.
  static func request(
    _ gateway: any Gateway, _ question: Question, at moment: Timestamp = now
  ) throws -> GatewayRequest {
    guard case .exchange(let request) = try gateway.plan(question, at: moment) else {
      throw FixtureError("no call is made")
    }
    return request
  }

  /// The pairs of a form body, or of an address' query.
  static func pairs(_ request: GatewayRequest) throws -> [String: String] {
    let query = try GatewayAddress(request.url).query ?? ""
    let text = request.body.isEmpty ? Array(query.utf8) : request.body
    return try pairs(text)
  }

  static func pairs(_ text: [UInt8]) throws -> [String: String] {
    var pairs: [String: String] = [:]
    for field in try FormEncoding.decode(text, fieldsMax: 100) {
      pairs[String(decoding: field.name, as: UTF8.self)] =
        String(decoding: field.value, as: UTF8.self)
    }
    return pairs
  }

  static func answer(_ body: String, status: Int = 200, headers: [Header] = []) -> GatewayAnswer {
    GatewayAnswer(status: status, headers: headers, body: Array(body.utf8))
  }

  /// How a reading failed: `notSent`, `outcomeUnknown` or `answered`, and the reason's code.
  static func fault(
    _ gateway: any Gateway, _ answer: GatewayAnswer, _ question: Question,
    at moment: Timestamp = now
  ) -> String {
    do throws(Fault) {
      return "read \(try gateway.read(answer, to: question, at: moment))"
    } catch {
      switch error {
      case .notSent(let reason): return "notSent \(reason.code)"
      case .outcomeUnknown(let reason): return "outcomeUnknown \(reason.code)"
      case .answered(let reason): return "answered \(reason.code)"
      }
    }
  }

  static func publicText(_ key: RSAPrivateKey) -> [UInt8] {
    Array(AlipayFixture.publicKey(key).pem.utf8)
  }

  static func vectors(_ name: String) -> JSONObject {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    guard let bytes = try? Data(contentsOf: folder.appending(path: "Vectors/\(name)")),
      let value = try? JSONReader.read(Array(bytes), profile: .document),
      let object = value.objectValue
    else { preconditionFailure("the vector file is part of the tests") }
    return object
  }
}

struct FixtureError: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

extension NotificationReading {
  /// The notice, where it was verified.
  var notice: Gateways.Notification? {
    if case .verified(let notice) = self { return notice }
    return nil
  }

  /// The reason's code, where it was rejected.
  var rejection: String? {
    if case .rejected(let reason, _) = self { return reason.code }
    return nil
  }
}
