/// The command line itself is wrong; nothing was sent. Ends with exit code 2.
struct UsageError: Error, Equatable {
  /// One sentence that names what was typed.
  let message: String
  /// What to do instead, a line each: a usage line, an example, the nearest name.
  let hints: [String]

  init(_ message: String, hints: [String] = []) {
    self.message = message
    self.hints = hints
  }
}

extension UsageError {
  /// The same error with the argument it is about in front.
  func about(_ argument: String) -> UsageError {
    UsageError("\(argument): \(message)", hints: hints)
  }
}
