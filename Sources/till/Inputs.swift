// What a command line takes from outside itself: files, standard input, the environment, the clock.

import Platform

/// The doors to the outside, so that tests can stand in for them.
struct Inputs {
  /// A variable of the environment, nil when it is not set.
  var environment: (String) -> String?
  /// Reads a whole file, or standard input for `-`.
  var read: (String) throws(UsageError) -> [UInt8]
  /// Milliseconds since 1970 UTC, the real clock.
  var now: () -> Int64
  /// A fresh idempotency key.
  var newKey: () -> String

  /// The largest file or standard input taken, in bytes: more than the longest line of a client.
  static let byteCountMax = 1 << 20
}

extension Inputs {
  /// The lines of a file or of standard input, without their line ends and without empty ones.
  func lines(_ source: String) throws(UsageError) -> [String] {
    let bytes = try read(source)
    var lines: [String] = []
    for line in bytes.split(separator: 0x0A) {
      let trimmed = line.last == 0x0D ? line.dropLast() : line
      guard !trimmed.isEmpty else { continue }
      guard let text = String(validating: trimmed, as: UTF8.self) else {
        let name = source == "-" ? "standard input" : printable(source)
        throw UsageError("\(name): line \(lines.count + 1) is not UTF-8")
      }
      lines.append(text)
    }
    return lines
  }
}
