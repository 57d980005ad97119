import Domain
import Wire

extension Render {
  static func rule(_ record: RuleRecord) -> RuleObject {
    RuleObject(
      id: record.id.text, pattern: record.pattern.text,
      mode: record.terms.mode.rawValue,
      tolerance: signed(Money(record.terms.tolerance, record.pattern.currency)),
      support: record.terms.support, replayed: record.terms.replayed,
      disagreeing: record.terms.disagreeing, active: record.isActive,
      activatedAt: record.activatedAt.milliseconds, activatedBy: record.activatedBy,
      deactivatedAt: record.deactivatedAt?.milliseconds, deactivatedBy: record.deactivatedBy,
      counterExample: record.counterExample?.text)
  }

  static func proposal(_ evidence: PatternEvidence) -> RuleProposalObject {
    RuleProposalObject(
      pattern: evidence.pattern.text,
      tolerance: signed(Money(evidence.tolerance, evidence.pattern.currency)),
      support: evidence.support, counterExamples: evidence.counterExamples,
      ready: evidence.suffices, backTest: backTest(evidence.backTest))
  }

  static func backTest(_ test: BackTest) -> BackTestObject {
    BackTestObject(
      decided: test.decided, agreeing: test.agreeing, undecided: test.undecided,
      disagreeing: test.disagreeing,
      disagreements: test.disagreements.map {
        DisagreementObject(discrepancy: $0.discrepancy.text, ending: $0.ending.word)
      })
  }
}
