/// The channels of a loop by the token that comes back with an event.
///
/// A token holds a place and how often the place was used, so an event that was collected before
/// its channel closed does not reach the next channel of that place.
struct ChannelTable {
  private struct Place {
    var channel: StreamChannel?
    var useCount: UInt32 = 0
  }

  private var places: [Place] = []
  private var freePlaces: [Int] = []

  /// Keeps a channel and gives its token.
  mutating func insert(_ channel: StreamChannel) -> UInt64 {
    let index: Int
    if let free = freePlaces.popLast() {
      index = free
    } else {
      index = places.count
      places.append(Place())
    }
    places[index].channel = channel
    return UInt64(places[index].useCount) << 32 | UInt64(index)
  }

  /// The channel of a token, or nil if it is gone.
  func channel(_ token: UInt64) -> StreamChannel? {
    let place = places[Int(token & 0xFFFF_FFFF)]
    return place.useCount == UInt32(token >> 32) ? place.channel : nil
  }

  /// Forgets a channel.
  mutating func remove(_ token: UInt64) {
    let index = Int(token & 0xFFFF_FFFF)
    precondition(places[index].useCount == UInt32(token >> 32), "a channel is forgotten once")
    places[index].channel = nil
    places[index].useCount &+= 1
    freePlaces.append(index)
  }
}
