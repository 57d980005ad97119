@preconcurrency import Glibc

/// What is known of the terminal, if there is one.
package enum Terminal {
  /// The descriptor of standard input.
  package static let standardInput: Int32 = 0
  /// The descriptor of standard output.
  package static let standardOutput: Int32 = 1
  /// The descriptor of standard error.
  package static let standardError: Int32 = 2

  /// Whether a person looks at this descriptor.
  package static func isTerminal(_ number: Int32) -> Bool { isatty(number) == 1 }

  /// Columns of the terminal behind a descriptor, or nil where there is none.
  package static func columns(_ number: Int32 = standardOutput) -> Int? {
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all bytes to a standard stream; false when its reader is gone or it is closed.
  @discardableResult
  package static func write(_ bytes: [UInt8], to number: Int32) -> Bool {
    do throws(TransferFault) {
      try FileDescriptor.lent(number) { descriptor throws(TransferFault) in
        try descriptor.write(bytes)
      }
      return true
    } catch {
      return false
    }
  }

  /// Reads a standard stream to its end.
  ///
  /// - Returns: nil when there was more than `countMax` bytes.
  package static func readAll(from number: Int32 = standardInput, countMax: Int)
    throws(TransferFault) -> [UInt8]?
  {
    try FileDescriptor.lent(number) { descriptor throws(TransferFault) in
      var bytes: [UInt8] = []
      while bytes.count <= countMax {
        let part = try descriptor.read(countMax: 65_536)
        if part.isEmpty { return bytes }
        bytes.append(contentsOf: part)
      }
      return nil
    }
  }
}
