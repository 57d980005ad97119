/// What a weak word of money may do: a notice that anybody with a shared key could have made, a
/// phone's screen.
package enum WeakWord: String, Sendable, CaseIterable {
  /// It wakes a question to the gateway, no more.
  case wakes
  /// Nothing better is to be had: it pays the order, with the flag `weak`. The goods are held until
  /// a bill or two people confirm it.
  case pays
  /// The same, and the goods go out at once: the merchant wants it so.
  case delivers
}
