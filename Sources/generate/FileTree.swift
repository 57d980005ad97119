@preconcurrency import Glibc

// Files of the repository. The generator runs on a developer's machine only, so it says what went
// wrong and ends.

enum FileTree {
  /// The bytes of a file, or nil if it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Writes a file and the folders above it. False if that failed.
  static func write(_ path: String, _ bytes: [UInt8]) -> Bool {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += (folder.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      mkdir(folder, 0o755)
    }
    guard let file = fopen(path, "wb") else { return false }
    let count = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && count == bytes.count
  }

  /// Paths of all files below a folder, relative to it, sorted by bytes. Hidden ones are left out,
  /// and what Python leaves beside its sources.
  static func files(below folder: String) -> [String] {
    var found: [String] = []
    collect(folder, "", &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func collect(_ root: String, _ below: String, _ found: inout [String]) {
    guard let handle = opendir(root + "/" + below) else { return }
    defer { closedir(handle) }
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") || name == "__pycache__" { continue }
      let path = below.isEmpty ? name : below + "/" + name
      if let inner = opendir(root + "/" + path) {
        closedir(inner)
        collect(root, path, &found)
      } else {
        found.append(path)
      }
    }
  }
}
