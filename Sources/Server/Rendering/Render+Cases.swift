import Domain
import Wire

extension Render {
  static func caseRecord(_ record: CaseRecord) -> CaseObject {
    CaseObject(
      id: record.id.text, kind: record.kind.rawValue, severity: record.severity.rawValue,
      state: record.state.rawValue, links: record.links.map(\.text), owner: record.owner,
      dueAt: record.dueAt?.milliseconds, openedAt: record.openedAt.milliseconds,
      openedBy: record.openedBy, answeredAt: record.answeredAt?.milliseconds,
      escalatedAt: record.escalatedAt?.milliseconds, cause: record.cause?.rawValue,
      proposedBy: record.proposedBy, resolvedBy: record.resolvedBy,
      resolvedAt: record.resolvedAt?.milliseconds, closedAt: record.closedAt?.milliseconds,
      papers: record.papers.map(paper), version: record.version)
  }

  static func paper(_ paper: CasePaper) -> CasePaperObject {
    CasePaperObject(
      id: paper.id.text, mediaType: paper.mediaType, bytes: paper.bytes, sha256: paper.digest,
      by: paper.by, at: paper.at.milliseconds)
  }
}
