@preconcurrency import Glibc

/// A program that runs, with our ends of its pipes.
struct ChildProcess: ~Copyable {
  /// The longest time between two looks whether it has ended, in milliseconds.
  private static let lookMillisecondsMax: Int32 = 20
  /// The most reads in one look, so that a program that never stops writing meets its deadline.
  private static let readCountMax = 16

  private let processID: pid_t
  private var input: FileDescriptor?
  private var output: FileDescriptor?
  private var errors: FileDescriptor?

  /// Starts the program.
  init(_ request: SpawnRequest) throws(SystemError) {
    let isCaptured = request.output != .inherited
    let inputPipe = try FileDescriptor.pipe()
    let inputEnd = FileDescriptor(owning: inputPipe.reading)
    input = FileDescriptor(owning: inputPipe.writing)
    var outputEnd: FileDescriptor?
    var errorsEnd: FileDescriptor?
    if isCaptured {
      let outputPipe = try FileDescriptor.pipe()
      output = FileDescriptor(owning: outputPipe.reading)
      outputEnd = FileDescriptor(owning: outputPipe.writing)
      let errorsPipe = try FileDescriptor.pipe()
      errors = FileDescriptor(owning: errorsPipe.reading)
      errorsEnd = FileDescriptor(owning: errorsPipe.writing)
    } else {
      output = nil
      errors = nil
    }
    let ends = (inputEnd.number, outputEnd.number, errorsEnd.number)
    processID = try Self.start(request, ends: ends)
    for number in [input.number, output.number, errors.number] {
      if let number { _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) }
    }
  }

  private static func start(_ request: SpawnRequest, ends: (Int32, Int32?, Int32?))
    throws(SystemError) -> pid_t
  {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends.0, 0)
    if let number = ends.1 { posix_spawn_file_actions_adddup2(&actions, number, 1) }
    if let number = ends.2 { posix_spawn_file_actions_adddup2(&actions, number, 2) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Dispatch blocks signals in its threads and a daemon ignores SIGPIPE: undo both.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let arguments = CStringArray(request.arguments)
    let names = request.environment.keys.sorted()
    let environment = CStringArray(names.map { "\($0)=\(request.environment[$0] ?? "")" })
    var processID: pid_t = 0
    // The arrays would otherwise end after their last mention, before the call has read them.
    let code = withExtendedLifetime((arguments, environment)) {
      posix_spawnp(
        &processID, request.arguments[0], &actions, &attributes, arguments.pointers,
        environment.pointers)
    }
    guard code == 0 else {
      throw SystemError(call: "posix_spawn", errno: code, subject: request.arguments[0])
    }
    return processID
  }

  /// Feeds and drains the pipes until the program ends or must be ended.
  mutating func wait(_ request: SpawnRequest) -> SpawnOutcome {
    var outcome = SpawnOutcome(
      ending: .exited(status: 0), hasTimedOut: false, standardOutput: [], standardError: [],
      isOutputCut: false, durationMilliseconds: 0)
    var unsent = request.input[...]
    var deadline = Deadline(afterMilliseconds: request.timeoutMilliseconds)
    var isAsked = false
    if unsent.isEmpty { input = nil }
    while true {
      if let ending = ended() {
        outcome.ending = ending
        transfer(&unsent, request, &outcome)
        // Nobody that it left behind keeps running under its name once it had to be ended.
        if outcome.hasTimedOut { kill(-processID, SIGKILL) }
        return outcome
      }
      transfer(&unsent, request, &outcome)
      if deadline.isOver {
        outcome.hasTimedOut = true
        kill(-processID, isAsked ? SIGKILL : SIGTERM)
        isAsked = true
        deadline = Deadline(afterMilliseconds: request.graceMilliseconds)
      }
      pause(min(Self.lookMillisecondsMax, max(1, deadline.pollMilliseconds)))
    }
  }

  private func ended() -> SpawnOutcome.Ending? {
    var status: Int32 = 0
    while true {
      let result = waitpid(processID, &status, WNOHANG)
      let code = errno
      if result == 0 { return nil }
      if result == -1, code == EINTR { continue }
      precondition(result == processID, "nobody else waits for our children")
      // The layout of a wait status: signal in the low seven bits, exit status above them.
      let signal = status & 0x7F
      return signal == 0
        ? .exited(status: (status >> 8) & 0xFF) : .killed(signal: signal)
    }
  }

  private mutating func transfer(
    _ unsent: inout ArraySlice<UInt8>, _ request: SpawnRequest, _ outcome: inout SpawnOutcome
  ) {
    feed(&unsent)
    guard case .captured(let byteCountMax) = request.output else { return }
    var isCut = false
    if Self.drain(output.number, into: &outcome.standardOutput, byteCountMax, &isCut) {
      output = nil
    }
    if Self.drain(errors.number, into: &outcome.standardError, byteCountMax, &isCut) {
      errors = nil
    }
    if isCut { outcome.isOutputCut = true }
  }

  /// Writes input as far as the program takes it. A program that does not read is no failure.
  private mutating func feed(_ unsent: inout ArraySlice<UInt8>) {
    while let number = input.number {
      let (count, code) = BrokenPipe.muted {
        let count = unsent.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
        return (count, errno)
      }
      if count == -1, code == EINTR { continue }
      if count == -1, code == EAGAIN { return }
      if count > 0 { unsent.removeFirst(count) }
      if count == -1 || unsent.isEmpty { input = nil }
    }
  }

  /// Reads what is there; true at the end.
  private static func drain(
    _ number: Int32?, into bytes: inout [UInt8], _ byteCountMax: Int, _ isCut: inout Bool
  ) -> Bool {
    guard let number else { return false }
    var part = [UInt8](repeating: 0, count: 16_384)
    for _ in 0..<readCountMax {
      let count = part.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
      let code = errno
      if count == -1, code == EINTR { continue }
      if count == -1, code == EAGAIN { return false }
      guard count > 0 else { return true }
      let room = byteCountMax - bytes.count
      if count > room { isCut = true }
      bytes.append(contentsOf: part[..<min(count, room)])
    }
    return false
  }

  /// Waits until a pipe has something to do, but not long: a program may end without a word.
  private func pause(_ milliseconds: Int32) {
    var entries: [pollfd] = []
    if let number = input.number {
      entries.append(pollfd(fd: number, events: Int16(POLLOUT), revents: 0))
    }
    for number in [output.number, errors.number] {
      if let number { entries.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0)) }
    }
    // Both outputs at their end usually means that the program ends this instant.
    let isQuiet = output == nil && errors == nil
    _ = poll(&entries, nfds_t(entries.count), isQuiet ? 1 : milliseconds)
  }
}

/// Strings as a C array of pointers that ends with nil, as `execve` takes them.
private final class CStringArray {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      (pointers + index).initialize(to: strdup(string))
    }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}

extension Optional where Wrapped == FileDescriptor {
  /// The number of a descriptor that may be closed already.
  fileprivate var number: Int32? {
    switch self {
    case .some(let descriptor): descriptor.number
    case .none: nil
    }
  }
}
