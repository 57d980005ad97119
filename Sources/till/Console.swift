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
  var outputLoss = OutputLoss()

  /// The streams of this process. A reader that went away ends the process with 141, quietly; any
  /// other way to lose output ends it with a word.
  ///
  /// - Parameter isOutputClosed: the process was started without standard output.
  static func standard(isOutputClosed: Bool) -> Console {
    let isOutputTerminal = Terminal.isTerminal(Terminal.standardOutput)
    let loss = OutputLoss()
    return Console(
      writeOutput: { bytes in
        guard let cause = isOutputClosed ? "it is closed" : faultOfWriting(bytes) else { return }
        CurrentProcess.exit(loss.report(cause, loss.answered).number)
      },
      writeError: { bytes in
        // Nobody is left to be told that standard error is gone.
        _ = Terminal.write(bytes, to: Terminal.standardError)
      },
      readAnswer: readLineOfInput,
      isOutputTerminal: isOutputTerminal,
      isErrorTerminal: Terminal.isTerminal(Terminal.standardError),
      isInputTerminal: Terminal.isTerminal(Terminal.standardInput),
      outputColumns: isOutputTerminal ? Terminal.columns() : nil, outputLoss: loss)
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

/// What is said where standard output takes no more.
final class OutputLoss {
  /// A request that changed something, and whose answer is being printed.
  struct Answered {
    let key: String?
    let isOutcomeUnknown: Bool
  }

  /// Says so in the shape that errors have, and gives the status to end with.
  var report: (_ cause: String, Answered?) -> ExitCode = { _, _ in .outputLost }
  var answered: Answered?
}

/// Writes data. A reader that went away ends the process with 141 and no word.
///
/// - Returns: why it could not be written; nil where it was.
private func faultOfWriting(_ bytes: [UInt8]) -> String? {
  do throws(TransferFault) {
    try FileDescriptor.lent(Terminal.standardOutput) { descriptor throws(TransferFault) in
      try descriptor.write(bytes)
    }
    return nil
  } catch {
    if case .system(let fault) = error, fault.isPeerGone {
      CurrentProcess.exit(ExitCode.brokenPipe.number)
    }
    return "\(error)"
  }
}

private func readLineOfInput() -> String? {
  readLine(strippingNewline: true)
}
