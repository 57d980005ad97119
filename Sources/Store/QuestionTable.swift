package import Domain
import SQLite

/// What the scheduler does about one payment or refund. Not a fact: it is remade from the state
/// when it is lost.
package struct ScheduledQuestion: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case payment(PaymentID)
    case refund(RefundID)

    package var text: String {
      switch self {
      case .payment(let id): id.text
      case .refund(let id): id.text
      }
    }

    package init?(text: String) {
      if let id = PaymentID(text: text) {
        self = .payment(id)
      } else if let id = RefundID(text: text) {
        self = .refund(id)
      } else {
        return nil
      }
    }
  }

  package enum Step: String, Sendable, CaseIterable {
    case query
    /// The next thing to send is the close.
    case close
    /// A close was taken; the next query has to prove it.
    case verify
    /// Asking on after the end, in case money comes late.
    case guarding
  }

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
  private let dueChange: Statement

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
    dueChange = !canWrite
      ? selection
      : try connection.prepare("UPDATE questions SET next_at=?1 WHERE next_at>?1")
    replacement = !canWrite
      ? selection
      : try connection.prepare(
        """
        INSERT OR REPLACE INTO questions(subject, order_key, gateway, rank, next_at, step, since,
          asked, asked_at, failed, unchanged, unchanged_digest)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
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
    try replacement.run()
  }

  func question(_ subject: ScheduledQuestion.Subject) throws(SQLiteError) -> ScheduledQuestion? {
    try selection.bind(subject.text, at: 1)
    let found = try selection.step() ? try QuestionTable.read(selection) : nil
    selection.reset()
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
    while try dueSelection.step() { questions.append(try QuestionTable.read(dueSelection)) }
    dueSelection.reset()
    return questions
  }

  /// When the next question of a rank falls due at a gateway, later than now.
  func nextAt(
    gateway: String, rank: Int64, after now: Timestamp
  ) throws(SQLiteError) -> Timestamp? {
    try nextSelection.bind(gateway, at: 1)
    try nextSelection.bind(rank, at: 2)
    try nextSelection.bind(now.milliseconds, at: 3)
    let next = try nextSelection.step() ? try nextSelection.int64(0) : nil
    nextSelection.reset()
    return next.map(Timestamp.init(milliseconds:))
  }

  func makeAllDue(at now: Timestamp) throws(SQLiteError) {
    try dueChange.bind(now.milliseconds, at: 1)
    try dueChange.run()
  }

  static let columns = """
    subject, order_key, gateway, rank, next_at, step, since, asked, asked_at, failed, unchanged,
    unchanged_digest
    """

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
    return question
  }
}
