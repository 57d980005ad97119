import Testing
import Wire

@Suite("names near an unknown one")
struct SuggestionTests {
  private let methods = [
    "order.create", "order.get", "order.list", "order.find", "order.wait", "payment.get",
    "payment.list", "refund.get", "events.wait",
  ]

  @Test(
    "one slip is found: inserted, removed, replaced, swapped, another case",
    arguments: [
      ("order.creat", "order.create"), ("order.ccreate", "order.create"),
      ("order_create", "order.create"), ("order.craete", "order.create"),
      ("ORDER.CREATE", "order.create"), ("payments.get", "payment.get"),
    ])
  func slips(name: String, expected: String) {
    #expect(Suggestion.names(near: name, among: methods).first == expected)
  }

  @Test("the nearest come first, equal ones in byte order, three at most")
  func order() {
    #expect(
      Suggestion.names(near: "order.git", among: methods) == [
        "order.get", "order.list", "order.wait",
      ])
    #expect(
      Suggestion.names(near: "aac", among: ["aae", "aad", "aab", "aaf", "aac"]) == [
        "aac", "aab", "aad",
      ])
    let reversed = Suggestion.names(near: "order.git", among: methods.reversed())
    #expect(reversed == ["order.get", "order.list", "order.wait"])
  }

  @Test("nothing near gives nothing")
  func none() {
    #expect(Suggestion.names(near: "delivery.claim", among: methods) == [])
    #expect(Suggestion.names(near: "", among: methods) == [])
    #expect(Suggestion.names(near: "x", among: ["y"]) == [], "no byte would be left")
    #expect(Suggestion.names(near: "x", among: []) == [])
  }

  @Test("a name over 64 bytes gets none, at once")
  func long() {
    let name = String(repeating: "a", count: 65)
    #expect(Suggestion.names(near: name, among: [name]) == [])
    let full = String(repeating: "a", count: 64)
    #expect(Suggestion.names(near: full, among: [full + "b", full]) == [full])
  }
}
