import Foundation
import Testing

/// The shape of the house: what may stand where. Each message says what to do instead.
@Suite("layout")
struct LayoutTests {
  /// What each module may import of ours; the arrows point down only.
  private static let allowed: [String: Set<String>] = [
    "JSON": [],
    "Domain": [],
    "Reconciliation": ["Domain", "JSON"],
    "Chance": [],
    "SQLite": ["CSQLite"],
    "Crypto": ["CCrypto"],
    "Archive": ["CZip"],
    "Spreadsheet": ["CXlsx"],
    "Platform": [],
    "Wire": ["Domain", "JSON"],
    "Store": ["Domain", "JSON", "SQLite", "Crypto"],
    "Gateways": ["Domain", "JSON", "Crypto"],
    "Intake": ["Domain", "Reconciliation", "Archive", "Platform"],
    "Engine": [
      "Domain", "JSON", "Store", "Gateways", "Crypto", "Reconciliation", "Intake",
    ],
    "Transport": ["Gateways", "Domain"],
    "Sandbox": ["Domain", "JSON", "SQLite", "Crypto", "Gateways", "Platform"],
    "Server": [
      "Domain", "JSON", "Wire", "Engine", "Gateways", "Store", "Platform", "Crypto",
      "Reconciliation", "Intake",
    ],
  ]
  private static let system: [String: Set<String>] = [
    "Platform": ["Glibc", "Dispatch", "Synchronization"],
    "SQLite": ["Synchronization"],
    "Reconciliation": ["Synchronization"],
    "Intake": ["Synchronization"],
    "Server": ["Dispatch", "Synchronization"],
    "Sandbox": ["Dispatch", "Synchronization"],
    "Transport": ["Dispatch", "Synchronization", "Foundation", "FoundationNetworking"],
  ]

  private static func imports(_ file: SourceTree.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(of: "import"), place <= 2, words.count == place + 2,
        words[..<place].allSatisfy({ $0 == "package" || $0.hasPrefix("@") })
      else { return nil }
      return words[place + 1]
    }
  }

  @Test("a module imports only what lies below it")
  func imports() throws {
    for file in try SourceTree.swiftFiles(in: "Sources") {
      guard let ours = Self.allowed[file.module] else { continue }
      let all = ours.union(Self.system[file.module] ?? [])
      for name in Self.imports(file) {
        #expect(all.contains(name), "\(file.path) imports \(name); \(file.module) may not")
      }
    }
  }

  @Test("the engine, the gateways and the domain know no clock, thread, socket or random source")
  func blindCore() throws {
    let banned = ["Date(", "UUID(", ".random(", "DispatchQueue", "clock_gettime", "getenv"]
    for file in try SourceTree.swiftFiles(in: "Sources")
    where ["Domain", "Reconciliation", "Engine", "Gateways", "Wire", "Store", "JSON"].contains(file.module) {
      for line in file.lines {
        for word in banned where line.contains(word) && !line.contains("//") {
          Issue.record("\(file.path) uses \(word); the core is given time and chance")
        }
      }
    }
  }

  @Test("no floating-point number touches money")
  func noFloat() throws {
    let pattern = ["Double", "Float", "Decimal"]
    for file in try SourceTree.swiftFiles(in: "Sources")
    where ["Domain", "Engine", "Gateways", "Store", "Wire", "JSON"].contains(file.module) {
      for line in file.lines where !line.contains("//") {
        for word in pattern {
          let isUsed = line.split { !$0.isLetter && !$0.isNumber }.contains { $0 == word }
          #expect(!isUsed, "\(file.path): \(word); money is Int64 minor units")
        }
      }
    }
  }

  @Test("nothing lenient or heavy is used where our own strict code exists")
  func bannedCalls() throws {
    let banned = [
      "JSONSerialization", "JSONDecoder(", "JSONEncoder(", "String(format:", "NSRegularExpression",
      "try!", "fatalError(", " print(", "Swift.print(",
    ]
    // `till` has a `print` of its own that minds closed pipes; the generator talks to developers.
    for file in try SourceTree.swiftFiles(in: "Sources")
    where file.module != "generate" && file.module != "till" {
      for line in file.lines where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        for word in banned where line.contains(word) {
          Issue.record("\(file.path): \(word)")
        }
      }
    }
  }

  @Test("every unchecked promise says why, beside it")
  func uncheckedHasAReason() throws {
    for file in try SourceTree.swiftFiles(in: "Sources") {
      for (index, line) in file.lines.enumerated() where line.contains("nonisolated(unsafe)") {
        #expect(
          line.contains("// unsafe: "),
          "\(file.path):\(index + 1): say why on the line, with // unsafe: …")
      }
      for (index, line) in file.lines.enumerated() where line.contains("@unchecked Sendable") {
        Issue.record(
          "\(file.path):\(index + 1): \(line) what lives on a queue is Confined to it")
      }
    }
  }

  @Test("files are short and are named for what they hold")
  func files() throws {
    for file in try SourceTree.swiftFiles(in: "Sources") where !file.isGenerated {
      #expect(
        file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines; is it two things?")
      let name = file.path.split(separator: "/").last ?? ""
      for word in ["Manager", "Helper", "Util", "Misc"] {
        #expect(!name.contains(word), "\(file.path): say what it is")
      }
      for (index, line) in file.lines.enumerated() where line.utf8.count > 100 && line.count > 100 {
        Issue.record("\(file.path):\(index + 1) is \(line.count) columns wide, over 100")
      }
    }
  }

  @Test("nothing is left undone in the sources")
  func nothingLeft() throws {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for file in try SourceTree.swiftFiles(in: "Sources") {
      for line in file.lines where words.contains(where: line.contains) {
        let all = line.split { !$0.isLetter }
        for word in words where all.contains(Substring(word)) {
          Issue.record("\(file.path): \(word)")
        }
      }
    }
  }

  /// Of notices that are refused nobody asks why; they are left out.
  @Test("every cause that an adapter names has words for buyers and support")
  func causesHaveWords() throws {
    let rows = try SourceTree.text("Sources/Engine/Explanation/FailureCause.swift")
    for file in try SourceTree.swiftFiles(in: "Sources/Gateways")
    where !file.path.contains("Notice") && !file.path.contains("Notification") {
      let code = /Reason\(\s*code: "(\w+)"/
      for match in file.lines.joined(separator: "\n").matches(of: code) {
        #expect(rows.contains("\"\(match.1)\", ."), "\(file.path): \(match.1) has no row")
      }
    }
  }

  @Test("the top level holds what it should and nothing else")
  func topLevel() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Protocol", "Clients", "README.md", "Package.resolved",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
    for name in names where !name.hasPrefix(".") {
      #expect(allowed.contains(name), "\(name) does not belong at the top level")
    }
  }

  @Test("no package is depended on")
  func noPackages() throws {
    #expect(!(try SourceTree.text("Package.swift")).contains(".package("))
  }

  @Test("every target of the manifest has a folder and every folder a target")
  func targets() throws {
    let manifest = try SourceTree.text("Package.swift")
    for folder in ["Sources", "Tests"] {
      let base = SourceTree.root.appendingPathComponent(folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: base.path) {
        var isFolder: ObjCBool = false
        let path = base.appendingPathComponent(name).path
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
          isFolder.boolValue, folder == "Sources" || name.hasSuffix("Tests")
        else { continue }
        #expect(manifest.contains("\"\(name)\""), "\(folder)/\(name) is in no target")
      }
    }
  }
}
