@preconcurrency import Glibc

/// A thread that waits in the kernel for as long as the program runs. Everything else runs on the
/// threads of Dispatch.
enum OwnThread {
  private final class Work: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// What Linux shows of a name, in bytes.
  private static let nameByteCountMax = 15

  /// Runs `body` on a thread of its own, which ends with it.
  ///
  /// - Parameter name: for those who look at threads; only its last bytes are shown.
  /// - Throws: the system has no thread left.
  static func start(
    named name: String, _ body: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    let shown = String(decoding: name.utf8.suffix(nameByteCountMax), as: UTF8.self)
    let work = Unmanaged.passRetained(Work(shown, body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        _ = nameThread(pthread_self(), work.name)
        work.body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw SystemError(call: "pthread_create", errno: code)
    }
    pthread_detach(thread)
  }
}
