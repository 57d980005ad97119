import Dispatch
@preconcurrency import Glibc
import Platform
import Synchronization
import Testing

/// A small server that echoes what it gets, with every part a daemon uses.
final class EchoServer: Sendable {
  struct Counts: Sendable {
    var accepted = 0
    var closed = 0
    var exhausted = 0
    var refused = 0
  }

  let counts = Watched(Counts())
  let loop: SocketLoop
  private let acceptor: SocketAcceptor

  init(path: String, farewell: String = "") throws {
    let loop = try SocketLoop(queue: Queues.root("test.echo"))
    let counts = counts
    self.loop = loop
    acceptor = SocketAcceptor(
      try UnixSocket.listen(at: path), on: loop.queue, farewell: Array(farewell.utf8),
      restMilliseconds: 100,
      callbacks: AcceptorCallbacks(
        onConnection: { descriptor in
          counts.change { $0.accepted += 1 }
          let callbacks = StreamCallbacks(
            onBytes: { channel, bytes in channel.sendBuffered(Array(bytes)) },
            onEnd: { $0.finishAndClose() },
            onClosed: { _, _ in counts.change { $0.closed += 1 } })
          do throws(SystemError) {
            try StreamChannel(descriptor, on: loop, owner: callbacks).start()
          } catch {
            preconditionFailure(error.description)
          }
        },
        onExhausted: { _, refused in
          counts.change {
            $0.exhausted += 1
            $0.refused += refused
          }
        },
        onFailed: { error in preconditionFailure(error.description) }))
    loop.queue.sync { acceptor.start() }
  }

  var stillOurs: Bool { loop.queue.sync { acceptor.stillOurs } }

  func pause(_ wanted: Bool) { loop.queue.sync { acceptor.setPaused(wanted) } }

  func stop() -> Bool {
    let stopped = Watched(false)
    loop.queue.sync {
      acceptor.stop(unlinking: true) { stopped.change { $0 = true } }
    }
    return stopped.wait { $0 }
  }
}

@Suite struct AcceptorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("tilld.sock") }

  @Test("descriptor numbers are used again thousands of times and every connection is served")
  func numbersAreUsedAgain() throws {
    let server = try EchoServer(path: path)
    for round in 0..<3_000 {
      let peer = PeerEnd(try UnixSocket.connect(to: path))
      let text = Array("round \(round)".utf8)
      try peer.write(text)
      #expect(try peer.read(exactly: text.count) == text)
      switch round % 3 {
      case 0: peer.close()
      case 1:
        try peer.finishWriting()
        #expect(try peer.read().isEmpty)
      default:
        // Gone with an answer unread.
        try peer.write(text)
        peer.close()
      }
    }
    #expect(server.counts.wait { $0.closed == 3_000 })
    #expect(server.counts.current.accepted == 3_000)
    #expect(server.stop())
  }

  @Test("numbers are used again while the old connection still had output waiting")
  func numbersAreUsedAgainWhileStalled() throws {
    let server = try EchoServer(path: path)
    for _ in 0..<500 {
      let stalled = PeerEnd(try UnixSocket.connect(to: path))
      // The echo of this does not fit into the kernel's buffers, so a write source is made.
      let flood = FloodWriter(stalled.number)
      flood.writeUntilFull()
      stalled.close()
      let peer = PeerEnd(try UnixSocket.connect(to: path))
      try peer.write("x")
      #expect(try peer.read(exactly: 1) == Array("x".utf8))
    }
    #expect(server.counts.wait { $0.closed == 1_000 })
    #expect(server.loop.queue.sync { server.loop.queuedByteCount } == 0)
    #expect(server.stop())
  }

  @Test("1000 connections at once are all served and all closed")
  func thousand() throws {
    let server = try EchoServer(path: path)
    var peers: [PeerEnd] = []
    for _ in 0..<1_000 { peers.append(PeerEnd(try UnixSocket.connect(to: path))) }
    for (index, peer) in peers.enumerated() { try peer.write("\(index);") }
    for (index, peer) in peers.enumerated() {
      let text = Array("\(index);".utf8)
      #expect(try peer.read(exactly: text.count) == text)
    }
    #expect(server.counts.current.accepted == 1_000)
    for peer in peers { peer.close() }
    #expect(server.counts.wait { $0.closed == 1_000 })
    #expect(server.stop())
  }

  @Test("a paused acceptor leaves peers waiting and then takes them")
  func paused() throws {
    let server = try EchoServer(path: path)
    server.pause(true)
    let peer = PeerEnd(try UnixSocket.connect(to: path))
    try peer.write("a")
    #expect(server.counts.current.accepted == 0)
    server.pause(false)
    #expect(try peer.read(exactly: 1) == Array("a".utf8))
    #expect(server.stop())
  }

  @Test("stopping removes the name only if it is ours")
  func stopping() throws {
    let first = try EchoServer(path: path)
    #expect(first.stillOurs)
    let second = try EchoServer(path: path)
    #expect(!first.stillOurs)
    #expect(first.stop())
    let peer = PeerEnd(try UnixSocket.connect(to: path))
    try peer.write("b")
    #expect(try peer.read(exactly: 1) == Array("b".utf8))
    #expect(second.stop())
    #expect(try FileIdentity.ofPath(path) == nil)
  }

  @Test("without descriptors peers are told so and accepting goes on when there are some again")
  func exhausted() async throws {
    await #expect(processExitsWith: .success) {
      BrokenPipe.ignore()
      let folder = try TemporaryFolder()
      let path = folder.file("s")
      let limit = try Resources.descriptorLimit().current
      try Resources.setDescriptorLimit(128)
      let server = try EchoServer(path: path, farewell: "full\n")
      let first = PeerEnd(try UnixSocket.connect(to: path))
      try first.write("z")
      let greeting = try first.read(exactly: 1)
      precondition(greeting == Array("z".utf8))

      // Thirty wait, and there are five numbers for them.
      server.pause(true)
      var peers: [PeerEnd] = []
      for _ in 0..<30 { peers.append(PeerEnd(try UnixSocket.connect(to: path))) }
      var fillers: [Int32] = []
      while let filler = try? FileDescriptor.open("/dev/null", flags: O_RDONLY) {
        fillers.append(filler.take())
      }
      precondition(fillers.count > 5)
      for _ in 0..<5 { close(fillers.removeLast()) }
      server.pause(false)
      precondition(server.counts.wait { $0.exhausted > 0 && $0.refused > 0 })
      var served = 0
      var refused = 0
      for peer in peers {
        // A refused peer's socket is closed, so that writing to it fails.
        try? peer.write("x")
        switch try? peer.read(countMax: 5) {
        case .some(let bytes) where bytes == Array("full\n".utf8): refused += 1
        case .some(let bytes) where bytes == Array("x".utf8): served += 1
        default: preconditionFailure("a peer got neither an answer nor a refusal")
        }
      }
      precondition(refused >= 25 && served >= 1 && served + refused == peers.count)
      for filler in fillers { close(filler) }
      for peer in peers { peer.close() }
      first.close()
      precondition(server.counts.wait { $0.closed == $0.accepted })
      let again = PeerEnd(try UnixSocket.connect(to: path))
      try again.write("y")
      let answer = try again.read(exactly: 1)
      precondition(answer == Array("y".utf8))
      again.close()
      precondition(server.stop())
      try Resources.setDescriptorLimit(limit)
      folder.remove()
    }
  }
}

/// Writes without waiting until the kernel takes no more.
struct FloodWriter {
  private let number: Int32

  init(_ number: Int32) { self.number = number }

  func writeUntilFull() {
    let bytes = pattern(65_536)
    var quiet = 0
    while quiet < 3 {
      let count = bytes.withUnsafeBytes {
        send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        quiet = 0
      } else {
        quiet += 1
        SystemClock.sleep(milliseconds: 1)
      }
    }
  }
}

@Suite struct SocketLoopTests {
  @Test("an event of a channel that was closed in the same turn reaches nobody")
  func staleEvents() throws {
    let loop = try SocketLoop(queue: Queues.root("test.stale"))
    let told = Watched([String]())
    let channels = Confined([StreamChannel](), on: loop.queue)
    let successors = Watched([PeerEnd]())

    @Sendable func open(_ name: String) throws -> PeerEnd {
      let ends = try FileDescriptor.socketPair().taken()
      let callbacks = StreamCallbacks(
        onBytes: { channel, bytes in
          told.change { $0.append(name) }
          // The first to be told closes all others, and their numbers are used again at once.
          guard name == "old" else { return }
          for other in channels.withState({ $0 }) where other !== channel { other.close() }
          for _ in 0..<40 {
            guard let peer = try? open("new") else { preconditionFailure("numbers are free") }
            successors.change { $0.append(peer) }
          }
        },
        onEnd: { $0.finishAndClose() }, onClosed: { _, _ in })
      let channel = try StreamChannel(
        FileDescriptor(owning: ends.0), on: loop, owner: callbacks)
      if name == "old" { channels.withState { $0.append(channel) } }
      channel.start()
      return PeerEnd(FileDescriptor(owning: ends.1))
    }

    let peers = try loop.queue.sync { () throws -> [PeerEnd] in
      let peers = try (0..<20).map { _ in try open("old") }
      for peer in peers { try peer.write("x") }
      return peers
    }
    #expect(successors.wait { $0.count == 40 })
    loop.queue.sync {}
    #expect(told.current == ["old"])
    for peer in successors.current { try peer.write("y") }
    #expect(told.wait { $0.count == 41 })
    #expect(Set(told.current.dropFirst()) == ["new"])
    channels.wait { for channel in $0 { channel.close() } }
    for peer in successors.current { peer.close() }
    withExtendedLifetime(peers) {}
  }

  @Test("connections of one acceptor are spread over loops")
  func manyLoops() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s")
    let loops = try (0..<3).map { try SocketLoop(queue: Queues.root("test.loop.\($0)")) }
    let acceptQueue = Queues.root("test.accept")
    let accepted = Watched(0)
    @Sendable func callbacks() -> StreamCallbacks {
      StreamCallbacks(
        onBytes: { channel, bytes in
          dispatchPrecondition(condition: .onQueue(channel.loop.queue))
          channel.sendBuffered(Array(bytes))
        },
        onEnd: { $0.finishAndClose() }, onClosed: { _, _ in accepted.change { $0 -= 1 } })
    }
    let acceptor = SocketAcceptor(
      try UnixSocket.listen(at: path), on: acceptQueue, restMilliseconds: 100,
      callbacks: AcceptorCallbacks(
        onConnection: { descriptor in
          let loop = loops[accepted.current % loops.count]
          accepted.change { $0 += 1 }
          let number = descriptor.take()
          loop.queue.async {
            guard
              let channel = try? StreamChannel(
                FileDescriptor(owning: number), on: loop, owner: callbacks())
            else { preconditionFailure("a connection can be taken over") }
            channel.start()
          }
        },
        onFailed: { error in preconditionFailure(error.description) }))
    acceptQueue.sync { acceptor.start() }
    var peers: [PeerEnd] = []
    for index in 0..<60 {
      let peer = PeerEnd(try UnixSocket.connect(to: path))
      peers.append(peer)
      try peer.write("\(index)!")
    }
    for (index, peer) in peers.enumerated() {
      let text = Array("\(index)!".utf8)
      #expect(try peer.read(exactly: text.count) == text)
      peer.close()
    }
    #expect(accepted.wait { $0 == 0 })
    let stopped = Watched(false)
    acceptQueue.sync { acceptor.stop(unlinking: true) { stopped.change { $0 = true } } }
    #expect(stopped.wait { $0 })
  }

  @Test("what is posted from many threads is taken, whether the loop sleeps or works")
  func wakes() throws {
    let loop = try SocketLoop(queue: Queues.root("test.wakes"))
    let mailbox = Mutex(0)
    let taken = Watched(0)
    loop.whenWoken {
      let mail = mailbox.withLock { waiting in
        defer { waiting = 0 }
        return waiting
      }
      taken.change { $0 += mail }
    }
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for index in 0..<2_000 {
        mailbox.withLock { $0 += 1 }
        loop.wake()
        // One of them lets the loop fall asleep now and then.
        if thread == 0, index % 100 == 0 { SystemClock.sleep(milliseconds: 2) }
      }
    }
    #expect(taken.wait { $0 == 8_000 })
  }

  @Test("what is put off runs after the callbacks of that round, and what that puts off, later")
  func puttingOff() throws {
    let loop = try SocketLoop(queue: Queues.root("test.later"))
    let told = Watched([String]())
    loop.whenWoken { [weak loop] in
      guard let loop else { return }
      loop.later {
        told.change { $0.append("after") }
        loop.later { told.change { $0.append("next round") } }
      }
      told.change { $0.append("woken") }
    }
    loop.wake()
    #expect(told.wait { $0.count == 3 })
    loop.queue.sync {}
    #expect(told.current == ["woken", "after", "next round"])
    loop.queue.sync { loop.later { told.change { $0.append("outside a turn") } } }
    #expect(told.wait { $0.last == "outside a turn" })
  }

  @Test("a loop that nobody needs any more gives its descriptor back")
  func released() async {
    await #expect(processExitsWith: .success) {
      func makeAndDrop() throws {
        let loop = try SocketLoop(queue: Queues.root("test.dropped"))
        loop.queue.sync {}
      }
      try makeAndDrop()
      let before = Resources.openDescriptorCount() ?? 0
      for _ in 0..<200 { try makeAndDrop() }
      let open = Watched(Int.max)
      precondition(
        open.wait { _ in (Resources.openDescriptorCount() ?? .max) <= before + 1 })
    }
  }
}
