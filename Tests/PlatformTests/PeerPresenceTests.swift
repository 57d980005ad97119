@preconcurrency import Glibc
import Platform
import Testing

@Suite struct PeerPresenceTests {
  /// What is known of the near end after something was done to the far one.
  private func look(_ change: (Int32) -> Void) throws -> (isGone: Bool, isAbandoned: Bool) {
    let ends = try FileDescriptor.socketPair().taken()
    let near = FileDescriptor(owning: ends.0)
    change(ends.1)
    return (near.isPeerGone(), near.isAbandoned())
  }

  @Test("who closed without a word is abandoned")
  func closed() throws {
    let found = try look { Glibc.close($0) }
    #expect(found.isGone && found.isAbandoned)
  }

  @Test("who closed after writing is gone, and is read all the same")
  func closedAfterWriting() throws {
    let found = try look { far in
      Glibc.write(far, "x", 1)
      Glibc.close(far)
    }
    #expect(found.isGone && !found.isAbandoned)
  }

  @Test("who only half-closed waits for an answer")
  func halfClosed() throws {
    let found = try look { _ = shutdown($0, Int32(SHUT_WR)) }
    #expect(!found.isGone && !found.isAbandoned)
  }
}
