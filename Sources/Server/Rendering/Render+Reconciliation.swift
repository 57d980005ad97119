import Domain
import Engine
import JSON
import Reconciliation
import Store
import Wire

/// Statements, runs and discrepancies as objects of the wire.
extension Render {
  static func signed(_ money: Money) -> SignedMoneyObject {
    SignedMoneyObject(currency: money.currency.code, minor: money.minor)
  }

  static func statement(_ record: StatementRecord) -> StatementObject {
    StatementObject(
      id: record.id.text, gateway: record.gateway, content: record.content.rawValue,
      layout: record.format, charset: record.charset, name: record.name, sha256: record.digest,
      bytes: record.byteCount, fromAt: record.from.milliseconds, toAt: record.to.milliseconds,
      rows: record.rows, skipped: record.skippedRows,
      totals: record.totals.map {
        StatementTotalObject(kind: $0.kind, rows: $0.rows, sum: signed($0.sum))
      },
      figures: record.figures.map {
        StatementFigureObject(subject: $0.subject, stated: $0.stated, found: $0.found)
      },
      verified: record.isVerified, importedAt: record.importedAt.milliseconds,
      importedBy: record.importedBy, supersededBy: record.supersededBy?.text)
  }

  static func preview(_ preview: StatementPreview) -> StatementPreviewObject {
    StatementPreviewObject(
      rows: preview.rows.map { row in
        PreviewRowObject(
          line: row.line, kind: row.kind, status: row.status.word, at: row.at.milliseconds,
          amount: signed(row.amount), fee: row.fee.map(signed), gatewayTxnID: row.transaction,
          reference: row.reference, parent: row.parent)
      },
      unknownColumns: preview.unknownColumns,
      refused: preview.refused.map {
        RefusedRowObject(line: $0.line, message: $0.message, hint: $0.hint)
      },
      refusedRows: preview.refusedRows)
  }

  /// - Parameter isUnfinished: its discrepancies are still being written down.
  static func run(
    _ run: RunRecord, _ signOff: SignOff, isUnfinished: Bool = false
  ) -> RunObject {
    RunObject(
      id: run.id.text, statement: run.statement.text, fund: run.fund?.text,
      bank: run.bank?.text, gateway: run.gateway, content: run.content.rawValue,
      fromAt: run.from.milliseconds, toAt: run.to.milliseconds, madeAt: run.madeAt.milliseconds,
      madeBy: run.madeBy, statementRows: run.statementRows, localRows: run.localRows,
      matched: run.matched, filledBack: run.filledBack, opened: run.opened, known: run.known,
      unfinished: isUnfinished ? true : nil,
      statementBuckets: run.statementBuckets.map(bucket),
      localBuckets: run.localBuckets.map(bucket), fundBuckets: run.fundBuckets.map(bucket),
      bankBuckets: run.bankBuckets.map(bucket), proofs: run.proofs.map(proof),
      conversions: run.bookings.conversions.map(conversion),
      payouts: run.bookings.payouts.map(payout), sha256: run.digest,
      signOff: SignOffObject(
        state: signOff.state.rawValue, sha256: signOff.digest,
        leftOpen: Int64(signOff.leftOpen.count), firstBy: signOff.first?.by,
        firstAt: signOff.first?.at.milliseconds, secondBy: signOff.second?.by,
        secondAt: signOff.second?.at.milliseconds,
        reopenedAt: signOff.reopenedAt?.milliseconds, cause: signOff.reopenedBy?.text))
  }

  private static func conversion(_ conversion: CurrencyConversion) -> CurrencyConversionObject {
    func money(_ minor: Int64) -> Money { Money(minor, conversion.credited.currency) }
    return CurrencyConversionObject(
      rows: conversion.rows, charged: signed(conversion.charged),
      credited: signed(conversion.credited), worth: signed(money(conversion.worth)),
      fee: signed(money(conversion.fee)),
      rate: signed(money(conversion.rate)), margin: signed(money(conversion.margin)),
      rounding: signed(money(conversion.rounding)),
      unexplained: signed(money(conversion.unexplained)))
  }

  private static func payout(_ payout: PayoutProof) -> PayoutProofObject {
    PayoutProofObject(
      statement: payout.statement.text, line: payout.line, amount: signed(payout.amount),
      basis: payout.basis.rawValue, rows: payout.rows, fromAt: payout.from.milliseconds,
      toAt: payout.to.milliseconds, alternatives: payout.alternatives)
  }

  static func toSign(_ page: SignOffPage) -> ToSignObject {
    ToSignObject(
      sha256: page.digest, undecided: Int64(page.undecided.count),
      leftOpen: page.leftOpen.map {
        LeftOpenObject(discrepancy: $0.discrepancy.text, reason: $0.reason.rawValue)
      })
  }


  static func witness(_ witness: Witness) -> WitnessObject {
    WitnessObject(
      voice: witness.voice.rawValue, spoken: witness.says != nil, says: witness.says,
      amount: witness.amount.map(signed), at: witness.at?.milliseconds, row: witness.row,
      discrepancies: witness.discrepancies.map(\.text))
  }

  private static func proof(_ proof: RunProof) -> RunProofObject {
    func amount(_ minor: Int64) -> SignedMoneyObject { signed(Money(minor, proof.currency)) }
    return RunProofObject(
      bill: amount(proof.bill), billWaiting: amount(proof.billWaiting),
      books: amount(proof.books), booksWaiting: amount(proof.booksWaiting),
      differences: amount(proof.differences), remainder: amount(proof.remainder))
  }

  private static func bucket(_ record: BucketRecord) -> BucketTotalObject {
    BucketTotalObject(bucket: record.bucket, rows: record.rows, sum: signed(record.sum))
  }

  static func count(_ count: DiscrepancyCount) -> KindCountObject {
    KindCountObject(
      kind: count.kind.word, state: count.state.rawValue, count: count.count)
  }

  static func discrepancy(_ record: DiscrepancyRecord) -> DiscrepancyObject {
    let facts = record.facts
    func amount(_ minor: Int64) -> SignedMoneyObject { signed(Money(minor, facts.currency)) }
    return DiscrepancyObject(
      id: record.id.text, run: facts.run.text, statement: facts.statement.text,
      gateway: facts.gateway, kind: facts.kind.word, number: facts.kind.number,
      level: facts.level.word,
      expected: signed(Money(facts.expected, facts.expectedCurrency)),
      actual: amount(facts.actual), difference: facts.difference.map(amount),
      theirs: facts.theirs.map(row),
      bank: facts.bank.map(row), ours: facts.ours?.text, order: facts.order?.text,
      suggestions: suggestions(facts.suggestions), cause: facts.likelyCause,
      handling: facts.kind.handling.rawValue, state: record.state.rawValue,
      resolution: record.resolution?.rawValue,
      adjudication: record.adjudication.map { adjudication($0, facts) },
      decisions: DiscrepancyDecision.fitting(record).map(\.rawValue),
      openedAt: record.openedAt.milliseconds, dueAt: facts.dueAt.milliseconds,
      escalatedAt: record.escalatedAt?.milliseconds, resolvedAt: record.resolvedAt?.milliseconds,
      resolvedBy: record.resolvedBy, version: record.version)
  }

  private static func adjudication(
    _ wish: Adjudication, _ facts: DiscrepancyFacts
  ) -> AdjudicationObject {
    AdjudicationObject(
      verb: wish.verb.rawValue, reason: wish.reason, proposedBy: wish.by,
      until: wish.until?.milliseconds, partner: wish.partner?.text,
      secondPerson: facts.needsSecondPerson(for: wish.verb))
  }

  private static func row(_ row: StatementRowReference) -> StatementRowObject {
    StatementRowObject(
      statement: row.statement.text, line: row.line, gatewayTxnID: row.transaction,
      reference: row.reference, parent: row.parent, at: row.at.milliseconds,
      fee: row.fee.map(signed), coupon: row.coupon.map(signed),
      credited: row.credited.map(signed))
  }

  private static func suggestions(_ suggestions: [[Int64]]) -> RawJSON {
    var writer = JSONWriter()
    writer.beginArray()
    for lines in suggestions {
      writer.beginArray()
      for line in lines { writer.integer(line) }
      writer.endArray()
    }
    writer.endArray()
    return RawJSON(bytes: writer.bytes)
  }
}
