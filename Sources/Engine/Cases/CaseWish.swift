package import Domain
package import Store

/// What a writing method about cases asks for.
package enum CaseWish: Hashable, Sendable {
  case open(CaseKind, CaseSeverity, links: [CaseLink], note: AttachmentContent?, owner: String?)
  case assign(CaseID, owner: String, due: Timestamp?)
  case link(CaseID, [CaseLink])
  case note(CaseID, CaseNote)
  /// - Parameter note: what the cause was, in words.
  case resolve(CaseID, CauseCode, note: AttachmentContent?)
  case confirm(CaseID)
  case close(CaseID)
  case reopen(CaseID, note: AttachmentContent)
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
