// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Work for people.
package struct CaseObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// What it is about.
  package var kind: String
  /// How much hangs on it.
  package var severity: String
  /// Where it stands.
  package var state: String
  /// What it is about, an order before what belongs to it.
  package var links: [String]
  /// Whose work it is: an operator, or a principal of the peer map.
  package var owner: String?
  /// When somebody is reminded; absent where nothing is left to do.
  package var dueAt: Int64?
  /// When.
  package var openedAt: Int64
  /// By whom; system for the daemon itself.
  package var openedBy: String
  /// When the first person did something.
  package var answeredAt: Int64?
  /// Nobody had done anything in time; absent again once somebody has.
  package var escalatedAt: Int64?
  /// Why it came to it.
  package var cause: String?
  /// Who named the cause.
  package var proposedBy: String?
  /// Who resolved it, or agreed.
  package var resolvedBy: String?
  /// When.
  package var resolvedAt: Int64?
  /// When.
  package var closedAt: Int64?
  /// Notes and evidence, oldest first.
  package var papers: [CasePaperObject]
  /// Counts changes.
  package var version: Int64

  package init(
    id: String, kind: String, severity: String, state: String, links: [String],
    owner: String? = nil, dueAt: Int64? = nil, openedAt: Int64, openedBy: String,
    answeredAt: Int64? = nil, escalatedAt: Int64? = nil, cause: String? = nil,
    proposedBy: String? = nil, resolvedBy: String? = nil, resolvedAt: Int64? = nil,
    closedAt: Int64? = nil, papers: [CasePaperObject], version: Int64
  ) {
    self.id = id
    self.kind = kind
    self.severity = severity
    self.state = state
    self.links = links
    self.owner = owner
    self.dueAt = dueAt
    self.openedAt = openedAt
    self.openedBy = openedBy
    self.answeredAt = answeredAt
    self.escalatedAt = escalatedAt
    self.cause = cause
    self.proposedBy = proposedBy
    self.resolvedBy = resolvedBy
    self.resolvedAt = resolvedAt
    self.closedAt = closedAt
    self.papers = papers
    self.version = version
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("kind", kind)
    writer.member("severity", severity)
    writer.member("state", state)
    writer.member("links", links)
    writer.member("owner", owner)
    writer.member("due_at", dueAt)
    writer.member("opened_at", openedAt)
    writer.member("opened_by", openedBy)
    writer.member("answered_at", answeredAt)
    writer.member("escalated_at", escalatedAt)
    writer.member("cause", cause)
    writer.member("proposed_by", proposedBy)
    writer.member("resolved_by", resolvedBy)
    writer.member("resolved_at", resolvedAt)
    writer.member("closed_at", closedAt)
    writer.member("papers", papers)
    writer.member("version", version)
  }
}
