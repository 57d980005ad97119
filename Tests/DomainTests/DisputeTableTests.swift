import Domain
import Testing

/// The dispute machine, written a second time by hand.
///
/// A column is a state, a row a gateway's word. `=` stays, `?` asks the gateway now; anything else
/// is the state it goes to.
@Suite("Transition table of disputes")
struct DisputeTableTests {
  static let byNotice = """
    word            warn  needs under won  lost closd prevd accpd withd
    warning         =     ?     ?     ?    ?    ?     ?     ?     ?
    needs_response  needs =     ?     ?    ?    ?     ?     ?     ?
    under_review    under under =     ?    ?    ?     ?     ?     ?
    won             won   won   won   =    ?    ?     ?     ?     ?
    lost            lost  lost  lost  ?    =    ?     ?     ?     ?
    warning_closed  closd closd closd ?    ?    =     ?     ?     ?
    prevented       prevd prevd prevd ?    ?    ?     =     ?     ?
    accepted        accpd accpd accpd ?    ?    ?     ?     =     ?
    withdrawn       withd withd withd ?    ?    ?     ?     ?     =
    -               =     =     =     =    =    =     =     =     =
    """

  static let byAnswer = """
    word            warn  needs under won   lost  closd prevd accpd withd
    warning         =     warn  warn  warn  warn  warn  warn  warn  warn
    needs_response  needs =     needs needs needs needs needs needs needs
    under_review    under under =     under under under under under under
    won             won   won   won   =     won   won   won   won   won
    lost            lost  lost  lost  lost  =     lost  lost  lost  lost
    warning_closed  closd closd closd closd closd =     closd closd closd
    prevented       prevd prevd prevd prevd prevd prevd =     prevd prevd
    accepted        accpd accpd accpd accpd accpd accpd accpd =     accpd
    withdrawn       withd withd withd withd withd withd withd withd =
    -               =     =     =     =     =     =     =     =     =
    """

  private static let words: [String: String] = [
    "warn": "warning", "needs": "needs_response", "under": "under_review",
    "closd": "warning_closed", "prevd": "prevented", "accpd": "accepted", "withd": "withdrawn",
  ]

  private static func status(_ word: String) throws -> DisputeStatus {
    try #require(DisputeStatus(rawValue: words[word] ?? word))
  }

  @Test(
    "a dispute moves as the table says, for every state and word",
    arguments: [(byNotice, false), (byAnswer, true)])
  func everyPair(table: String, isAnswer: Bool) throws {
    let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let states = try rows[0].dropFirst().map(Self.status)
    #expect(Set(states) == Set(DisputeStatus.allCases))
    #expect(rows.count == DisputeStatus.allCases.count + 2)
    for row in rows.dropFirst() {
      let word = row[0] == "-" ? nil : try Self.status(row[0])
      for (state, cell) in zip(states, row.dropFirst()) {
        let wanted: DisputeMove
        switch cell {
        case "=": wanted = .stay
        case "?": wanted = .ask
        default: wanted = .to(try Self.status(cell))
        }
        #expect(state.move(on: word, byAnswer: isAnswer) == wanted, "\(state) on \(row[0])")
      }
    }
  }

  @Test(
    "where the money is follows from the state wherever the gateway does not say",
    arguments: [
      (DisputeStatus.warning, "none reinstated reinstated"),
      (.needsResponse, "withdrawn withdrawn withdrawn"),
      (.underReview, "withdrawn withdrawn withdrawn"),
      (.won, "none reinstated reinstated"),
      (.lost, "withdrawn withdrawn withdrawn"),
      (.warningClosed, "none reinstated reinstated"),
      (.prevented, "none reinstated reinstated"),
      (.accepted, "withdrawn withdrawn withdrawn"),
      (.withdrawn, "none reinstated reinstated"),
    ])
  func funds(status: DisputeStatus, wanted: String) {
    let found = DisputeFunds.allCases.map { status.impliedFunds(after: $0).rawValue }
    #expect(found.joined(separator: " ") == wanted)
  }

  @Test("a state is open or closed, and only an open one waits for us")
  func kinds() {
    for status in DisputeStatus.allCases {
      #expect(!status.awaitsUs || status.isOpen)
      #expect(!status.tookMoney || !status.isOpen)
    }
    #expect(DisputeStatus.allCases.filter(\.tookMoney) == [.lost, .accepted])
  }
}
