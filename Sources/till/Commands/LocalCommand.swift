// Commands that are more than one request, or none. Each is described like the generated ones, so
// that help, completion and parsing need no second way.

/// A command with code of its own.
struct LocalCommand: Sendable {
  let spec: CommandSpec
  let run: @Sendable (Session, Invocation) throws(UsageError) -> ExitCode
}

/// All of them.
///
/// - Parameter generated: the table of the contract; some commands change one of its entries.
func localCommands(generated: [CommandSpec]) -> [LocalCommand] {
  func entry(_ method: String) -> CommandSpec? { generated.first { $0.method == method } }
  return [
    helpCommand, versionCommand, completionCommand, explainCommand, errorsCommand, doctorCommand,
    tokenCommand, callCommand, pendingCommand, resolveCommand, tailCommand,
    metricsCommand(entry("server.metrics")), ingestCommand(entry("notification.ingest")),
    batchCommand(entry("batch.run")), waitCommand(entry("order.wait")),
    createCommand(entry("order.create")), importCommand(entry("statement.import")),
    reconShowCommand(entry("recon.get"), list: entry("discrepancy.list")), reconFilesCommand,
  ].compactMap { $0 }
}

extension CommandSpec {
  /// A command that the contract does not know.
  init(
    local path: [String], summary: String, doc: String, positionals: [ArgumentSpec] = [],
    flags: [ArgumentSpec] = [], columns: [String] = [], examples: [String]
  ) {
    self.init(
      path: path, method: "", effect: "read", summary: summary, doc: doc,
      positionals: positionals, flags: flags, key: .none, dryRun: false, resultMember: nil,
      columns: columns, examples: examples)
  }

  /// The same command with other arguments.
  func with(
    path: [String]? = nil, positionals: [ArgumentSpec]? = nil, flags: [ArgumentSpec]? = nil,
    doc: String? = nil, examples: [String]? = nil
  ) -> CommandSpec {
    CommandSpec(
      path: path ?? self.path, method: method, effect: effect, summary: summary,
      doc: doc ?? self.doc, positionals: positionals ?? self.positionals,
      flags: flags ?? self.flags, key: key, dryRun: dryRun, resultMember: resultMember,
      columns: columns, examples: examples ?? self.examples)
  }
}

extension ArgumentSpec {
  /// An argument that is not a parameter of the request.
  init(
    local name: String, _ kind: ArgumentKind = .text, required: Bool = false,
    repeated: Bool = false, doc: String
  ) {
    self.init(
      name: name, pointer: "", kind: kind, required: required, repeated: repeated, doc: doc)
  }
}

/// Refuses words a local command has no place for, or a missing one.
func checkWords(_ invocation: Invocation) throws(UsageError) {
  let specs = invocation.command.positionals
  let count = invocation.words.count
  if count < specs.filter(\.required).count {
    let missing = specs[count].name.uppercased()
    throw UsageError(
      "till \(invocation.command.name) needs \(missing)", hints: usageHints(of: invocation.command))
  }
  if count > specs.count, specs.last?.repeated != true {
    let extra = printable(invocation.words[specs.count])
    throw UsageError(
      "till \(invocation.command.name) takes no further word '\(extra)'",
      hints: usageHints(of: invocation.command))
  }
}
