import Testing

/// One after the other: a test that sets a proxy for the process must not meet the exchanges of
/// another one.
@Suite("Transport", .serialized)
struct TransportTests {}
