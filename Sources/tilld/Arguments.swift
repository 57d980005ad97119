import Platform

/// What the command line asks for.
struct Arguments {
  enum Task {
    case serve
    case checkConfiguration
    case describeConfiguration
    /// Compares the state tables with the event log, or makes them anew from it.
    case rebuild(checkOnly: Bool)
    /// Puts a backup in the place of the database.
    case restore(file: String)
    /// Gives up personal data whose key is lost.
    case forgetPersonal
    case version
    case help
  }

  var task = Task.serve
  var configurationPath: String?
  var stateDirectory: String?
  var socketPath: String?

  struct Misuse: Error {
    let text: String
  }

  init(_ words: [String]) throws(Misuse) {
    var rest = words.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "--config": configurationPath = try Self.value(word, &rest)
      case "--state": stateDirectory = try Self.value(word, &rest)
      case "--socket": socketPath = try Self.value(word, &rest)
      case "--check-config": task = .checkConfiguration
      case "--describe-config": task = .describeConfiguration
      case "--version": task = .version
      case "--help", "-h", "help": task = .help
      case "rebuild": task = .rebuild(checkOnly: false)
      case "--check":
        guard case .rebuild = task else { throw Misuse(text: "--check belongs to rebuild") }
        task = .rebuild(checkOnly: true)
      case "forget-personal": task = .forgetPersonal
      case "restore": task = .restore(file: try Self.value(word, &rest))
      default: throw Misuse(text: "unknown argument \(word)")
      }
    }
  }

  private static func value(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(Misuse) -> String {
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw Misuse(text: "\(word) needs a value")
    }
    return value
  }

  static let help = """
    tilld keeps a shop's orders and payments and finds out what became of each.

      tilld [--config FILE] [--state DIR] [--socket PATH]
          Runs in the foreground. Without a configuration it offers a sandbox gateway and
          serves only your own user.
      tilld --check-config --config FILE
          Says whether the configuration can be used, and where it cannot.
      tilld --describe-config
          Prints every member that a configuration may have.
      tilld rebuild --check [--state DIR]
          Checks the chain of the event log and compares the state with it. Stop the daemon
          first.
      tilld rebuild [--state DIR]
          Makes the state anew from the event log, if its chain is whole.
      tilld restore FILE [--state DIR]
          Puts a sound backup in place; the database that was there is kept beside it. What
          may have happened since is asked of the gateways.
      tilld forget-personal [--state DIR]
          Gives up the personal data when its key, personal.key in the state folder, is lost.
      tilld --version

    Signals: TERM stops after finishing what runs, a second TERM at once; HUP reads the
    configuration and the gateways' keys again. Exit status: 0 stopped, 1 fault, 2 wrong
    usage, 10 another tilld runs.
    """
}

/// Where things lie when nothing says otherwise.
enum DefaultPlaces {
  /// `$XDG_STATE_HOME/till`, or `~/.local/state/till`.
  static var stateDirectory: String? {
    if let base = CurrentProcess.environment("XDG_STATE_HOME"), base.hasPrefix("/") {
      return Path.join(base, "till")
    }
    guard let home = CurrentProcess.environment("HOME"), home.hasPrefix("/") else { return nil }
    return Path.join(home, ".local/state/till")
  }

  /// `$XDG_RUNTIME_DIR/till/tilld.sock`; a system service is given its own.
  static var socketPath: String? {
    if let base = CurrentProcess.environment("XDG_RUNTIME_DIR"), base.hasPrefix("/") {
      return Path.join(base, "till/tilld.sock")
    }
    return CurrentProcess.userID == 0 ? "/run/till/tilld.sock" : nil
  }
}
