import Synchronization

/// Where threads put what each of them made, for one thread to collect.
final class Shelf<Item: Sendable>: Sendable {
  private let items: Mutex<[Item?]>

  init(count: Int) { items = Mutex([Item?](repeating: nil, count: count)) }

  func put(_ item: Item, at place: Int) { items.withLock { $0[place] = item } }

  /// What was put there; something must have been.
  func take(_ place: Int) -> Item {
    items.withLock { all in
      guard let item = all[place] else {
        preconditionFailure("a share of the work was never done")
      }
      all[place] = nil
      return item
    }
  }
}
