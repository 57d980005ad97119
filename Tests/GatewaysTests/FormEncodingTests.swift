import Domain
import Testing

@testable import Gateways

@Suite("Forms, addresses and dates of gateways")
struct FormEncodingTests {
  private func fields(_ text: String, max: Int = 10) -> [String]? {
    guard let fields = try? FormEncoding.decode(Array(text.utf8), fieldsMax: max) else {
      return nil
    }
    return fields.map {
      String(decoding: $0.name, as: UTF8.self) + ":" + String(decoding: $0.value, as: UTF8.self)
    }
  }

  @Test("a form is decoded once and only once")
  func decode() {
    #expect(fields("a=1&b=2") == ["a:1", "b:2"])
    #expect(fields("a=%2B+%26%3D&b=%2541") == ["a:+ &=", "b:%41"])
    #expect(fields("a&b=&=c&&d==e=") == ["a:", "b:", ":c", "d:=e="])
    #expect(fields("") == [])
    #expect(fields("a=%E6%b5%8B") == ["a:测"])
    #expect(fields("a=%") == nil)
    #expect(fields("a=%4") == nil)
    #expect(fields("a=1%&b=2") == nil)
    #expect(fields("a=%4g") == nil)
    #expect(fields("a=测") == nil)
    #expect(fields("a=1\n") == nil)
    #expect(fields("a=1&b=2&c=3", max: 2) == nil)
  }

  @Test("what is encoded decodes to itself")
  func roundTrip() throws {
    let text = String(String.UnicodeScalarView((1..<0x500).compactMap(Unicode.Scalar.init)))
    let encoded = FormEncoding.query([("a", text), ("b", "")])
    let fields = try FormEncoding.decode(Array(encoded.utf8), fieldsMax: 2)
    #expect(fields.map(\.value) == [Array(text.utf8), []])
  }

  @Test("an address is taken apart as it will be used")
  func addresses() throws {
    let address = try GatewayAddress("https://Gateway.Example:8443/a/b?c=d?e")
    #expect(address.host == "gateway.example")
    #expect(address.port == 8443)
    #expect(address.path == "/a/b")
    #expect(address.query == "c=d?e")
    let bare = try GatewayAddress("https://gateway.example")
    #expect(bare.path.isEmpty)
    #expect(bare.query == nil)
    for text in [
      "http://127.0.0.1/", "http://127.9.8.7:1/", "http://localhost:80/", "http://LOCALHOST/",
      "http://[::1]:8080/x", "https://[2001:db8::1]/", "https://a?b",
    ] {
      #expect(throws: Never.self) { try GatewayAddress(text) }
    }
  }

  @Test(
    "an address that could be read in two ways, or is not safe, is refused",
    arguments: [
      ("", GatewayAddress.Flaw.malformed), ("gateway.example", .malformed),
      ("//gateway.example", .malformed), ("https:/gateway.example", .malformed),
      ("https://", .malformed), ("https:///path", .malformed), ("https://a:b@c/", .malformed),
      ("https://a\\@b/", .malformed), ("https://a/#b", .malformed), ("https://a b", .malformed),
      ("https://a:0/", .malformed), ("https://a:65536/", .malformed), ("https://a:/", .malformed),
      ("https://a:1:2/", .malformed), ("https://[::1/", .malformed), ("https://[]/", .malformed),
      ("https://[::1]x/", .malformed), ("https://测.example/", .malformed),
      ("https://a_b/", .malformed), ("HTTPS://a/", .unknownScheme), ("ws://a/", .unknownScheme),
      ("file:///etc/passwd", .unknownScheme), ("http://gateway.example/", .insecure),
      ("http://127.0.0.1.example/", .insecure), ("http://127.1/", .insecure),
      ("http://0127.0.0.1/", .insecure), ("http://127.0.0.256/", .insecure),
      ("http://localhost.example/", .insecure), ("http://[::2]/", .insecure),
    ])
  func refusedAddresses(text: String, flaw: GatewayAddress.Flaw) {
    #expect(throws: flaw) { try GatewayAddress(text) }
  }

  @Test("the date of an answer is read in its one form")
  func dates() {
    #expect(
      HTTPDate.read("Sun, 06 Nov 1994 08:49:37 GMT") == Timestamp(milliseconds: 784_111_777_000))
    for text in [
      "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
      "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 6 Nov 1994 08:49:37 GMT",
      "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 25:49:37 GMT", "Sun,  06 Nov 1994 08:49:37 GMT",
    ] {
      #expect(HTTPDate.read(text) == nil)
    }
  }
}
