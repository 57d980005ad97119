import Domain
import Foundation
import Gateways
import Synchronization
import Testing
import Transport

extension TransportTests {
  @Suite("HTTP transport faults")
  struct TransportFaultTests {
    @Test("a refused connection is an unknown outcome")
    func refused() async {
      let result = await exchange("http://127.0.0.1:\(LocalServer.refusedPort())/")
      #expect(outcomeUnknownCode(result) == FaultCode.unreachable)
    }

    @Test("silence beyond the deadline is an unknown outcome")
    func silence() async {
      let server = LocalServer { connection in
        _ = connection.read()
        _ = connection.read()
      }
      let result = await exchange(server.address + "/", timeoutMilliseconds: 200)
      #expect(outcomeUnknownCode(result) == FaultCode.timeout)
    }

    @Test("an answer that drips beyond the deadline is cut off")
    func drip() async {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while connection.write("x") { usleep(20_000) }
      }
      let result = await exchange(server.address + "/", timeoutMilliseconds: 400)
      #expect(outcomeUnknownCode(result) == FaultCode.timeout)
    }

    @Test(
      "an answer over its limit is refused at its headers, or cut off while it comes",
      arguments: ["Content-Length: 1000000000", "Connection: close"])
    func tooLong(_ header: String) async {
      let sentCount = Atomic(0)
      let server = LocalServer { connection in
        _ = connection.read()
        connection.write("HTTP/1.1 200 OK\r\n\(header)\r\n\r\n")
        Self.flood(connection, counting: sentCount)
      }
      let result = await exchange(server.address + "/", answerBytesMax: 100_000)
      #expect(outcomeUnknownCode(result) == FaultCode.badReply)
      #expect(sentCount.load(ordering: .relaxed) < Self.floodByteCount)
    }

    private static let floodByteCount = 128 * 1_048_576

    /// Up to 13 MB/s. Ends early when the peer goes away.
    private static func flood(
      _ connection: LocalServer.Connection, counting count: borrowing Atomic<Int>
    ) {
      let block = [UInt8](repeating: 0x61, count: 65_536)
      while count.load(ordering: .relaxed) < floodByteCount, connection.write(block) {
        count.add(block.count, ordering: .relaxed)
        usleep(5000)
      }
    }

    @Test("an answer of exactly its limit is taken")
    func exactlyTheLimit() async throws {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(body: String(repeating: "b", count: 5000))
      }
      let answer = try await exchange(server.address + "/", answerBytesMax: 5000).get()
      #expect(answer.body.count == 5000)
      let over = await exchange(server.address + "/", answerBytesMax: 4999)
      #expect(outcomeUnknownCode(over) == FaultCode.badReply)
    }

    @Test("a reset, before and after the request was read, is an unknown outcome")
    func reset() async {
      let before = LocalServer { $0.reset() }
      #expect(outcomeUnknownCode(await exchange(before.address + "/")) != nil)
      let after = LocalServer { connection in
        _ = connection.read()
        connection.reset()
      }
      #expect(outcomeUnknownCode(await exchange(after.address + "/")) != nil)
    }

    @Test("a connection closed without an answer is an unknown outcome")
    func emptyReply() async {
      let server = LocalServer { connection in _ = connection.read() }
      #expect(outcomeUnknownCode(await exchange(server.address + "/")) == FaultCode.unreachable)
    }

    @Test("an answer shorter than it says is an unknown outcome")
    func tornAnswer() async {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":")
      }
      #expect(outcomeUnknownCode(await exchange(server.address + "/")) != nil)
    }

    @Test("a reply that is not HTTP is an unknown outcome")
    func notHTTP() async {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
      }
      let result = await exchange(server.address + "/")
      #expect(outcomeUnknownCode(result) == FaultCode.badReply)
    }

    @Test("TLS spoken to a plain server is an unknown outcome")
    func tlsFailure() async {
      let server = LocalServer { connection in
        connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
      }
      let result = await exchange("https://127.0.0.1:\(server.port)/")
      #expect(outcomeUnknownCode(result) == FaultCode.unreachable)
    }

    @Test("a kept connection closed between two exchanges does not spoil the second")
    func keptConnectionClosedIdle() async throws {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(body: "once")
      }
      for _ in 0..<3 {
        let answer = try await exchange(server.address + "/").get()
        #expect(answer.body == Array("once".utf8))
      }
    }

    @Test("a gateway that keeps its connections open still sees every request on one of its own")
    func connectionsAreNotReused() async throws {
      let server = LocalServer { connection in
        while connection.read() != nil { connection.answer(body: "kept open") }
      }
      for number in 1...5 {
        let answer = try await exchange(server.address + "/", body: "out_trade_no=\(number)").get()
        #expect(answer.body == Array("kept open".utf8))
      }
      #expect(server.connectionsCount.withLock { $0 } == 5)
    }

    /// Of a connection that is kept, the gateway may take a request's head and then be gone:
    /// libcurl sends the head again by itself, without its body, and the exchange hangs until its
    /// deadline.
    @Test("a gateway that drops kept connections after a head sees each request once, with body")
    func noHiddenRepetition() async throws {
      let served = Atomic(0)
      let server = LocalServer { connection in
        served.add(1, ordering: .relaxed)
        guard connection.read() != nil else { return }
        connection.answer(body: "answered")
        // Whoever comes back on this connection is cut off in the middle.
        _ = connection.read(headOnly: true)
      }
      for number in 1...6 {
        let answer = try await exchange(
          server.address + "/", body: "out_trade_no=\(number)", timeoutMilliseconds: 15_000
        ).get()
        #expect(answer.body == Array("answered".utf8))
      }
      let bodies = server.received.withLock { requests in
        requests.map { String(decoding: $0.body, as: UTF8.self) }
      }
      #expect(bodies == (1...6).map { "out_trade_no=\($0)" })
    }

    @Test(
      "a request that must not leave is refused before it does",
      arguments: [
        "http://gateway.example/", "ftp://127.0.0.1/", "sandbox://pay", "https://", "",
        "https://a b/",
        "https://user@gateway.example/", "https://gateway.example/#x", "http://127.0.0.1.example/",
        "http://127.1/", "http://2130706433/", "HTTP://127.0.0.1/",
        "https://gateway.example:99999/",
        "https://gateway.example\\@127.0.0.1/",
      ])
    func refusedAddresses(url: String) async throws {
      let text = try #require(notSentText(await exchange(url)))
      #expect(text.hasPrefix("not sent: the address "))
    }

    @Test("a header with a line feed, a method that is none, a body without a type do not leave")
    func refusedShapes() async {
      let server = LocalServer { $0.answer(body: "") }
      let address = server.address + "/"
      let injected = [Header("Content-Type", "text/plain\r\nX-Injected: 1")]
      #expect(notSentText(await exchange(address, headers: injected)) != nil)
      #expect(notSentText(await exchange(address, headers: [Header("A B", "c")])) != nil)
      #expect(notSentText(await exchange(address, method: "POST /x")) != nil)
      #expect(notSentText(await exchange(address, method: "post")) != nil)
      #expect(notSentText(await exchange(address, headers: [])) != nil)
      #expect(server.connectionsCount.withLock { $0 } == 0)
    }

    @Test("cancelling all ends what is open as unknown and refuses what comes later")
    func cancelAll() async {
      let own = HTTPTransport(userAgent: "till/0.0.0-test")
      let server = LocalServer { connection in
        _ = connection.read()
        _ = connection.read()
      }
      // Longer than a busy machine takes to let both arrive.
      let patience: Int64 = 300_000
      async let first = exchange(server.address + "/", timeoutMilliseconds: patience, over: own)
      async let second = exchange(server.address + "/", timeoutMilliseconds: patience, over: own)
      while server.received.withLock({ $0.count }) < 2 { await Task.yield() }
      own.cancelAll()
      #expect(outcomeUnknownCode(await first) == FaultCode.unreachable)
      #expect(outcomeUnknownCode(await second) == FaultCode.unreachable)
      #expect(own.openCount == 0)
      #expect(notSentText(await exchange(server.address + "/", over: own)) != nil)
    }

    @Test("every exchange calls back exactly once, whatever cuts it off")
    func exactlyOnce() async {
      let server = LocalServer { connection in
        _ = connection.read()
        usleep(UInt32.random(in: 0..<6000))
        connection.answer(body: "late or not")
      }
      let calls = Atomic(0)
      let exchanges = 150
      for number in 0..<exchanges {
        let request = GatewayRequest(
          method: "POST", url: server.address + "/",
          headers: [Header("Content-Type", "text/plain")],
          body: [0x61], timeoutMilliseconds: Int64(1 + number % 8), answerBytesMax: 1000)
        transport.send(request) { _ in calls.add(1, ordering: .relaxed) }
      }
      while calls.load(ordering: .relaxed) < exchanges { await Task.yield() }
      // One more exchange after them all: a second callback would have come by then.
      _ = await exchange(server.address + "/")
      #expect(calls.load(ordering: .relaxed) == exchanges)
    }
  }
}
