import Domain
import Foundation
import Gateways
import Synchronization
import Testing
import Transport

/// One transport for all tests, as in the daemon.
let transport = HTTPTransport(userAgent: "till/0.0.0-test")

func exchange(
  _ url: String, method: String = "POST", body: String = "a=1",
  headers: [Header] = [Header("Content-Type", "text/plain")], timeoutMilliseconds: Int64 = 20_000,
  answerBytesMax: Int = 1_048_576, over transport: HTTPTransport = transport
) async -> Result<GatewayAnswer, Fault> {
  let request = GatewayRequest(
    method: method, url: url, headers: headers, body: Array(body.utf8),
    timeoutMilliseconds: timeoutMilliseconds, answerBytesMax: answerBytesMax)
  return await withCheckedContinuation { continuation in
    transport.send(request) { continuation.resume(returning: $0) }
  }
}

func outcomeUnknownCode(_ result: Result<GatewayAnswer, Fault>) -> String? {
  if case .failure(.outcomeUnknown(let reason)) = result { return reason.code }
  return nil
}

func notSentText(_ result: Result<GatewayAnswer, Fault>) -> String? {
  if case .failure(.notSent(let reason)) = result { return reason.text }
  return nil
}

extension TransportTests {
  @Suite("HTTP transport")
  struct HTTPTransportTests {
    @Test("the request arrives as written and the answer comes back as bytes")
    func exchangeOfBytes() async throws {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(headers: ["Content-Type: text/html;charset=utf-8"], body: "{\"a\":1}")
      }
      let result = await exchange(
        server.address + "/gateway.do?x=%20a", body: "biz_content=%7B%7D",
        headers: [
          Header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
          Header("Accept", "application/json"),
        ])
      let answer = try result.get()
      #expect(answer.status == 200)
      #expect(answer.body == Array("{\"a\":1}".utf8))
      #expect(answer.headers.contains(Header("Content-Type", "text/html;charset=utf-8")))
      let request = try #require(server.received.withLock { $0.first })
      #expect(request.head.hasPrefix("POST /gateway.do?x=%20a HTTP/1.1\r\n"))
      #expect(request.header("User-Agent") == "till/0.0.0-test")
      #expect(request.header("Accept") == "application/json")
      #expect(request.header("Accept-Encoding") == "identity")
      #expect(request.header("Content-Type") == "application/x-www-form-urlencoded;charset=utf-8")
      #expect(request.header("Cookie") == nil)
      #expect(request.body == Array("biz_content=%7B%7D".utf8))
    }

    @Test("any status is an answer", arguments: [400, 404, 429, 500, 502, 503])
    func statuses(status: Int) async throws {
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(status: "\(status) Whatever", body: "trouble")
      }
      let answer = try await exchange(server.address + "/").get()
      #expect(answer.status == status)
      #expect(answer.body == Array("trouble".utf8))
    }

    @Test("a redirect is handed back and not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
      let target = LocalServer { connection in
        _ = connection.read()
        connection.answer(body: "followed")
      }
      let elsewhere = target.address + "/stolen"
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(status: "\(status) Moved", headers: ["Location: \(elsewhere)"], body: "")
      }
      let answer = try await exchange(server.address + "/").get()
      #expect(answer.status == status)
      #expect(target.connectionsCount.withLock { $0 } == 0)
    }

    @Test("no cookie is kept from one exchange to the next")
    func cookies() async throws {
      let server = LocalServer { connection in
        while connection.read() != nil {
          connection.answer(headers: ["Set-Cookie: JSESSIONID=1; Path=/"], body: "{}")
        }
      }
      for _ in 0..<3 { _ = try await exchange(server.address + "/").get() }
      let cookies = server.received.withLock { $0.map { $0.header("Cookie") } }
      #expect(cookies == [nil, nil, nil])
    }

    @Test("a proxy in the environment is not used")
    func proxy() async throws {
      let proxy = LocalServer { connection in
        _ = connection.read()
        connection.answer(body: "proxied")
      }
      for name in ["http_proxy", "HTTPS_PROXY", "ALL_PROXY"] { setenv(name, proxy.address, 1) }
      let fresh = HTTPTransport(userAgent: "till/0.0.0-test")
      let server = LocalServer { connection in
        _ = connection.read()
        connection.answer(body: "direct")
      }
      let answer = try await exchange(server.address + "/", over: fresh).get()
      #expect(answer.body == Array("direct".utf8))
      #expect(ProcessInfo.processInfo.environment["http_proxy"] == nil)
      #expect(proxy.connectionsCount.withLock { $0 } == 0)
    }

    @Test("two hundred exchanges at once each get their own answer")
    func concurrent() async throws {
      let server = LocalServer { connection in
        while let request = connection.read() {
          connection.answer(body: String(decoding: request.body, as: UTF8.self))
        }
      }
      await withTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            let answer = try? await exchange(server.address + "/", body: "number-\(number)").get()
            return answer?.body == Array("number-\(number)".utf8)
          }
        }
        for await isRight in group { #expect(isRight) }
      }
      #expect(server.received.withLock { $0.count } == 200)
    }
  }
}
