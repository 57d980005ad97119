import Crypto
import Gateways

/// Keys of both sides, and what companies do with theirs.
extension GatewayBench {
  static func signature(_ bytes: [UInt8], _ key: RSAPrivateKey) -> String {
    do throws(CryptoError) {
      return Base64.encode(try key.signature(for: bytes, .sha256WithRSA))
    } catch {
      preconditionFailure("a key signs: \(error)")
    }
  }

  static func key() -> RSAPrivateKey {
    do throws(CryptoError) {
      return try RSAPrivateKey.generate(bits: 2048)
    } catch {
      preconditionFailure("a key can be made: \(error)")
    }
  }

  static func privateText(_ key: RSAPrivateKey) -> [UInt8] {
    do throws(CryptoError) {
      return try key.pkcs8PEM().withBytes { Array($0) }
    } catch {
      preconditionFailure("a key can be written: \(error)")
    }
  }

  static func publicText(_ key: RSAPrivateKey) -> [UInt8] {
    do throws(CryptoError) {
      return Array(try key.publicKey().pem.utf8)
    } catch {
      preconditionFailure("a key can be written: \(error)")
    }
  }

  /// A form with an MD5 over its parts: `text` says what is signed, the key last.
  static func query(
    _ body: [UInt8], key: String, text: ([FormEncoding.Field]) -> [UInt8]
  ) -> RawNotification {
    var query = body
    // try?: what is no form goes out as it is.
    if let fields = try? FormEncoding.decode(body, fieldsMax: 256) {
      query += Array("&sign=\(MD5.hex(text(fields) + Array(key.utf8)))".utf8)
    }
    return RawNotification(
      httpMethod: "GET", query: String(decoding: query, as: UTF8.self), headers: [], body: [])
  }

  /// An answer that TLS alone vouches for.
  static func unsigned(_ body: [UInt8], _ question: Question) -> GatewayAnswer {
    GatewayAnswer(status: 200, headers: [], body: body)
  }

  /// JSON posted with headers.
  static func posted(_ body: [UInt8], _ headers: [(String, String)]) -> RawNotification {
    RawNotification(
      httpMethod: "POST", query: "",
      headers: [Header("Content-Type", "application/json")] + headers.map { Header($0.0, $0.1) },
      body: body)
  }

  static func code(_ text: String, _ body: [UInt8], secret: String) -> String {
    HMACSHA256Key(utf8: secret).code(for: Array(text.utf8) + body).hex
  }
}
