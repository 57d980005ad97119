package import Domain

/// A bill as it was downloaded.
package struct BillFile: Hashable, Sendable {
  package let name: BillName
  package let format: BillFormat
  /// As the provider calls it, or made of the bill's name; no path.
  package let fileName: String
  /// What the provider sent.
  package let bytes: [UInt8]
  /// What the provider published, where it does; the bytes have it.
  package let digest: BillDigest?
  /// The provider says that it holds no rows.
  package let saysEmpty: Bool
  /// Of an API that is read page by page; 1 for a file.
  package let pageCount: Int
}

/// How a download ended where no fault ended it.
package enum BillOutcome: Hashable, Sendable {
  case file(BillFile)
  case notYet(Reason)
  case noBusiness(Reason)
  case silent(Reason)
}

/// One download under way: a value that says what to send and takes what came back.
///
/// Limits: `bytesMax` of all parts, `pagesMax` exchanges; over either the download ends with a
/// fault, and nothing of it is kept.
package struct BillDownload: Sendable {
  /// A day of about a million rows as CSV, or some hundred thousand as zip.
  package static let bytesMax = 268_435_456
  /// With a hundred rows a page, two million rows.
  package static let pagesMax = 20_000
  /// Of one answer that is a whole file.
  package static let fileAnswerBytesMax = 134_217_728
  /// Of one answer that is a page.
  package static let pageAnswerBytesMax = 16_777_216
  /// Of one answer that is a file: it may take minutes.
  package static let fileTimeoutMilliseconds: Int64 = 300_000
  package static let fileNameBytesMax = 128

  package let name: BillName
  private let offer: BillOffer
  private let source: any BillSource
  private var step: BillStep
  private var bytes: [UInt8] = []
  private var pageCount = 0

  /// - Throws: `Fault.notSent` where the gateway gives no such bill out, or no request can be made.
  package init(
    _ name: BillName, from source: any BillSource, at now: Timestamp
  ) throws(Fault) {
    guard let offer = source.offers.first(where: { $0.kind == name.kind }) else {
      throw .unmade("the gateway gives out no \(name.kind.rawValue) bill")
    }
    self.name = name
    self.offer = offer
    self.source = source
    step = try source.first(for: name, at: now)
  }

  /// What is to be sent now.
  package var request: GatewayRequest { step.request }

  /// Takes the answer to `request`.
  ///
  /// - Returns: nil where `request` is now another one, to be sent.
  /// - Throws: the fault that ended the download.
  package mutating func take(
    _ answer: GatewayAnswer, at now: Timestamp
  ) throws(Fault) -> BillOutcome? {
    switch try source.read(answer, to: step, of: name, at: now) {
    case .next(let next, let part):
      try keep(part)
      guard pageCount < Self.pagesMax else { throw Self.tooLarge("\(Self.pagesMax) answers") }
      step = next
      return nil
    case .complete(let claim, let part):
      try keep(part)
      return .file(
        BillFile(
          name: name, format: offer.format, fileName: fileName(claim), bytes: bytes,
          digest: claim.digest, saysEmpty: claim.saysEmpty, pageCount: pageCount))
    case .notYet(let reason): return .notYet(reason)
    case .noBusiness(let reason): return .noBusiness(reason)
    case .silent(let reason): return .silent(reason)
    }
  }

  private mutating func keep(_ part: [UInt8]) throws(Fault) {
    pageCount += part.isEmpty ? 0 : 1
    guard bytes.count + part.count <= Self.bytesMax else {
      throw Self.tooLarge("\(Self.bytesMax) bytes")
    }
    bytes += part
  }

  private static func tooLarge(_ limit: String) -> Fault {
    .answered(
      Reason(code: FaultCode.badReply, text: "the bill is larger than \(limit); import it as file"))
  }

  /// The provider's own name where it is a plain one, so that it can stand in a file system.
  private func fileName(_ claim: BillClaim) -> String {
    if let given = claim.fileName, (1...Self.fileNameBytesMax).contains(given.utf8.count),
      given.utf8.first != UInt8(ascii: "."), given.utf8.allSatisfy(Self.isPlain)
    {
      return given
    }
    let ending =
      switch offer.format {
      case .zip: "zip"
      case .csv: "csv"
      case .jsonPages: "jsonl"
      }
    return "\(name.kind.rawValue)-\(name.day.text).\(ending)"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

extension GatewayAnswer {
  /// The body as one line: a page of an API whose line ends are taken out, none of which can stand
  /// inside a text of JSON, and one put behind it.
  var pageLine: [UInt8] {
    body.filter { $0 != 0x0A && $0 != 0x0D } + [0x0A]
  }
}
