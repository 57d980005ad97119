import Testing

@testable import generate

/// The repository this file stands in.
private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

/// The contract as it stands, with some files replaced or added.
private func contract(replacing changed: [String: String] = [:]) -> [ContractFile] {
  let files = Generator.contractFiles(root: root).filter { changed[$0.path] == nil }
  return files
    + changed.keys.sorted().map { path in
      ContractFile(path: path, bytes: Array((changed[path] ?? "").utf8))
    }
}

/// The text of a contract file, with one passage replaced.
private func edited(_ path: String, _ passage: String, _ other: String) throws -> [String: String] {
  let file = try #require(contract().first { $0.path == path })
  let text = String(decoding: file.bytes, as: UTF8.self)
  let range = try #require(text.firstRange(of: passage), "\(path) holds \(passage)")
  return [path: text.replacingCharacters(range, other)]
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, _ other: String) -> String {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}

@Suite("Generator")
struct GeneratorTests {
  @Test("the contract is sound")
  func sound() {
    #expect(Generator.run(contract()).problems.map(\.description) == [])
  }

  @Test("the committed files are what the contract says")
  func committed() {
    let generated = Generator.run(contract()).generated
    #expect(generated.count > 50)
    #expect(Generator.differences(generated, root: root) == [])
  }

  @Test("the same contract gives the same bytes, whatever the order of its files")
  func deterministic() {
    let files = contract()
    #expect(Generator.run(files).generated == Generator.run(files.reversed()).generated)
  }

  @Test("a change of the contract is noticed in the files that follow from it")
  func noticed() throws {
    let changed = try edited("limits.json", "\"value\": 262144", "\"value\": 262145")
    let generated = Generator.run(contract(replacing: changed)).generated
    let differences = Generator.differences(generated, root: root)
    #expect(
      differences == [
        "Sources/Domain/Generated/Limits.swift: differs",
        "Sources/Wire/Generated/ContractFiles.swift: differs",
        "Protocol/reference.md: differs",
      ])
  }

  @Test("a generated file that nothing generates any more is noticed")
  func stale() {
    let generated = Generator.run(contract()).generated.filter {
      !$0.path.hasSuffix("/Limits.swift")
    }
    #expect(
      Generator.differences(generated, root: root)
        == ["Sources/Domain/Generated/Limits.swift: no longer generated"])
  }

  @Test("prose and dialogues are no part of the contract's bytes")
  func contractBytes() {
    let (contract, _) = ContractReader.read(contract())
    #expect(contract.files.allSatisfy { $0.path.hasSuffix(".json") })
    #expect(!contract.files.contains { $0.path.hasPrefix("vectors/") })
    let paths = contract.files.map(\.path)
    #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test(
    "what does not fit is named with its file and place",
    arguments: [
      (
        "methods/order.get.json", "\"effect\": \"read\"", "\"effect\": \"look\"",
        "Protocol/methods/order.get.json: effect must be one of "
          + "read, write, wait, stream, session, admin"
      ),
      (
        "methods/order.get.json", "\"batch\": false", "\"bach\": false",
        "Protocol/methods/order.get.json: unknown member bach"
      ),
      (
        "methods/order.get.json", "\"order_ref\"", "\"order_reff\"",
        "Protocol/methods/order.get.json#/params/order: unknown type order_reff"
      ),
      (
        "methods/order.get.json", "\"order_not_found\"", "\"order_lost\"",
        "Protocol/methods/order.get.json#/errors: unknown error order_lost"
      ),
      (
        "methods/order.get.json", "\"name\": \"order.get\"", "\"name\": \"order.got\"",
        "Protocol/methods/order.get.json: name must be the file's name, order.get"
      ),
      (
        "methods/order.get.json", "\"member\": \"order\"", "\"member\": \"ordr\"",
        "Protocol/methods/order.get.json#/cli/member: the result has no member ordr"
      ),
      (
        "methods/order.get.json", "\"pay_state\"", "\"paid_state\"",
        "Protocol/methods/order.get.json#/cli/columns: no such member: paid_state"
      ),
      (
        "methods/order.get.json", "\"key\": \"none\"", "\"key\": \"required\"",
        "Protocol/methods/order.get.json#/key: a read takes no key"
      ),
      (
        "roles.json", "\"order.get\"", "\"order.gat\"",
        "Protocol/methods/order.get.json: roles.json names no role for it"
      ),
      (
        "roles.json", "\"order.create\": [\"shop\"]", "\"order.create\": [\"shoop\"]",
        "Protocol/roles.json#/methods/order.create: unknown role shoop"
      ),
      (
        "types.json", "\"mask\": \"email\"", "\"mask\": \"black\"",
        "Protocol/types.json#/objects/buyer/email: unknown mask black"
      ),
      (
        "errors.json", "\"class\": \"parse\"", "\"class\": \"pars\"",
        "Protocol/errors.json#/errors/bad_json: class must be one of parse, request, method, "
          + "invalid, internal, denied, not_found, conflict, busy, unavailable, upstream, "
          + "deadline"
      ),
      (
        "events/order.paid.json", "\"about\": [\"order\"]", "\"about\": [\"ordr\"]",
        "Protocol/events/order.paid.json#/about: an event has no member ordr"
      ),
    ])
  func refused(file: String, passage: String, other: String, message: String) throws {
    let problems = Generator.run(contract(replacing: try edited(file, passage, other))).problems
    #expect(problems.map(\.description).contains(message), "\(problems)")
  }

  @Test("a contract file that is no JSON is named with line and column")
  func noJSON() {
    let problems = Generator.run(contract(replacing: ["roles.json": "{\n  \"doc\": x}"])).problems
    #expect(problems.contains { $0.description.contains("line 2, column 10: bad_json") })
  }

  @Test("a file that belongs nowhere is refused")
  func stray() {
    let problems = Generator.run(contract(replacing: ["notes/a.json": "{}"])).problems
    #expect(
      problems.map(\.description)
        == ["Protocol/notes/a.json: no such file belongs to the contract"])
  }

  @Test("a character class becomes one bit a character")
  func alphabet() throws {
    let bits = try #require(AlphabetBits("a-c_-"))
    #expect(bits.high == 1 << 33 | 1 << 34 | 1 << 35 | 1 << 31)
    #expect(bits.low == 1 << 45)
    #expect(AlphabetBits("é") == nil)
    #expect(AlphabetBits("z-a") == nil)
  }

  @Test(
    "names become Swift names",
    arguments: [
      ("order_no", "orderNo"), ("id", "id"), ("user_id", "userID"), ("order.create", "orderCreate"),
      ("bad_json", "badJSON"), ("error_5xx_after_success", "error5xxAfterSuccess"),
    ])
  func names(name: String, swift: String) {
    #expect(SwiftName.member(name) == swift)
  }

  @Test("words that Swift reserves are escaped")
  func reserved() {
    #expect(SwiftName.escaped("internal") == "`internal`")
    #expect(SwiftName.type("order.create") == "OrderCreate")
    #expect(SwiftName.flag("expires_in") == "expires-in")
  }
}
