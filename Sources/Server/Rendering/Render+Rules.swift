import Domain
import Wire

extension Render {
  static func rule(_ record: RuleRecord) -> RuleObject {
    RuleObject(
      id: record.id.text, pattern: record.pattern.text,
      tolerance: signed(Money(record.tolerance, record.pattern.currency)),
      support: record.support, active: record.isActive,
      activatedAt: record.activatedAt.milliseconds, activatedBy: record.activatedBy,
      deactivatedAt: record.deactivatedAt?.milliseconds, deactivatedBy: record.deactivatedBy,
      counterExample: record.counterExample?.text)
  }

  static func proposal(_ evidence: PatternEvidence) -> RuleProposalObject {
    RuleProposalObject(
      pattern: evidence.pattern.text,
      tolerance: signed(Money(evidence.tolerance, evidence.pattern.currency)),
      support: evidence.support, counterExamples: evidence.counterExamples,
      ready: evidence.suffices)
  }
}
