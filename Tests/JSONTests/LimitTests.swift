import JSON
import Testing

@Suite("the limits of a text")
struct LimitTests {
  private func nested(_ depth: Int) -> String {
    String(repeating: "{\"a\":", count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
  }

  @Test("depth 32 passes on the wire and 33 does not; a document has 64")
  func depth() {
    #expect(verdict(nested(32), .wire) == "ok")
    #expect(verdict(nested(33), .wire) == "too_deep@160")
    #expect(verdict(nested(64), .document) == "ok")
    #expect(verdict(nested(65), .document) == "too_deep@320")
  }

  @Test("ten thousand values pass on the wire and one more does not")
  func values() {
    func text(_ count: Int) -> String {
      "{\"a\":[" + Array(repeating: "0", count: count - 2).joined(separator: ",") + "]}"
    }
    #expect(verdict(text(10_000), .wire) == "ok")
    #expect(verdict(text(10_001), .wire) == "too_many_values@20002")
    let objects = "{\"a\":[" + String(repeating: "{},", count: 80_000)
    #expect(verdict(objects, .wire).hasPrefix("too_many_values@"))
  }

  @Test("a hundred thousand distinct keys are too many values")
  func keys() {
    let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(verdict("{\(members)}", .wire).hasPrefix("too_many_values@"))
  }

  @Test("a string of 64 KiB passes, plain or escaped, as value or key; a byte more does not")
  func strings() {
    let full = String(repeating: "x", count: 65_536)
    let escaped = String(repeating: "x", count: 65_535) + "\\n"
    for content in [full, escaped] {
      #expect(verdict("{\"a\":\"\(content)\"}", .wire) == "ok")
      #expect(verdict("{\"a\":\"\(content)x\"}", .wire) == "string_too_long@5")
      #expect(verdict("{\"\(content)\":1}", .wire) == "ok")
      #expect(verdict("{\"\(content)x\":1}", .wire) == "string_too_long@1")
    }
    #expect(verdict("{\"a\":\"\(full)x\"}", .document) == "ok")
  }

  @Test("a caller's own limits hold")
  func ownLimits() {
    let limits = JSONLimits(depth: 2, values: 4, stringBytes: 3)
    #expect(verdict("[[1,2]]", .document, limits: limits) == "ok")
    #expect(verdict("[[[]]]", .document, limits: limits) == "too_deep@2")
    #expect(verdict("[1,2,3,4]", .document, limits: limits) == "too_many_values@7")
    #expect(verdict("\"abcd\"", .document, limits: limits) == "string_too_long@0")
    #expect(verdict("[1.25]", .document, limits: limits) == "string_too_long@1")
  }

  @Test("no caller can ask for a depth the stack does not hold")
  func depthCeiling() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONLimits(depth: 257, values: 1, stringBytes: 1)
    }
  }
}
