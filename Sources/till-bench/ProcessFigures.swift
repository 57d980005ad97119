import Platform

/// Reads what the kernel knows about a process.
enum ProcessFigures {
  /// Processor time used so far, in milliseconds; nil if the process is gone.
  ///
  /// Fields 14 and 15 of `/proc/PID/stat`, in ticks of 10 ms on every Linux we run on.
  static func processorMilliseconds(_ processID: Int32) -> Int64? {
    guard let text = text("/proc/\(processID)/stat") else { return nil }
    // The second field is a name in brackets that may hold blanks.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else {
      return nil
    }
    return (user + system) * 10
  }

  /// Memory in use in KiB (`VmRSS` of `/proc/PID/status`).
  static func residentKibibytes(_ processID: Int32) -> Int64? {
    guard let line = line("VmRSS:", of: "/proc/\(processID)/status") else { return nil }
    return line.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
  }

  /// Bytes it has handed to the kernel so far, for files and for anything else (`wchar` of
  /// `/proc/PID/io`).
  static func writtenByteCount(_ processID: Int32) -> Int64? {
    guard let line = line("wchar:", of: "/proc/\(processID)/io") else { return nil }
    return line.split(separator: " ").last.flatMap { Int64($0) }
  }

  static func text(_ path: String) -> String? {
    do throws(FileFault) {
      return String(decoding: try Files.read(path, byteCountMax: 1 << 20), as: UTF8.self)
    } catch {
      return nil
    }
  }

  static func line(_ start: String, of path: String) -> Substring? {
    text(path)?.split(separator: "\n").first { $0.hasPrefix(start) }?
      .split(separator: "\t").joined(separator: " ")[...]
  }
}

/// The machine under the figures.
struct Machine: Sendable {
  let cores: Int
  let model: String
  let kernel: String

  static func read() -> Machine {
    let processors = (ProcessFigures.text("/proc/cpuinfo") ?? "").split(separator: "\n")
    let model = processors.first { $0.hasPrefix("model name") }
    return Machine(
      cores: processors.count { $0.hasPrefix("processor") },
      model: model.flatMap { $0.split(separator: ":").last.map { String($0.dropFirst()) } }
        ?? "unknown processor",
      kernel: (ProcessFigures.text("/proc/sys/kernel/osrelease") ?? "unknown\n")
        .split(separator: "\n").joined())
  }

  var text: String { "\(cores) cores, \(model), Linux \(kernel)" }
}

/// How much processor time two processes used between two moments.
struct ProcessorUse: Sendable {
  private var daemonStart: Int64
  private var ownStart: Int64
  private let daemonID: Int32

  init(of daemonID: Int32) {
    self.daemonID = daemonID
    daemonStart = ProcessFigures.processorMilliseconds(daemonID) ?? 0
    ownStart = ProcessFigures.processorMilliseconds(CurrentProcess.processID) ?? 0
  }

  /// Shares of one core in percent since this value was made.
  func percent(over nanoseconds: Int64) -> Shares {
    let milliseconds = max(1, nanoseconds / 1_000_000)
    let daemon = (ProcessFigures.processorMilliseconds(daemonID) ?? daemonStart) - daemonStart
    let own = (ProcessFigures.processorMilliseconds(CurrentProcess.processID) ?? 0) - ownStart
    return Shares(daemon: daemon * 100 / milliseconds, client: own * 100 / milliseconds)
  }

  /// 100 is one core.
  struct Shares: Sendable {
    var daemon: Int64
    var client: Int64
  }
}

/// How many times a second this disk makes 4 KiB durable, as the write-ahead log needs it.
enum Durability {
  private static let pageByteCount = 4_096
  private static let pageCount = 1_024
  /// `O_WRONLY | O_CREAT` and `O_WRONLY | O_DSYNC` of Linux.
  private static let createFlags: Int32 = 0o101
  private static let durableFlags: Int32 = 0o10001

  /// Overwrites a file page by page, each page durable before the next.
  static func writesPerSecond(in folder: String) throws -> Int64 {
    let path = "\(folder)/durable-writes"
    let filling = try FileDescriptor.open(path, flags: createFlags)
    try filling.write([UInt8](repeating: 1, count: pageByteCount * pageCount))
    try Files.synchronize(path)
    let page = [UInt8](repeating: 2, count: pageByteCount)
    let file = try FileDescriptor.open(path, flags: durableFlags)
    let start = SystemClock.monotonicNanoseconds()
    var count: Int64 = 0
    while count < pageCount, SystemClock.monotonicNanoseconds() - start < 1_000_000_000 {
      try file.write(page)
      count += 1
    }
    let nanoseconds = max(1, SystemClock.monotonicNanoseconds() - start)
    try Files.remove(path)
    return count * 1_000_000_000 / nanoseconds
  }
}
