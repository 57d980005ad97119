import Foundation

/// The repository's own files, as the layout tests read them.
enum SourceTree {
  static let root: URL = {
    var place = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { place.deleteLastPathComponent() }
    return place
  }()

  struct File {
    /// Relative to the root.
    let path: String
    let lines: [String]

    var module: String { String(path.split(separator: "/")[1]) }
    var isGenerated: Bool { path.contains("/Generated/") }
  }

  private static let sources = Result { try read(folder: "Sources") }

  /// Every Swift file below a folder, sorted by path.
  static func swiftFiles(in folder: String) throws -> [File] {
    folder == "Sources" ? try sources.get() : try read(folder: folder)
  }

  private static func read(folder: String) throws -> [File] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    var files: [File] = []
    for case let url as URL in found ?? .init() where url.pathExtension == "swift" {
      let text = try String(contentsOf: url, encoding: .utf8)
      let path = String(url.path.dropFirst(root.path.count + 1))
      files.append(File(path: path, lines: lines(text)))
    }
    return files.sorted { $0.path < $1.path }
  }

  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(Substring($0)) }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
