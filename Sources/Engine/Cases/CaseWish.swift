package import Domain
package import Store

/// What a writing method about cases asks for.
package enum CaseWish: Hashable, Sendable {
  case open(CaseKind, CaseSeverity, links: [CaseLink], note: AttachmentContent?, owner: CaseOwner?)
  case assign(CaseID, owner: CaseOwner, due: Timestamp?)
  case link(CaseID, [CaseLink])
  case note(CaseID, CaseNote)
  /// - Parameter note: what the cause was, in words.
  case resolve(CaseID, CauseCode, note: AttachmentContent?)
  case confirm(CaseID)
  case close(CaseID)
  case reopen(CaseID, note: AttachmentContent)
}

/// Whose work a case is to be, as the caller named the person.
package struct CaseOwner: Hashable, Sendable {
  package let name: String
  /// The configuration has an operator or a principal of this name.
  private let isKnown: Bool
  /// Known names like it, nearest first.
  private let near: [String]

  package init(_ name: String, isKnown: Bool, near: [String] = []) {
    self.name = name
    self.isKnown = isKnown
    self.near = near
  }

  /// - Throws: `person_not_found`: nobody would be reminded.
  func known() throws(Rejection) -> String {
    guard isKnown else {
      throw Rejection(
        .personNotFound, "Nobody here is called \(name).", path: "/params/owner",
        details: near.isEmpty ? [] : [.init("did_you_mean", .list(near))])
    }
    return name
  }
}

/// A note or a piece of evidence, and what it means for the clock.
package struct CaseNote: Hashable, Sendable {
  /// As `text/plain`.
  package let mediaType: String
  package let content: AttachmentContent
  package let waitingFor: CaseWait?
  package let due: Timestamp?

  package init(
    mediaType: String, content: AttachmentContent, waitingFor: CaseWait? = nil,
    due: Timestamp? = nil
  ) {
    self.mediaType = mediaType
    self.content = content
    self.waitingFor = waitingFor
    self.due = due
  }
}
