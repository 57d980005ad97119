import Domain
import Engine
import Wire

extension Render {
  private static func phrase(_ phrase: Phrase) -> PhraseObject {
    PhraseObject(zh: phrase.zh, en: phrase.en)
  }

  private static func note(_ note: EvidenceNote) -> EvidenceObject {
    EvidenceObject(
      id: note.id, source: note.source.rawValue, strength: note.strength.text,
      at: note.at.milliseconds, sha256: note.sha256, says: note.says)
  }

  static func step(_ step: TimelineStep) -> TimelineStepObject {
    TimelineStepObject(
      at: step.at.milliseconds, type: step.type, text: phrase(step.text), actor: step.actor,
      payment: step.payment?.text, refund: step.refund?.text, event: step.event?.text,
      evidence: step.evidence.map(note), gatewayAt: step.gatewayAt?.milliseconds)
  }

  static func why(_ report: WhyReport) -> WhyObject {
    WhyObject(
      payState: report.payState.rawValue, rule: report.rule, text: phrase(report.text),
      because: report.because.map { fact in
        BecauseObject(
          fact: fact.fact, text: phrase(fact.text), at: fact.at?.milliseconds,
          payment: fact.payment?.text, refund: fact.refund?.text, event: fact.event?.text,
          evidence: fact.evidence.map(note))
      },
      next: report.next.map(step), missing: report.missing.map(phrase),
      people: report.people.map(step))
  }

  private static func step(_ step: WhyStep) -> NextStepObject {
    NextStepObject(what: step.what, at: step.at?.milliseconds, text: phrase(step.text))
  }

  static func tell(_ report: TellReport) -> TellObject {
    TellObject(
      lang: report.language.rawValue, state: report.state, buyer: report.buyer,
      support: report.support, canPay: report.canPay,
      retryAfterMilliseconds: report.retryAfterMilliseconds,
      nextCheckAt: report.nextCheckAt?.milliseconds,
      steps: report.steps.map { step in
        ProgressStepObject(
          key: step.key.rawValue, done: step.isDone, state: step.state.rawValue,
          at: step.at?.milliseconds, text: step.text)
      })
  }
}
