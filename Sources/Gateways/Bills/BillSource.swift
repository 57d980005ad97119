package import Domain

/// How a gateway's bills are downloaded. As pure as the rest of an adapter: it makes requests and
/// reads answers. `BillDownload` drives it and keeps to the limits; the shell sends.
///
/// A download moves nothing, so no intent is written down before it, and one that was interrupted
/// begins again. What comes out is what the provider sent, to the byte, and is not interpreted.
package protocol BillSource: Sendable {
  /// The bills there are; no two of one kind.
  var offers: [BillOffer] { get }

  /// The first request for a bill that is among `offers`.
  ///
  /// - Throws: `Fault.notSent` when no request can be made.
  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep

  /// What an answer to a step's request brought.
  ///
  /// - Throws: as `Gateway.read`; the download is over then, and a later one begins anew.
  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading
}

/// Why there is no bill. Reasons of a download are nobody's payment, so no support text names them.
package enum BillAbsence {
  package static let notReady = "bill_not_ready"
  /// No business, or not made yet.
  package static let absent = "bill_absent"
}

/// How the bytes are laid out.
package enum BillFormat: String, Sendable, CaseIterable {
  /// A zip archive of CSV files.
  case zip
  case csv
  /// One page of the gateway's API a line, as it was sent but for its line ends, which between the
  /// members of a JSON text are blanks.
  case jsonPages = "json_pages"
}

/// One kind of bill that a gateway gives out, a bill for each day of its zone.
package struct BillOffer: Hashable, Sendable {
  package let kind: BillKind
  package let format: BillFormat
  package let schedule: BillSchedule

  package init(kind: BillKind, format: BillFormat, schedule: BillSchedule) {
    self.kind = kind
    self.format = format
    self.schedule = schedule
  }
}

/// One exchange of a download.
package struct BillStep: Hashable, Sendable {
  package let request: GatewayRequest
  package let place: BillPlace

  package init(request: GatewayRequest, place: BillPlace) {
    self.request = request
    self.place = place
  }
}

/// Where a download stands: what its next answer is.
package enum BillPlace: Hashable, Sendable {
  /// Says where the file is.
  case address
  /// Is the file.
  case file(BillClaim)
  /// Is a page of the first of these listings.
  case page(BillPage)
}

/// What the gateway said about a file before it gave it out.
package struct BillClaim: Hashable, Sendable {
  /// As the provider calls it; nil where it has no name.
  package let fileName: String?
  package let digest: BillDigest?
  /// The file is there and holds no rows.
  package let saysEmpty: Bool

  package init(fileName: String?, digest: BillDigest? = nil, saysEmpty: Bool = false) {
    self.fileName = fileName
    self.digest = digest
    self.saysEmpty = saysEmpty
  }
}

/// A digest that a provider published for a file.
package struct BillDigest: Hashable, Sendable {
  package enum Algorithm: String, Sendable {
    case sha1
  }

  package let algorithm: Algorithm
  /// Lower case.
  package let hex: String

  package init(_ algorithm: Algorithm, hex: String) {
    self.algorithm = algorithm
    self.hex = hex
  }
}

/// A place within listings that are read page by page.
package struct BillPage: Hashable, Sendable {
  /// The one that is being read, and those still to be read; never empty.
  package let listings: [BillListing]
  /// What the page before said to go on from; nil on a listing's first page.
  package let cursor: String?
  /// Counted from 0 within the listing.
  package let number: Int

  package init(listings: [BillListing], cursor: String? = nil, number: Int = 0) {
    precondition(!listings.isEmpty, "a page belongs to a listing")
    self.listings = listings
    self.cursor = cursor
    self.number = number
  }

  package var listing: BillListing { listings[0] }

  /// The same listing's next page.
  package func next(_ cursor: String? = nil) -> BillPage {
    BillPage(listings: listings, cursor: cursor, number: number + 1)
  }

  /// The first page of the next listing; nil where this was the last one.
  package func nextListing(adding more: [BillListing] = []) -> BillPage? {
    let rest = listings.dropFirst() + more
    return rest.isEmpty ? nil : BillPage(listings: Array(rest))
  }
}

package enum BillListing: Hashable, Sendable {
  /// What happened from the first moment on, before the second.
  case window(from: Timestamp, before: Timestamp)
  /// The settlements in a currency.
  case settlements(currency: String)
  /// The records of a settlement.
  case records(settlement: String)
}

package enum BillReading: Hashable, Sendable {
  /// This is part of the bill, empty where it only led on; more is to be asked for.
  case next(BillStep, keeping: [UInt8])
  /// This is the last part, or all of it.
  case complete(BillClaim, keeping: [UInt8])
  /// The gateway has not made it yet.
  case notYet(Reason)
  /// The gateway says that there was no business on that day.
  case noBusiness(Reason)
  /// The gateway has none, and does not say which of the two it is.
  case silent(Reason)
}
