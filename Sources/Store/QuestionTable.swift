package import Domain
import SQLite

/// What the scheduler does about one payment, refund or dispute. Not a fact: it is remade from the
/// state when it is lost.
package struct ScheduledQuestion: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case payment(PaymentID)
    case refund(RefundID)
    case dispute(DisputeID)

    package var text: String {
      switch self {
      case .payment(let id): id.text
      case .refund(let id): id.text
      case .dispute(let id): id.text
      }
    }

    package init?(text: String) {
      if let id = PaymentID(text: text) {
        self = .payment(id)
      } else if let id = RefundID(text: text) {
        self = .refund(id)
      } else if let id = DisputeID(text: text) {
        self = .dispute(id)
      } else {
        return nil
      }
    }
  }

  package enum Step: String, Sendable, CaseIterable {
    case query
    /// The gateway does not know the payment: the next thing to send is the create, once more.
    case create
    /// The next thing to send is the close.
    case close
    /// A close was taken; the next query has to prove it.
    case verify
    /// Asking on after the end, in case money comes late.
    case guarding
    /// Asking a paid payment once more, later the same day.
    case comparing
    /// Something is said to have happened after the end: asking until there is an answer.
    case looking
    /// A dispute is said to be there: asking on for a while, as lists of disputes come late.
    case lookingForDispute

    package var isLooking: Bool { self == .looking || self == .lookingForDispute }
  }

  /// The rank of comparisons: nothing waits for them, and they are not counted as open.
  package static let comparingRank: Int64 = 5

  package var subject: Subject
  package var orderKey: Int64
  package var gateway: String
  /// Lower is asked first when more is due than the gateway may be asked.
  package var rank: Int64
  /// Our wall clock; nil when there is nothing more to ask.
  package var nextAt: Timestamp?
  package var step: Step
  /// When this kind of asking began; the schedule counts from here.
  package var since: Timestamp
  package var asked: Int64
  /// How often the gateway was asked in all; unlike `asked` it never begins anew.
  package var queries: Int64
  package var askedAt: Timestamp?
  /// How many in a row brought no usable answer.
  package var failed: Int64
  /// How often the answer was the same as before, and its digest.
  package var unchanged: Int64
  package var unchangedDigest: String?

  package init(
    subject: Subject, orderKey: Int64, gateway: String, rank: Int64, nextAt: Timestamp?,
    step: Step, since: Timestamp
  ) {
    self.subject = subject
    self.orderKey = orderKey
    self.gateway = gateway
    self.rank = rank
    self.nextAt = nextAt
    self.step = step
    self.since = since
    asked = 0
    queries = 0
    failed = 0
    unchanged = 0
  }
}

/// Rows of `questions`.
struct QuestionTable {
  private let replacement: Statement
  private let selection: Statement
  private let dueSelection: Statement
  private let nextSelection: Statement
  private let gatewaySelection: Statement
  private let openSelection: Statement
  private let comparingSelection: Statement
  private let dueChange: Statement
  private let futureChange: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(QuestionTable.columns) FROM questions WHERE subject=?")
    dueSelection = try connection.prepare(
      """
      SELECT \(QuestionTable.columns) FROM questions WHERE gateway=? AND rank=? AND next_at<=?
      ORDER BY next_at, subject LIMIT ?
      """)
    nextSelection = try connection.prepare(
      """
      SELECT next_at FROM questions WHERE gateway=? AND rank=? AND next_at>?
      ORDER BY next_at LIMIT 1
      """)
    gatewaySelection = try connection.prepare(
      """
      SELECT gateway FROM questions WHERE next_at IS NOT NULL AND gateway>?
      ORDER BY gateway LIMIT 1
      """)
    openSelection = try connection.prepare(
      """
      SELECT count(*) FROM questions
      WHERE next_at IS NOT NULL AND gateway=? AND rank<\(ScheduledQuestion.comparingRank)
      """)
    comparingSelection = try connection.prepare(
      """
      SELECT count(*) FROM questions
      WHERE next_at IS NOT NULL AND gateway=? AND rank=\(ScheduledQuestion.comparingRank)
      """)
    dueChange = !canWrite
      ? selection
      : try connection.prepare(
        """
        UPDATE questions SET next_at=?1
        WHERE next_at>?1 AND rank<\(ScheduledQuestion.comparingRank)
        """)
    futureChange = !canWrite
      ? selection
      : try connection.prepare(
        """
        UPDATE questions
        SET next_at=?1, since=min(since, ?1), asked_at=min(asked_at, ?1)
        WHERE next_at>?1 AND (since>?1 OR asked_at>?1)
        """)
    replacement = !canWrite
      ? selection
      : try connection.prepare(
        """
        INSERT OR REPLACE INTO questions(subject, order_key, gateway, rank, next_at, step, since,
          asked, asked_at, failed, unchanged, unchanged_digest, queries)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
        """)
  }

  func save(_ question: ScheduledQuestion) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(question.subject.text)
    try cursor.add(question.orderKey)
    try cursor.add(question.gateway)
    try cursor.add(question.rank)
    try cursor.add(question.nextAt?.milliseconds)
    try cursor.add(question.step.rawValue)
    try cursor.add(question.since.milliseconds)
    try cursor.add(question.asked)
    try cursor.add(question.askedAt?.milliseconds)
    try cursor.add(question.failed)
    try cursor.add(question.unchanged)
    try cursor.add(question.unchangedDigest)
    try cursor.add(question.queries)
    try replacement.run()
  }

  func question(_ subject: ScheduledQuestion.Subject) throws(SQLiteError) -> ScheduledQuestion? {
    try selection.bind(subject.text, at: 1)
    defer { selection.reset() }
    let found = try selection.step() ? try QuestionTable.read(selection) : nil
    return found
  }

  /// What is due at a gateway in one rank, earliest first.
  func due(
    gateway: String, rank: Int64, at now: Timestamp, limit: Int
  ) throws(SQLiteError) -> [ScheduledQuestion] {
    try dueSelection.bind(gateway, at: 1)
    try dueSelection.bind(rank, at: 2)
    try dueSelection.bind(now.milliseconds, at: 3)
    try dueSelection.bind(limit, at: 4)
    var questions: [ScheduledQuestion] = []
    defer { dueSelection.reset() }
    while try dueSelection.step() { questions.append(try QuestionTable.read(dueSelection)) }
    return questions
  }

  /// When the next question of a rank falls due at a gateway, later than now.
  func nextAt(
    gateway: String, rank: Int64, after now: Timestamp
  ) throws(SQLiteError) -> Timestamp? {
    try nextSelection.bind(gateway, at: 1)
    try nextSelection.bind(rank, at: 2)
    try nextSelection.bind(now.milliseconds, at: 3)
    defer { nextSelection.reset() }
    let next = try nextSelection.step() ? try nextSelection.int64(0) : nil
    return next.map(Timestamp.init(milliseconds:))
  }

  /// The gateways with questions to come, in the order of their names. Jumps from one to the next
  /// in the index of what is due, so a million open questions cost no more than one.
  func openGateways() throws(SQLiteError) -> [String] {
    var names: [String] = []
    while true {
      try gatewaySelection.bind(names.last ?? "", at: 1)
      defer { gatewaySelection.reset() }
      guard try gatewaySelection.step() else { return names }
      names.append(try gatewaySelection.string(0))
    }
  }

  /// How many questions are open at a gateway. Comparisons do not count: nothing waits for them.
  func openCount(gateway: String) throws(SQLiteError) -> Int64 {
    try count(openSelection, gateway: gateway)
  }

  /// How many questions are open at each gateway where any is, in the order of their names.
  func open() throws(SQLiteError) -> [(gateway: String, count: Int64)] {
    var open: [(gateway: String, count: Int64)] = []
    for name in try openGateways() {
      let count = try openCount(gateway: name)
      if count > 0 { open.append((name, count)) }
    }
    return open
  }

  /// How many paid payments of a gateway are yet to be asked about once more.
  func comparingCount(gateway: String) throws(SQLiteError) -> Int64 {
    try count(comparingSelection, gateway: gateway)
  }

  private func count(_ statement: Statement, gateway: String) throws(SQLiteError) -> Int64 {
    try statement.bind(gateway, at: 1)
    defer { statement.reset() }
    return try statement.step() ? try statement.int64(0) : 0
  }

  func makeAllDue(at now: Timestamp) throws(SQLiteError) {
    try dueChange.bind(now.milliseconds, at: 1)
    try dueChange.run()
  }

  /// What was asked or begun later than now was so by a clock that has been set back since: it is
  /// due, and counts from now.
  func pullIn(at now: Timestamp) throws(SQLiteError) {
    try futureChange.bind(now.milliseconds, at: 1)
    try futureChange.run()
  }

  static let columns = """
    subject, order_key, gateway, rank, next_at, step, since, asked, asked_at, failed, unchanged,
    unchanged_digest, queries
    """

  /// How many columns `columns` names.
  static let columnsCount = 13

  static func read(_ statement: Statement) throws(SQLiteError) -> ScheduledQuestion {
    var cursor = ColumnCursor(statement)
    let text = try cursor.string()
    guard let subject = ScheduledQuestion.Subject(text: text) else {
      throw .damagedRow("questions \(text)")
    }
    var question = ScheduledQuestion(
      subject: subject, orderKey: try cursor.int64(), gateway: try cursor.string(),
      rank: try cursor.int64(), nextAt: try cursor.time(),
      step: try cursor.word(ScheduledQuestion.Step.self, "questions \(text)"),
      since: Timestamp(milliseconds: try cursor.int64()))
    question.asked = try cursor.int64()
    question.askedAt = try cursor.time()
    question.failed = try cursor.int64()
    question.unchanged = try cursor.int64()
    question.unchangedDigest = try cursor.optionalString()
    question.queries = try cursor.int64()
    return question
  }
}
