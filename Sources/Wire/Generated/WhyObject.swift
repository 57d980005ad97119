// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// The evidence for the present state.
package struct WhyObject: WireObject, Equatable {
  /// The state explained.
  package var payState: String
  /// Which rule of pay_state held, 1-9.
  package var rule: Int64
  /// In words.
  package var text: PhraseObject
  /// Facts, the deciding one first.
  package var because: [BecauseObject]
  /// What happens next by itself.
  package var next: [NextStepObject]
  /// What would have to be known or done for the state to change; empty where nothing is.
  package var missing: [PhraseObject]
  /// What people can do now; what names the method.
  package var people: [NextStepObject]

  package init(
    payState: String, rule: Int64, text: PhraseObject, because: [BecauseObject],
    next: [NextStepObject], missing: [PhraseObject], people: [NextStepObject]
  ) {
    self.payState = payState
    self.rule = rule
    self.text = text
    self.because = because
    self.next = next
    self.missing = missing
    self.people = people
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("pay_state", payState)
    writer.member("rule", rule)
    writer.member("text", text)
    writer.member("because", because)
    writer.member("next", next)
    writer.member("missing", missing)
    writer.member("people", people)
  }
}
