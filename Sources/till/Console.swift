// Where words go: data to standard output, talk to standard error, each line at once.

import Platform

/// The three standard streams, or what a test puts in their place.
struct Console {
  var writeOutput: ([UInt8]) -> Void
  var writeError: ([UInt8]) -> Void
  /// Reads one line of an answer from a person; nil at the end.
  var readAnswer: () -> String?
  var isOutputTerminal = false
  var isErrorTerminal = false
  var isInputTerminal = false
  /// Columns of the terminal behind standard output; nil where there is none.
  var outputColumns: Int?
  var usesColor = false

  /// The streams of this process. A reader that went away ends the process with 141, quietly.
  static func standard() -> Console {
    let isOutputTerminal = Terminal.isTerminal(Terminal.standardOutput)
    return Console(
      writeOutput: writeToStandardOutput,
      writeError: { bytes in
        // Nobody is left to be told that standard error is gone.
        _ = Terminal.write(bytes, to: Terminal.standardError)
      },
      readAnswer: readLineOfInput,
      isOutputTerminal: isOutputTerminal,
      isErrorTerminal: Terminal.isTerminal(Terminal.standardError),
      isInputTerminal: Terminal.isTerminal(Terminal.standardInput),
      outputColumns: isOutputTerminal ? Terminal.columns() : nil)
  }

  /// A line of data. Everything up to here is on its way when this returns.
  func print(_ line: String) { writeOutput(Array((line + "\n").utf8)) }

  /// A line of talk.
  func say(_ line: String) { writeError(Array((line + "\n").utf8)) }

  /// Colours a text by an SGR parameter, where colour is wanted.
  func styled(_ text: String, _ style: TextStyle) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Decides about colour: the flag, then NO_COLOR, CLICOLOR_FORCE, TERM, then the terminal.
  mutating func setColor(_ choice: ColorChoice, environment: (String) -> String?) {
    switch choice {
    case .always: usesColor = true
    case .never: usesColor = false
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty {
        usesColor = false
      } else if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" {
        usesColor = true
      } else {
        usesColor = isOutputTerminal && isErrorTerminal && environment("TERM") != "dumb"
      }
    }
  }
}

/// What stands out, by its SGR parameter.
enum TextStyle: Int {
  case bold = 1
  case dim = 2
  case red = 31
  case green = 32
  case yellow = 33
}

/// Writes data. A reader that went away ends the process with 141 and no word, a full disk with 1.
private func writeToStandardOutput(_ bytes: [UInt8]) {
  let descriptor = FileDescriptor(owning: Terminal.standardOutput)
  var fault: TransferFault?
  do throws(TransferFault) {
    try descriptor.write(bytes)
  } catch {
    fault = error
  }
  // The stream belongs to the process, not to this function.
  _ = descriptor.take()
  guard let fault else { return }
  if case .system(let error) = fault, error.isPeerGone {
    CurrentProcess.exit(ExitCode.brokenPipe.number)
  }
  _ = Terminal.write(Array("error: standard output: \(fault)\n".utf8), to: Terminal.standardError)
  CurrentProcess.exit(ExitCode.unexpected.number)
}

private func readLineOfInput() -> String? {
  readLine(strippingNewline: true)
}
