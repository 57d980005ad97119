import Domain
import Testing

@testable import Gateways

@Suite("sandbox: answers")
struct SandboxAnswerTests {
  @Test("a good answer to each question is read")
  func good() {
    for question in SandboxFixture.questions {
      #expect(
        SandboxFixture.isGood(SandboxFixture.read(SandboxFixture.answer(question), to: question)))
    }
  }

  @Test("no bit of an answer can be changed, whatever was asked", arguments: 0..<7)
  func tamper(_ index: Int) {
    let question = SandboxFixture.questions[index]
    let answer = SandboxFixture.answer(question)
    for place in answer.body.indices {
      for bit in 0..<8 {
        var body = answer.body
        body[place] ^= 1 << bit
        let changed = GatewayAnswer(status: 200, headers: answer.headers, body: body)
        #expect(!SandboxFixture.isGood(SandboxFixture.read(changed, to: question)))
      }
    }
  }

  @Test("an answer cut anywhere leaves the outcome unknown")
  func torn() {
    let question = Question.refund(SandboxFixture.payment, SandboxFixture.refund)
    let answer = SandboxFixture.answer(question)
    for count in 0..<answer.body.count {
      let cut = GatewayAnswer(
        status: 200, headers: answer.headers, body: Array(answer.body.prefix(count)))
      guard case .failure(.outcomeUnknown) = SandboxFixture.read(cut, to: question) else {
        Issue.record("cut after \(count) bytes it must be unknown")
        return
      }
    }
  }

  @Test("no digit of the time or the signature can be changed")
  func tamperHeaders() throws {
    let question = Question.query(SandboxFixture.payment)
    let answer = SandboxFixture.answer(question)
    for header in answer.headers {
      let others = answer.headers.filter { $0 != header }
      #expect(code(others, answer, question) == FaultCode.badReply)
      #expect(code(answer.headers + [header], answer, question) == FaultCode.badReply)
      for position in header.value.indices {
        for digit in "0123456789abcdef" where digit != header.value[position] {
          var value = header.value
          value.replaceSubrange(position...position, with: String(digit))
          let changed = others + [Header(header.name, value)]
          #expect(code(changed, answer, question) == FaultCode.badReply)
        }
      }
      let cut = Header(header.name, String(header.value.dropLast()))
      #expect(code(others + [cut], answer, question) == FaultCode.badReply)
    }
  }

  @Test("an answer to one question is none to another: all pairs")
  func otherQuestion() {
    for asked in SandboxFixture.questions {
      for answered in SandboxFixture.questions where answered != asked {
        let result = SandboxFixture.read(SandboxFixture.answer(answered), to: asked)
        #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
      }
    }
  }

  @Test("neither a request nor a notice passes for an answer")
  func otherSpeech() {
    for question in SandboxFixture.questions {
      let operation = SandboxOperation(question)
      let body = SandboxFixture.body(question, SandboxFixture.content(question))
      for speech in [SandboxSeal.Speech.request(operation), .notice] {
        let result = SandboxFixture.read(SandboxFixture.sealed(body, as: speech), to: question)
        #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
      }
    }
  }

  @Test("well signed and about another merchant, payment or refund it is a bad reply")
  func otherSubject() {
    for question in SandboxFixture.questions {
      let content = SandboxFixture.content(question)
      var bodies = [SandboxFixture.body(question, content, merchant: "other")]
      if question != .check {
        bodies.append(SandboxFixture.body(question, content, number: "PAY2"))
      }
      switch question {
      case .refund, .refundQuery:
        bodies.append(SandboxFixture.body(question, content, refundNumber: "RFD2"))
      case .disputeQuery:
        bodies.append(SandboxFixture.body(question, content, disputeNumber: "SBD2"))
      default: break
      }
      for body in bodies {
        let result = SandboxFixture.read(SandboxFixture.answer(question, body), to: question)
        #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
      }
    }
  }

  @Test("an answer of another time is a bad reply; a check says that a clock is off")
  func otherTime() {
    for gap in [-300_001, 300_001] as [Int64] {
      for question in SandboxFixture.questions {
        let result = SandboxFixture.read(
          SandboxFixture.answer(question), to: question,
          at: SandboxFixture.now.adding(milliseconds: gap))
        if question == .check {
          guard case .success(.check(let finding)) = result else {
            Issue.record("a check finds that the clocks differ")
            return
          }
          #expect(finding.code == "clock_off")
        } else {
          #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
        }
      }
    }
  }

  @Test("statuses say what is known, sealed or not")
  func statuses() {
    let expected: [(Int, String)] = [
      (429, FaultCode.limited), (500, FaultCode.broken), (502, FaultCode.broken),
      (503, FaultCode.broken), (599, FaultCode.broken), (400, FaultCode.badReply),
      (404, FaultCode.badReply), (302, FaultCode.badReply), (204, FaultCode.badReply),
      (401, FaultCode.authentication), (403, FaultCode.authentication),
    ]
    for question in SandboxFixture.questions where question != .check {
      for (status, code) in expected {
        let body = SandboxFixture.body(question, SandboxFixture.content(question))
        let answer = SandboxFixture.sealed(
          body, as: .answer(SandboxOperation(question)), status: status)
        #expect(SandboxFixture.faultCode(SandboxFixture.read(answer, to: question)) == code)
      }
    }
  }

  @Test("paid without an amount, a number or a known currency is a bad reply, never a success")
  func incomplete() {
    let question = Question.query(SandboxFixture.payment)
    let trades = [
      #"{"trade_no":"SBX1","status":"paid"}"#,
      #"{"trade_no":"SBX1","status":"paid","paid":{"currency":"CNY","minor":0}}"#,
      #"{"trade_no":"SBX1","status":"paid","paid":{"currency":"CNY","minor":-5}}"#,
      #"{"trade_no":"SBX1","status":"paid","paid":{"currency":"XXQ","minor":5}}"#,
      #"{"trade_no":"SBX1","status":"paid","paid":{"currency":"CNY","minor":"5"}}"#,
      #"{"status":"paid","paid":{"currency":"CNY","minor":5}}"#,
      #"{"trade_no":"","status":"paid","paid":{"currency":"CNY","minor":5}}"#,
      #"{"trade_no":"SBX 1","status":"paid","paid":{"currency":"CNY","minor":5}}"#,
      #"{"trade_no":"SBX1","paid":{"currency":"CNY","minor":5}}"#,
      #"{"status":"waiting","action":{"kind":"song","value":"x","expires_at":1}}"#,
      #"{"status":"waiting","action":{"kind":"qr","value":"","expires_at":1}}"#,
      #"[]"#,
    ]
    for trade in trades {
      let body = SandboxFixture.body(question, #""trade":\#(trade)"#)
      let result = SandboxFixture.read(SandboxFixture.answer(question, body), to: question)
      #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
    }
  }

  @Test("a status or code of no table is reported with its word, not guessed")
  func unrecognised() {
    for question in SandboxFixture.questions where question != .check {
      let body = SandboxFixture.body(question, code: "on_holiday")
      switch SandboxFixture.read(SandboxFixture.answer(question, body), to: question) {
      case .success(.payment(.unrecognised("on_holiday"))): break
      case .success(.refund(.unrecognised("on_holiday"))): break
      case .failure(.answered(let reason)) where reason.gatewayCode == "on_holiday": break
      default: Issue.record("\(question.operation) must say what it does not know")
      }
    }
  }

  private func code(
    _ headers: [Header], _ answer: GatewayAnswer, _ question: Question
  ) -> String? {
    let changed = GatewayAnswer(status: 200, headers: headers, body: answer.body)
    return SandboxFixture.faultCode(SandboxFixture.read(changed, to: question))
  }
}

@Suite("sandbox: the table of refusals")
struct SandboxRefusalTests {
  /// What each refusal does to each question; all pairs that are not here are unrecognised.
  private static let expected: [String: String] = [
    "create trade_expired": "failed", "create bad_request": "failed",
    "create trade_conflict": "answered gateway_rejected",
    "query trade_not_exist": "absent", "query bad_request": "answered gateway_rejected",
    "close trade_not_exist": "absent", "close bad_request": "answered gateway_rejected",
    "close already_paid": "paid", "close trade_processing": "processing",
    "refund trade_not_exist": "refund failed", "refund bad_request": "refund failed",
    "refund not_paid": "refund failed", "refund refund_exceeds_paid": "refund failed",
    "refund refund_currency": "refund failed",
    "refund refund_conflict": "answered gateway_rejected",
    "refund_query trade_not_exist": "refund absent",
    "refund_query refund_not_exist": "refund absent",
    "refund_query bad_request": "answered gateway_rejected",
    "dispute_query": "answered gateway_rejected",
  ]

  @Test("every signed code has a meaning for every question, decided on purpose")
  func table() {
    for question in SandboxFixture.questions where question != .check {
      for code in SandboxCode.allCases where code != .ok {
        let body = SandboxFixture.body(
          question, code: code.rawValue, SandboxFixture.content(question))
        let word = Self.word(
          SandboxFixture.read(SandboxFixture.answer(question, body), to: question))
        let wanted: String
        switch code {
        case .broken: wanted = "unknown gateway_error"
        case .rateLimited: wanted = "unknown gateway_rate_limited"
        default:
          wanted = Self.expected["\(question.operation) \(code.rawValue)"]
            ?? Self.expected[question.operation] ?? "unrecognised"
        }
        #expect(word == wanted, "\(question.operation) \(code.rawValue)")
      }
    }
  }

  @Test("already paid on close without the trade beside it is a bad reply")
  func alreadyPaidAlone() {
    let question = Question.close(SandboxFixture.payment)
    let body = SandboxFixture.body(question, code: "already_paid")
    let result = SandboxFixture.read(SandboxFixture.answer(question, body), to: question)
    #expect(SandboxFixture.faultCode(result) == FaultCode.badReply)
  }

  private static func word(_ result: Result<GatewayReading, Fault>) -> String {
    switch result {
    case .success(.payment(.failed)): "failed"
    case .success(.payment(.absent)): "absent"
    case .success(.payment(.paid)): "paid"
    case .success(.payment(.processing)): "processing"
    case .success(.payment(.unrecognised)), .success(.refund(.unrecognised)): "unrecognised"
    case .success(.refund(.failed)): "refund failed"
    case .success(.refund(.absent)): "refund absent"
    case .success: "another reading"
    case .failure(.answered(let reason)): "answered \(reason.code)"
    case .failure(.outcomeUnknown(let reason)): "unknown \(reason.code)"
    case .failure(.notSent(let reason)): "not sent \(reason.code)"
    }
  }
}
