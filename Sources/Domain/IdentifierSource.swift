/// Makes identifiers from the time it is given and a stream of random words.
///
/// The shell seeds it from the kernel, the simulator from a number: one seed, one run. The stream
/// is xoshiro256**; identifiers are unique, not secret.
package final class IdentifierSource {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// - Parameter seed: any four words that are not all zero.
  package init(seed: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(
      seed.0 | seed.1 | seed.2 | seed.3 != 0, "an identifier source needs a seed that is not zero")
    state = seed
  }

  package func next<Kind>(_ kind: Kind.Type, at moment: Timestamp) -> Identifier<Kind> {
    Identifier(at: moment, random: word(), word())
  }

  /// The next 64 random bits.
  package func word() -> UInt64 {
    let scrambled = IdentifierSource.rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = IdentifierSource.rotated(state.3, by: 45)
    return scrambled
  }

  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }
}
