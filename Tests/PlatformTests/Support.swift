import Dispatch
@preconcurrency import Glibc
import Platform
import Synchronization
import Testing

/// A folder of its own for one test, removed with everything in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = "/tmp/till-platform-\(getpid())-\(Entropy.word() % 1_000_000_000)"
    try Directories.create(path, mode: 0o700)
  }

  func file(_ name: String) -> String { Path.join(path, name) }

  func remove() {
    let outcome = try? Spawn.run(
      SpawnRequest(
        arguments: ["/bin/rm", "-rf", path], environment: [:], timeoutMilliseconds: 30_000))
    precondition(outcome?.hasSucceeded == true, "a test cleans up after itself")
  }

  deinit { remove() }
}

/// A value that tests wait for. The bound only ends a test that hangs; nothing is measured.
final class Watched<Value: Sendable>: Sendable {
  private let value: Confined<Value>

  init(_ value: Value) { self.value = Confined(value, on: Queues.root("test.watched")) }

  var current: Value { value.wait { $0 } }

  func change(_ body: @Sendable (inout Value) -> Void) { value.wait { body(&$0) } }

  /// Waits until the value is as wanted; false if it never was.
  func wait(until isWanted: (Value) -> Bool) -> Bool {
    for _ in 0..<30_000 {
      if isWanted(current) { return true }
      SystemClock.sleep(milliseconds: 1)
    }
    return false
  }
}

/// What a channel told its owner.
struct Told: Sendable {
  var bytes: [UInt8] = []
  var byteCalls = 0
  var ends = 0
  var drained = 0
  var closed: [CloseReason] = []
}

/// A channel on a loop of its own, and the other end of its socket.
final class Line: Sendable {
  let loop: SocketLoop
  private let channel: Confined<StreamChannel?>
  let peer: PeerEnd
  let told = Watched(Told())

  init(
    limits: StreamLimits = StreamLimits(), started: Bool = true,
    onBytes: @escaping @Sendable (StreamChannel, UnsafeRawBufferPointer) -> Void = { _, _ in },
    onEnd: @escaping @Sendable (StreamChannel) -> Void = { $0.finishAndClose() },
    onDrained: @escaping @Sendable (StreamChannel) -> Void = { _ in }
  ) throws {
    loop = try SocketLoop(queue: Queues.root("test.line"))
    let pair = try FileDescriptor.socketPair()
    let (told, loop) = (told, loop)
    let ends = pair.taken()
    channel = Confined(nil, on: loop.queue)
    peer = PeerEnd(FileDescriptor(owning: ends.1))
    let fault: SystemError? = channel.wait { channel in
      let callbacks = StreamCallbacks(
        onBytes: { channel, bytes in
          let copy = Array(bytes)
          told.change {
            $0.bytes += copy
            $0.byteCalls += 1
          }
          onBytes(channel, bytes)
        },
        onEnd: { channel in
          told.change { $0.ends += 1 }
          onEnd(channel)
        },
        onDrained: { channel in
          told.change { $0.drained += 1 }
          onDrained(channel)
        },
        onClosed: { _, reason in told.change { $0.closed.append(reason) } })
      do throws(SystemError) {
        channel = try StreamChannel(
          FileDescriptor(owning: ends.0), on: loop, limits: limits, owner: callbacks)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
    if started { on { $0.start() } }
  }

  /// Runs on the queue of the loop and waits.
  @discardableResult
  func on<Result: Sendable>(_ body: @Sendable (StreamChannel) -> Result) -> Result {
    channel.wait { channel in
      guard let channel else { preconditionFailure("a line has a channel") }
      return body(channel)
    }
  }

  var isClosed: Bool { told.wait { !$0.closed.isEmpty } }
}

extension DescriptorPair {
  consuming func taken() -> (Int32, Int32) {
    var numbers: (Int32, Int32) = (-1, -1)
    split { numbers = ($0.take(), $1.take()) }
    return numbers
  }
}

/// The other end of a socket, used from the test's own thread with blocking calls.
final class PeerEnd: Sendable {
  private let descriptor: Mutex<FileDescriptor?>
  let number: Int32

  init(_ descriptor: consuming FileDescriptor) {
    number = descriptor.number
    self.descriptor = Mutex(consume descriptor)
  }

  func close() { descriptor.withLock { $0 = nil } }

  func write(_ bytes: [UInt8]) throws {
    try FileDescriptor.lent(number) { descriptor throws(TransferFault) in
      try descriptor.write(bytes, until: Deadline(afterMilliseconds: 30_000))
    }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func finishWriting() throws { _ = shutdown(number, Int32(SHUT_WR)) }

  func read(countMax: Int = 65_536) throws -> [UInt8] {
    try FileDescriptor.lent(number) { descriptor throws(TransferFault) in
      try descriptor.read(countMax: countMax, until: Deadline(afterMilliseconds: 30_000))
    }
  }

  func readToEnd() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try read()
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  func read(exactly count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try read(countMax: count - bytes.count)
      if part.isEmpty { return bytes }
      bytes += part
    }
    return bytes
  }
}

/// Bytes that show every loss and every exchange of two pieces.
func pattern(_ count: Int) -> [UInt8] { Array(longPattern[..<count]) }

private let longPattern: [UInt8] = (0..<5_000_000).map {
  UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8)
}
