import Glibc

/// Looking for programs as `posix_spawnp` does.
package enum Programs {
  /// Whether this process may run a program.
  ///
  /// - Parameter name: a path, or a name that is looked for.
  /// - Parameter searchPath: where names are looked for: folders with colons between them.
  package static func canRun(_ name: String, searchPath: String?) -> Bool {
    guard !name.isEmpty else { return false }
    if name.contains("/") { return isProgram(name) }
    return (searchPath ?? "/usr/bin:/bin").split(separator: ":").contains { folder in
      isProgram(Path.join(String(folder), name))
    }
  }

  private static func isProgram(_ path: String) -> Bool {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return false }
    return access(path, X_OK) == 0
  }
}
