@preconcurrency import Glibc

/// What this process uses and may use.
package enum Resources {
  /// How many descriptors this process may have open now, and how far it may raise that itself.
  package static func descriptorLimit() throws(SystemError) -> (current: Int, maximum: Int) {
    let limit = try read(RLIMIT_NOFILE)
    return (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
  }

  /// Sets how many descriptors may be open, at most what the hard limit allows.
  ///
  /// - Returns: the limit that holds now.
  @discardableResult
  package static func setDescriptorLimit(_ wanted: Int) throws(SystemError) -> Int {
    precondition(wanted > 0, "a process needs descriptors")
    var limit = try read(RLIMIT_NOFILE)
    limit.rlim_cur = min(rlim_t(wanted), limit.rlim_max)
    _ = try checked("setrlimit") { setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) }
    return Int(clamping: limit.rlim_cur)
  }

  /// No memory image is ever written when this process dies: it would hold keys.
  package static func forbidCoreDumps() throws(SystemError) {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = try checked("setrlimit") { setrlimit(Int32(RLIMIT_CORE.rawValue), &limit) }
  }

  /// `M_ARENA_MAX` of `mallopt(3)`.
  private static let heapsMost: Int32 = -8

  /// Threads share so many heaps at most: each keeps for itself what its threads gave back.
  package static func limitHeaps(to count: Int) {
    // The C library refuses no number of heaps; it would make eight for each core.
    _ = setAllocator(Self.heapsMost, Int32(clamping: count))
  }

  /// Bytes of memory in use now (`/proc/self/statm`, second field); nil where there is no /proc.
  package static func residentByteCount() -> Int64? {
    guard let text = procText("/proc/self/statm") else { return nil }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int64(fields[1]) else { return nil }
    return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// How many descriptors are open now; nil where there is no /proc.
  package static func openDescriptorCount() -> Int? {
    do throws(SystemError) {
      // Listing the folder opens one itself.
      return try Directories.names(in: "/proc/self/fd").count - 1
    } catch {
      return nil
    }
  }

  /// `RUSAGE_THREAD` of `getrusage(2)`.
  private static let callingThread: Int32 = 1

  /// How often the calling thread has waited so far, for the disk or for anything else; what others
  /// took of its processor does not count.
  package static func threadWaitCount() -> Int64 {
    var usage = rusage()
    getrusage(Self.callingThread, &usage)
    return Int64(usage.ru_nvcsw)
  }

  /// How many processors the machine has at work.
  package static func processorCount() -> Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  /// How many threads this process has; nil where there is no /proc.
  package static func threadCount() -> Int? {
    do throws(SystemError) {
      return try Directories.names(in: "/proc/self/task").count
    } catch {
      return nil
    }
  }

  private static func procText(_ path: String) -> String? {
    do throws(FileFault) {
      return String(decoding: try Files.read(path, byteCountMax: 4_096), as: UTF8.self)
    } catch {
      return nil
    }
  }

  private static func read(_ resource: __rlimit_resource) throws(SystemError) -> rlimit {
    var limit = rlimit()
    _ = try checked("getrlimit") { getrlimit(Int32(resource.rawValue), &limit) }
    return limit
  }
}
