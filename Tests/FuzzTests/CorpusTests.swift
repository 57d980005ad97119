import Foundation
import Fuzz
import JSON
import Testing

/// Without a fuzzer: seeds and their mutations, the same on every run. `Tests/fuzz` goes further.
@Suite struct CorpusTests {
  @Test("every reader survives its seeds, and what is one step from them", arguments: targetNames)
  func mutations(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let seeds = try Seeds.of(name)
    try #require(!seeds.isEmpty)
    for seed in seeds { target.run(seed) }
    var random = SeededRandom(seed: 75)
    // Those of gateways sign what they are given, which takes a while.
    let count = name.hasPrefix("notice-") || name.hasPrefix("answer-") ? 150 : 3_000
    for _ in 0..<count {
      target.run(Seeds.mutated(seeds[random.below(seeds.count)], &random))
    }
  }

  static let targetNames = FuzzTarget.all.map(\.name)

  @Test("an adapter without a bench is told of")
  func benches() {
    for kind in FuzzTarget.kindsWithout {
      Issue.record("no notices of \(kind) are fuzzed: add a bench", severity: .warning)
    }
  }
}

/// The same sequence for a seed on every machine (SplitMix64).
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 below `count`.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}

/// What each target begins with: lines of the vectors, the JSON suite, and Tests/Fuzz/Seeds.
enum Seeds {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  static func of(_ name: String) throws -> [[UInt8]] {
    switch name {
    case "json": try sent() + suite()
    case "envelope": try sent()
    case "lines": try sent().enumerated().map { [UInt8($0.offset % 16)] + $0.element + [0x0A] }
    case "statement": try statements { _ in true }
    case _ where name.hasPrefix("statement-"): try statements { $0.hasPrefix(name + ".") }
    default: try lines("Fuzz/Seeds/\(name).txt").map { Array($0.utf8) }
    }
  }

  /// Whole files, by their names.
  private static func statements(_ isMeant: (String) -> Bool) throws -> [[UInt8]] {
    let folder = tests.appending(path: "Fuzz/Seeds/statements")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter(isMeant).map { Array(try Data(contentsOf: folder.appending(path: $0))) }
  }

  private static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOf: tests.appending(path: path), encoding: .utf8).split(separator: "\n")
  }

  /// The requests of the dialogues that have no long texts.
  private static func sent() throws -> [[UInt8]] {
    let folder = tests.deletingLastPathComponent().appending(path: "Protocol/vectors")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    var found: [[UInt8]] = []
    for name in names where name.hasSuffix(".jsonl") {
      for line in try lines("../Protocol/vectors/\(name)") where line.utf8.count < 2_000 {
        guard let step = try? JSONReader.read(Array(line.utf8), profile: .document),
          let request = step.objectValue?["send"]
        else { continue }
        var writer = JSONWriter(capacity: 256)
        writer.value(request)
        found.append(writer.bytes)
      }
    }
    return found
  }

  private static func suite() throws -> [[UInt8]] {
    try lines("JSONTests/suite.txt").compactMap { line in
      let columns = line.split(separator: "\t")
      guard columns.count == 4, let data = Data(base64Encoded: String(columns[3])) else { return nil }
      return Array(data)
    }
  }

  static func mutated(_ seed: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = seed
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      switch random.below(4) {
      case 0 where place < bytes.count: bytes[place] = UInt8(random.below(256))
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2: bytes.insert(UInt8(random.below(256)), at: place)
      default: bytes.removeSubrange(min(place, bytes.count)...)
      }
    }
    return bytes
  }
}
