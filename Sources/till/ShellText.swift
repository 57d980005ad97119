// Command lines to copy: quoted so that a POSIX shell reads the same words.

/// One word for a POSIX shell.
func shellWord(_ word: String) -> String {
  let isPlain =
    !word.isEmpty
    && word.utf8.allSatisfy { byte in
      isAlphanumeric(byte) || "-_./:=@%+,".utf8.contains(byte)
    }
  if isPlain { return word }
  if printable(word) != word {
    // Only this form keeps control characters out of the terminal; bash, zsh and ksh know it.
    return "$'" + printable(word).map { $0 == "'" ? "\\'" : String($0) }.joined() + "'"
  }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}

/// The command line of this run with a key in it, to be repeated as the same intent.
func repeatedCommand(_ arguments: [String], key: String?) -> String {
  var words = ["till"] + arguments
  let hasKey = arguments.contains { $0 == "--key" || $0.hasPrefix("--key=") }
  if let key, !hasKey {
    let end = words.firstIndex(of: "--") ?? words.count
    words.insert(contentsOf: ["--key", key], at: end)
  }
  return words.map(shellWord).joined(separator: " ")
}
