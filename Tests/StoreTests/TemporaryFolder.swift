import Foundation

/// A folder of its own for one test, removed when the last reference goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    let name = "till-store-\(UUID().uuidString)"
    // Without links, because the connection refuses a path through one.
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    let folder = root.appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      preconditionFailure("no temporary folder: \(error)")
    }
    path = folder.path
  }

  deinit {
    // Nothing depends on it: a folder left behind is only untidy.
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}
