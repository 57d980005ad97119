// The program from its words to its exit status.

import JSON
import Platform
import Wire

/// Runs one command line on the real streams and ends the process with its status.
func runProgram() -> Never {
  // Else the daemon's socket gets the number of a closed standard output, and is sent our rows.
  let closed = CurrentProcess.fillStandardStreams()
  // Writing to a daemon that is gone must be an answer, not the end; standard output ends with 141.
  BrokenPipe.ignore()
  let console = Console.standard(isOutputClosed: closed.contains(Terminal.standardOutput))
  let program = Program(generated: commandTable, console: console, inputs: .standard())
  CurrentProcess.exit(program.run(words: CurrentProcess.arguments().dropFirst()).number)
}

struct Program {
  let tree: CommandTree
  private let local: [LocalCommand]
  private let console: Console
  private let inputs: Inputs

  init(generated: [CommandSpec], console: Console, inputs: Inputs) {
    local = localCommands(generated: generated)
    tree = CommandTree(generated: generated, local: local.map(\.spec))
    self.console = console
    self.inputs = inputs
  }

  /// Runs the words after `till` as their bytes were given. Bytes that are no text are refused:
  /// what would be put in their place was never meant, and it would be stored.
  func run(words: some Sequence<[UInt8]>) -> ExitCode {
    var arguments: [String] = []
    for (index, word) in words.enumerated() {
      guard let text = String(validating: word, as: UTF8.self) else {
        let shown = printable(String(decoding: word, as: UTF8.self))
        let report = FailureReport(
          console: console, isMachineReadable: arguments.contains("--json"), arguments: arguments)
        return report.usage(
          UsageError(
            "word \(index + 1), '\(shown)', is not UTF-8",
            hints: ["give the text in UTF-8; a file with such a name needs another one"]))
      }
      arguments.append(text)
    }
    return run(arguments)
  }

  /// Runs the words after `till`.
  func run(_ arguments: [String]) -> ExitCode {
    var console = console
    console.setColor(.auto, environment: inputs.environment)
    // Known before the flags are: an error about them should have the shape that was asked for.
    let looksMachineReadable = arguments.contains { $0 == "--json" || $0 == "--format=jsonl" }
    let early = FailureReport(
      console: console, isMachineReadable: looksMachineReadable, arguments: arguments)
    console.outputLoss.report = early.outputLost
    do throws(UsageError) {
      switch try ArgumentParser(tree: tree).parse(arguments) {
      case .nothing:
        for line in try helpLines([], tree: tree) { console.say(line) }
        return .usage
      case .help(let words): return try showHelp(words, on: console, tree: tree)
      case .version(let isMachineReadable): return showVersion(isMachineReadable)
      case .run(let invocation): return try run(invocation, arguments, &console)
      }
    } catch {
      return early.usage(error)
    }
  }

  private func showVersion(_ isMachineReadable: Bool) -> ExitCode {
    guard isMachineReadable else {
      console.print("till \(ProgramVersion.text)")
      return .done
    }
    return run(["version", "--json"])
  }

  private func run(
    _ invocation: Invocation, _ arguments: [String], _ console: inout Console
  ) throws(UsageError) -> ExitCode {
    let options = try GlobalOptions(invocation.globals, environment: inputs.environment)
    console.setColor(options.color, environment: inputs.environment)
    let session = Session(
      arguments: arguments, console: console, inputs: inputs, tree: tree, options: options)
    console.outputLoss.report = session.report.outputLost
    do throws(UsageError) {
      try checkColumns(options.columns, of: invocation.command)
      if let command = local.first(where: { $0.spec.path == invocation.command.path }) {
        return try command.run(session, invocation)
      }
      let builder = ParameterBuilder(invocation: invocation, options: options, inputs: inputs)
      let requests = try builder.requests()
      return try MethodCommand(session: session, command: invocation.command).run(requests)
    } catch {
      return session.report.usage(error)
    }
  }
}

extension Inputs {
  /// Files, standard input, environment and clock of this process.
  static func standard() -> Inputs {
    Inputs(
      environment: { CurrentProcess.environment($0) }, read: readSource,
      now: { SystemClock.wallMilliseconds() },
      // 16 random bytes: two keys made so are never the same.
      newKey: { "till-" + hexadecimal(Entropy.bytes(16)) })
  }
}

private func readSource(_ source: String) throws(UsageError) -> [UInt8] {
  guard source == "-" else {
    do throws(FileFault) {
      return try Files.read(source, byteCountMax: Inputs.byteCountMax)
    } catch {
      throw UsageError("\(error)")
    }
  }
  let bytes: [UInt8]?
  do throws(TransferFault) {
    bytes = try Terminal.readAll(countMax: Inputs.byteCountMax)
  } catch {
    throw UsageError("standard input: \(error)")
  }
  guard let bytes else {
    throw UsageError("standard input has more than \(Inputs.byteCountMax) bytes")
  }
  return bytes
}
