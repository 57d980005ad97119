import JSON
import Testing

@Suite("the public JSON test suite")
struct SuiteTests {
  @Test("every case has the verdict decided for it, under both profiles")
  func verdicts() {
    let cases = rows(of: "suite.txt")
    #expect(cases.count == 316)
    for row in cases where row.count == 4 {
      let text = bytes(ofBase64: row[3])
      #expect(verdict(text, .wire) == row[1], "\(row[0]) on the wire")
      #expect(verdict(text, .document) == row[2], "\(row[0]) as a document")
    }
  }

  @Test("the document profile accepts what must be accepted, except duplicate keys")
  func mustAccept() {
    for row in rows(of: "suite.txt") where row[0].hasPrefix("y_") {
      let isDuplicate = row[0].hasPrefix("y_object_duplicated_key")
      #expect((row[2] == "ok") != isDuplicate, "\(row[0])")
    }
  }

  @Test("both profiles refuse what must be refused")
  func mustRefuse() {
    for row in rows(of: "suite.txt") where row[0].hasPrefix("n_") {
      #expect(row[1] != "ok" && row[2] != "ok", "\(row[0])")
    }
  }

  @Test("a hundred thousand brackets are too deep, not a crash")
  func brackets() {
    let arrays = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(verdict(arrays, .wire) == "too_deep@32")
    #expect(verdict(arrays, .document) == "too_deep@64")
    let mixed = Array(String(repeating: "[{\"\":", count: 50_000).utf8)
    #expect(verdict(mixed, .wire) == "too_deep@80")
    #expect(verdict(mixed, .document) == "too_deep@160")
    let million = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(verdict(million, .wire) == "too_deep@32")
  }
}
