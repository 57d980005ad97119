import Dispatch
@preconcurrency import Glibc
import Platform
import Testing

@Suite struct StreamChannelTests {
  @Test("bytes reach the owner and answers reach the peer")
  func echo() throws {
    let line = try Line(onBytes: { channel, bytes in channel.send(Array(bytes)) })
    try line.peer.write("hello")
    #expect(try line.peer.read(exactly: 5) == Array("hello".utf8))
    line.peer.close()
    #expect(line.isClosed)
    #expect(line.told.current.closed == [.peerGone])
    #expect(line.told.current.ends == 0)
  }

  @Test("after a half close the rest is answered and the channel ends as finished")
  func halfClose() throws {
    let line = try Line(onEnd: { channel in
      channel.send(Array("late".utf8))
      channel.finishAndClose()
    })
    try line.peer.write("abc")
    try line.peer.finishWriting()
    #expect(try line.peer.readToEnd() == Array("late".utf8))
    #expect(line.isClosed)
    let told = line.told.current
    #expect(told.bytes == Array("abc".utf8))
    #expect(told.ends == 1)
    #expect(told.closed == [.finished])
  }

  @Test("an owner may answer a half-closed peer much later, in pieces larger than the kernel takes")
  func halfCloseLateAnswer() throws {
    let line = try Line(onEnd: { _ in })
    try line.peer.finishWriting()
    #expect(line.told.wait { $0.ends == 1 })
    let bytes = pattern(3_000_000)
    line.on { channel in
      #expect(!channel.isPeerGone)
      channel.send(bytes)
      #expect(channel.queuedByteCount > 0)
      channel.finishAndClose()
    }
    #expect(try line.peer.readToEnd() == bytes)
    #expect(line.isClosed)
    #expect(line.told.current.closed == [.finished])
    #expect(line.told.current.ends == 1)
  }

  @Test("a half-closed peer that goes away ends the channel by itself")
  func halfCloseThenGone() throws {
    let line = try Line(onEnd: { _ in })
    try line.peer.finishWriting()
    #expect(line.told.wait { $0.ends == 1 })
    #expect(line.on { !$0.isPeerGone })
    line.peer.close()
    #expect(line.isClosed)
    #expect(line.on { $0.isPeerGone })
    #expect(line.told.current.closed == [.peerGone])
  }

  @Test(
    "everything a peer wrote before it closed is read, however much it is",
    arguments: [1, 65_535, 65_536, 65_537, 131_072, 200_000])
  func hangUpWithBytesWaiting(byteCount: Int) throws {
    let line = try Line(started: false)
    let bytes = pattern(byteCount)
    var size: Int32 = 1 << 20
    setsockopt(line.peer.number, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(4))
    try line.peer.write(bytes)
    line.peer.close()
    line.on { $0.start() }
    #expect(line.isClosed)
    #expect(line.told.current.bytes == bytes)
    #expect(line.told.current.closed == [.peerGone])
  }

  @Test(
    "everything a peer wrote before a half close is read, then its end is told",
    arguments: [1, 65_536, 200_000])
  func halfCloseWithBytesWaiting(byteCount: Int) throws {
    let line = try Line(started: false)
    let bytes = pattern(byteCount)
    try line.peer.write(bytes)
    try line.peer.finishWriting()
    line.on { $0.start() }
    #expect(line.isClosed)
    #expect(line.told.current.bytes == bytes)
    #expect(line.told.current.ends == 1)
  }

  @Test("a paused channel reads nothing, and everything after it resumes")
  func pauseAndResume() throws {
    let line = try Line(started: false)
    line.on { channel in
      channel.start()
      channel.pauseReading()
      channel.pauseReading()
    }
    try line.peer.write(pattern(100_000))
    // Whatever the source would have delivered by now has been.
    for _ in 0..<50 { line.on { _ in SystemClock.sleep(milliseconds: 1) } }
    #expect(line.told.current.bytes.isEmpty)
    line.on { $0.resumeReading() }
    #expect(line.told.wait { $0.bytes.count == 100_000 })
    #expect(line.told.current.bytes == pattern(100_000))
  }

  @Test("a peer that wrote and closed while reading was paused is read to its end")
  func pausedOverHangUp() throws {
    let line = try Line(started: false)
    line.on { channel in
      channel.start()
      channel.pauseReading()
    }
    try line.peer.write(pattern(180_000))
    line.peer.close()
    for _ in 0..<20 { line.on { _ in SystemClock.sleep(milliseconds: 1) } }
    #expect(line.told.current.bytes.isEmpty)
    line.on { $0.resumeReading() }
    #expect(line.isClosed)
    #expect(line.told.current.bytes == pattern(180_000))
  }

  @Test("pausing inside each delivery loses nothing, also across a hang-up")
  func pauseInsideDelivery() throws {
    let line = try Line(
      started: false,
      onBytes: { channel, _ in
        channel.pauseReading()
        channel.loop.later { channel.resumeReading() }
      })
    var size: Int32 = 1 << 20
    setsockopt(line.peer.number, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(4))
    try line.peer.write(pattern(200_000))
    line.peer.close()
    line.on { $0.start() }
    #expect(line.isClosed)
    #expect(line.told.current.bytes == pattern(200_000))
    #expect(line.told.current.byteCalls >= 4)
  }

  @Test("closing inside a delivery ends deliveries")
  func closeInsideDelivery() throws {
    let line = try Line(onBytes: { channel, _ in channel.close() })
    try line.peer.write(pattern(150_000))
    #expect(line.isClosed)
    #expect(line.told.current.byteCalls == 1)
    #expect(line.told.current.closed == [.local])
  }

  @Test("a slow reader gets every byte, and the channel knows how long it stalls")
  func slowReader() throws {
    let line = try Line()
    let bytes = pattern(1_000_000)
    line.on { channel in
      #expect(channel.millisecondsSinceProgress == 0)
      channel.send(bytes)
      #expect(channel.queuedByteCount > 0)
      #expect(channel.loop.queuedByteCount == channel.queuedByteCount)
    }
    var stalled: Int64 = 0
    while stalled < 5 { stalled = line.on { $0.millisecondsSinceProgress } }
    #expect(stalled >= 5)
    #expect(try line.peer.read(exactly: bytes.count) == bytes)
    #expect(line.told.wait { $0.drained == 1 })
    line.on { channel in
      #expect(channel.queuedByteCount == 0)
      #expect(channel.loop.queuedByteCount == 0)
      #expect(channel.millisecondsSinceProgress == 0)
    }
    line.on { $0.close() }
    #expect(line.isClosed)
  }

  @Test("a peer that asks but does not read is not read any more, until it reads")
  func backPressure() throws {
    let limits = StreamLimits(outputHighWaterByteCount: 50_000, outputLowWaterByteCount: 10_000)
    let line = try Line(
      limits: limits, onBytes: { channel, bytes in channel.send(pattern(bytes.count * 1_000)) })
    // Each byte asks for a thousand; the kernel takes some 200 KB before the queue grows.
    let writer = DispatchQueue(label: "test.writer")
    let asked = Watched(0)
    writer.async {
      for _ in 0..<2_000 {
        guard (try? line.peer.write([7])) != nil else { return }
        asked.change { $0 += 1 }
      }
    }
    #expect(line.told.wait { _ in line.on { $0.queuedByteCount } >= 50_000 })
    let seen = line.told.current.bytes.count
    for _ in 0..<20 { line.on { _ in SystemClock.sleep(milliseconds: 1) } }
    #expect(line.told.current.bytes.count == seen)
    #expect(seen < 2_000)
    #expect(try line.peer.read(exactly: 2_000_000).count == 2_000_000)
    #expect(asked.wait { $0 == 2_000 })
    #expect(line.told.current.bytes.count == 2_000)
    line.on { $0.close() }
    #expect(line.isClosed)
  }

  @Test("sends of one turn leave in one piece and in order")
  func coalescing() throws {
    let line = try Line()
    line.on { channel in
      for index in 0..<10 { channel.sendBuffered([UInt8(index)]) }
      #expect(channel.queuedByteCount == 10)
      #expect(channel.millisecondsSinceProgress == 0)
    }
    #expect(try line.peer.read() == Array(0..<10))
    line.on { channel in
      channel.sendBuffered([1])
      channel.send([2])
      #expect(channel.queuedByteCount == 0)
      channel.sendBuffered([3])
      channel.flush()
      #expect(channel.queuedByteCount == 0)
      channel.sendBuffered([4])
      channel.finishAndClose()
    }
    #expect(try line.peer.readToEnd() == [1, 2, 3, 4])
    #expect(line.isClosed)
    #expect(line.told.current.closed == [.finished])
  }

  @Test("a streamer that stops above the low mark is told when there is room")
  func streaming() throws {
    let remaining = Watched(400)
    let push: @Sendable (StreamChannel) -> Void = { channel in
      while channel.queuedByteCount <= channel.limits.outputLowWaterByteCount,
        remaining.current > 0
      {
        remaining.change { $0 -= 1 }
        channel.sendBuffered(pattern(30_000))
      }
      if remaining.current == 0 { channel.finishAndClose() }
    }
    let line = try Line(onDrained: push)
    line.on(push)
    var count = 0
    while true {
      let part = try line.peer.read()
      if part.isEmpty { break }
      count += part.count
    }
    #expect(count == 400 * 30_000)
    #expect(line.isClosed)
    #expect(line.told.current.drained > 10)
  }

  @Test("a channel that was never started closes and tells it")
  func closeWithoutStart() throws {
    let line = try Line(started: false)
    line.on { channel in
      channel.close()
      channel.close()
      channel.send([1])
    }
    #expect(line.isClosed)
    #expect(line.told.current.closed == [.local])
    #expect(try line.peer.readToEnd().isEmpty)
  }

  @Test("closing with output waiting drops it and tells so once")
  func closeWithOutput() throws {
    let line = try Line()
    line.on { channel in
      channel.send(pattern(2_000_000))
      channel.close()
      #expect(channel.queuedByteCount == 0)
      #expect(channel.loop.queuedByteCount == 0)
    }
    #expect(line.isClosed)
    #expect(try line.peer.readToEnd().count < 2_000_000)
    #expect(line.told.current.closed == [.local])
  }

  @Test(
    "a peer that dies while output waits ends the channel, whenever it dies",
    arguments: [0, 1, 2])
  func peerDiesWhileStalled(moment: Int) throws {
    for _ in 0..<50 {
      let line = try Line()
      line.on { $0.pauseReading() }
      if moment == 0 { line.peer.close() }
      line.on { $0.send(pattern(400_000)) }
      if moment == 2 { line.on { _ in SystemClock.sleep(milliseconds: 2) } }
      line.peer.close()
      #expect(line.isClosed)
      #expect(line.told.current.closed == [.peerGone])
      #expect(line.on { $0.loop.queuedByteCount } == 0)
    }
  }

  @Test("a peer that dies with our answers unread is told as gone")
  func resetByPeer() throws {
    let line = try Line()
    line.on { $0.send(Array("unread".utf8)) }
    line.peer.close()
    #expect(line.isClosed)
    #expect(line.told.current.closed == [.peerGone])
  }

  @Test("a closed channel is released")
  func release() throws {
    final class Box: Sendable {
      let weak = Watched(0)
    }
    let count = Watched(0)
    final class Tracer: Sendable {
      let count: Watched<Int>
      init(_ count: Watched<Int>) { self.count = count }
      deinit { count.change { $0 += 1 } }
    }
    for _ in 0..<100 {
      let tracer = Tracer(count)
      let line = try Line(onBytes: { _, _ in withExtendedLifetime(tracer) {} })
      line.on { $0.send(pattern(300_000)) }
      line.peer.close()
      #expect(line.isClosed)
    }
    #expect(count.wait { $0 == 100 })
  }
}
