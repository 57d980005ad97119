import Domain
import Testing

/// The tables of the design, written a second time by hand.
///
/// A column is a state, a row an input. `=` stays, `?` asks the gateway now, `!` is a contradiction,
/// `x` refuses; anything else is the state it goes to.
@Suite("Transition tables")
struct TransitionTableTests {
  static let payment = """
    input          init  subm  await proc  unkn  stale closg closd faild succd revsd
    sent           subm  =     =     =     =     =     =     =     =     =     =
    accepted       await await =     =     await await =     =     =     =     =
    refused        faild faild !     !     faild faild faild =     =     !     =
    unanswered     unkn  unkn  =     =     =     =     =     =     =     =     =
    sawUnpaid      await await =     await await await =     ?     ?     !     =
    sawProcessing  proc  proc  proc  =     proc  =     =     ?     ?     !     =
    sawPaid        succd succd succd succd succd succd succd succd succd =     !
    sawPaidWeakly  ?     ?     ?     ?     ?     ?     ?     ?     ?     =     =
    sawClosed      closd closd closd closd closd closd closd =     =     !     =
    sawAbsent      =     =     =     =     =     =     =     =     =     !     =
    sawFailed      faild faild faild faild faild faild faild =     =     !     =
    sawReversed    succd succd succd succd succd succd succd succd succd revsd =
    closeAsked     closg closg closg closg closg closg =     =     =     =     =
    aged           =     stale =     stale stale =     stale =     =     =     =
    """

  static let refund = """
    input          reqst apprv subm  proc  unkn  succd faild retrn rejct withd
    approved       apprv x     x     x     x     x     x     x     x     x
    rejected       rejct x     x     x     x     x     x     x     x     x
    withdrawn      withd x     x     x     x     x     x     x     x     x
    sent           =     subm  =     =     =     =     =     =     =     =
    unanswered     =     unkn  unkn  unkn  =     =     =     =     =     =
    sawProcessing  !     proc  proc  =     proc  =     =     =     =     =
    sawSucceeded   !     succd succd succd succd =     succd =     !     !
    sawFailed      !     faild faild faild faild !     =     =     =     =
    sawAbsent      =     =     =     =     =     =     =     =     =     =
    sawReturned    !     retrn retrn retrn retrn retrn !     =     =     =
    retried        x     x     x     x     x     x     apprv x     x     x
    """

  private static func rows(_ table: String) -> [[String]] {
    table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  private static let words: [String: String] = [
    "subm": "submitted", "await": "awaiting_buyer", "proc": "processing", "unkn": "unknown",
    "closg": "closing", "closd": "closed", "faild": "failed", "succd": "succeeded",
    "revsd": "reversed", "reqst": "requested", "apprv": "approved", "retrn": "returned",
    "rejct": "rejected", "withd": "withdrawn",
  ]

  @Test("a payment moves as the table says, for every state and input")
  func payments() throws {
    let rows = Self.rows(Self.payment)
    let states = try rows[0].dropFirst().map { name in
      try #require(PaymentState(rawValue: Self.words[name] ?? name))
    }
    #expect(Set(states) == Set(PaymentState.allCases))
    var inputs: Set<PaymentInput> = []
    for row in rows.dropFirst() {
      let input = try #require(PaymentInput(rawValue: row[0]))
      inputs.insert(input)
      for (state, word) in zip(states, row.dropFirst()) {
        let wanted: PaymentMove
        switch word {
        case "=": wanted = .stay
        case "?": wanted = .ask
        case "!": wanted = .contradiction
        default: wanted = .to(try #require(PaymentState(rawValue: Self.words[word] ?? word)))
        }
        #expect(state.move(on: input) == wanted, "\(state) on \(input)")
      }
    }
    #expect(inputs == Set(PaymentInput.allCases))
  }

  @Test("a refund moves as the table says, for every state and input")
  func refunds() throws {
    let rows = Self.rows(Self.refund)
    let states = try rows[0].dropFirst().map { word in
      try #require(RefundState(rawValue: Self.words[word] ?? word))
    }
    #expect(Set(states) == Set(RefundState.allCases))
    var inputs: Set<RefundInput> = []
    for row in rows.dropFirst() {
      let input = try #require(RefundInput(rawValue: row[0]))
      inputs.insert(input)
      for (state, word) in zip(states, row.dropFirst()) {
        let wanted: RefundMove
        switch word {
        case "=": wanted = .stay
        case "!": wanted = .contradiction
        case "x": wanted = .refuse
        default: wanted = .to(try #require(RefundState(rawValue: Self.words[word] ?? word)))
        }
        #expect(state.move(on: input) == wanted, "\(state) on \(input)")
      }
    }
    #expect(inputs == Set(RefundInput.allCases))
  }

  @Test("no timer and no silence leads to failed")
  func noFailureByTime() {
    for state in PaymentState.allCases {
      for input in [PaymentInput.aged, .unanswered, .sawAbsent, .closeAsked, .sent] {
        #expect(state.move(on: input) != .to(.failed), "\(state) on \(input)")
      }
    }
    for state in RefundState.allCases {
      for input in [RefundInput.unanswered, .sawAbsent, .sent] {
        #expect(state.move(on: input) != .to(.failed), "\(state) on \(input)")
      }
    }
  }

  @Test("a paid payment is left only by the gateway's reversal")
  func paidStays() {
    for input in PaymentInput.allCases where input != .sawReversed {
      guard case .to(let state) = PaymentState.succeeded.move(on: input) else { continue }
      Issue.record("\(input) leads to \(state)")
    }
  }

  @Test("order flags have one word each, in the order of the contract")
  func flags() {
    let all = OrderFlags(rawValue: 1023)
    #expect(all.words == OrderFlags.allWords)
    #expect(all.words.count == 10)
    #expect(OrderFlags([.late, .test]).words == ["late", "test"])
  }

  @Test("evidence strengths order as the design says and read back from their words")
  func strengths() {
    #expect(EvidenceStrength.allCases.sorted() == EvidenceStrength.allCases)
    for strength in EvidenceStrength.allCases {
      #expect(EvidenceStrength(text: strength.text) == strength)
    }
    #expect(EvidenceStrength(text: "e6") == nil)
  }
}
