import Crypto
import Foundation
import JSON

/// One request as the gateway reads it: taken apart by its own code, not by the adapter's.
struct AlipayCall {
  let method: String
  let content: JSONObject

  /// Nil where the request is not the shop's: its signature or its shape is wrong.
  init?(url: String, body: [UInt8], key: RSAPublicKey) {
    guard let mark = url.firstIndex(of: "?") else { return nil }
    var fields: [String: String] = [:]
    let text = String(url[url.index(after: mark)...]) + "&" + String(decoding: body, as: UTF8.self)
    for pair in text.components(separatedBy: "&") {
      let parts = pair.components(separatedBy: "=")
      guard parts.count == 2, let value = parts[1].removingPercentEncoding,
        fields.updateValue(value, forKey: parts[0]) == nil
      else { return nil }
    }
    guard let sign = fields.removeValue(forKey: "sign"), let bytes = Data(base64Encoded: sign),
      fields["app_id"] == FakeAlipay.applicationID, fields["sign_type"] == "RSA2"
    else { return nil }
    let signed = fields.keys.sorted().map { "\($0)=\(fields[$0] ?? "")" }.joined(separator: "&")
    guard key.isValid(Array(bytes), for: Array(signed.utf8), .sha256WithRSA),
      let method = fields["method"], let content = fields["biz_content"],
      let object = (try? JSONReader.read(Array(content.utf8), profile: .document))?.objectValue
    else { return nil }
    self.method = method
    self.content = object
  }

  func text(_ name: String) -> String { content[name]?.stringValue ?? "" }
  var number: String { text("out_trade_no") }
  var refundNumber: String { text("out_request_no") }

  /// Yuan with two decimals, in fen.
  func fen(_ name: String) -> Int64 {
    let parts = text(name).components(separatedBy: ".")
    guard parts.count == 2, parts[1].utf8.count == 2, let yuan = Int64(parts[0]),
      let rest = Int64(parts[1])
    else { return 0 }
    return yuan * 100 + rest
  }
}

/// The answer before it is sealed: members in order, values as JSON.
struct AlipaySpeech {
  var node: String
  var members: [(name: String, value: String)]
  /// What it states about the number; nil where nobody may believe it.
  var statement: GatewayWord.Statement?

  init(_ method: String, _ members: [(String, String)], _ statement: GatewayWord.Statement?) {
    node = method.replacingOccurrences(of: ".", with: "_") + "_response"
    self.members = members.map { (name: $0.0, value: $0.1) }
    self.statement = statement
  }

  static func success(
    _ method: String, _ members: [(String, String)], _ statement: GatewayWord.Statement?
  ) -> AlipaySpeech {
    AlipaySpeech(
      method,
      [("code", "10000"), ("msg", "Success")].map { ($0.0, quoted($0.1)) }
        + members.map { ($0.0, quoted($0.1)) }, statement)
  }

  static func refusal(
    _ method: String, _ code: String, _ statement: GatewayWord.Statement? = nil
  ) -> AlipaySpeech {
    AlipaySpeech(
      method,
      [
        ("code", "40004"), ("msg", "Business Failed"), ("sub_code", code), ("sub_msg", "refused"),
      ].map { ($0.0, quoted($0.1)) }, statement)
  }

  static func quoted(_ text: String) -> String { "\"\(text)\"" }

  mutating func set(_ name: String, _ value: String?) {
    members.removeAll { $0.name == name }
    if let value { members.append((name: name, value: value)) }
  }

  var text: String {
    "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }
}
