import Domain

/// How far a list of what happened was read, where a look may take several pages that come in no
/// order: kept between two pages, so that the place moves on only once all of them were read.
///
/// As text, on the disk: the place, and while pages are left ` | newest seen | pages | mark`.
struct ListPlace: Hashable, Sendable {
  /// Pages of one look. What is left is read by the next look, which goes on from there.
  static let pagesPerLook = 32
  private static let separator = " | "
  private static let markBytesMax = 8192

  /// From where this look began; nil where nothing was read before.
  let start: String?
  /// The newest that the pages of this look have shown so far.
  let newest: String?
  /// Pages that were read in this look.
  let pages: Int
  /// What names the next page; nil at the beginning of a look.
  let mark: String?

  init(_ cursor: String?) {
    let parts = (cursor ?? "").split(separator: Self.separator, omittingEmptySubsequences: false)
      .map(String.init)
    start = parts[0].isEmpty ? nil : parts[0]
    guard parts.count == 4, let pages = Int(parts[2]), !parts[3].isEmpty else {
      (newest, self.pages, mark) = (nil, 0, nil)
      return
    }
    newest = parts[1].isEmpty ? nil : parts[1]
    self.pages = pages
    mark = parts[3]
  }

  /// The look from its beginning, for a next page that the gateway does not give any more.
  var restarted: CatchUpPage {
    CatchUpPage(items: [], cursor: start ?? "", hasMore: false)
  }

  /// After a page: on to the next one, or the look is over and the place moves.
  ///
  /// - Parameters:
  ///   - since: from where a look begins that has no place yet; its further pages keep to it.
  ///   - newest: the newest of all pages of this look.
  ///   - next: what names the next page, where the gateway says that there is one.
  func page(
    _ items: [CatchUpPage.Item], since: Timestamp, newest: String?, next: String?
  ) -> CatchUpPage {
    guard let next, next.utf8.count <= Self.markBytesMax, !next.contains(" ") else {
      return CatchUpPage(items: items, cursor: newest ?? start, hasMore: false)
    }
    let (count, overflow) = pages.addingReportingOverflow(1)
    let number = overflow ? 1 : count
    return CatchUpPage(
      items: items,
      cursor: [start ?? GatewayTime.text(since), newest ?? "", "\(number)", next]
        .joined(separator: Self.separator),
      hasMore: !number.isMultiple(of: Self.pagesPerLook))
  }
}
