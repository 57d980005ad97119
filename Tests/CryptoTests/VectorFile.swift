import Crypto
import Foundation

/// Published test vectors, one line each: fields between tabs, `#` starts a remark, `-` is empty.
enum VectorFile {
  static func rows(_ name: String) throws -> [[String]] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false)
          .map { $0 == "-" ? "" : String($0) }
      }
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Vectors").appending(path: name)))
  }
}
