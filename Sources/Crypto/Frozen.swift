/// Pointers to memory that nobody writes any more, which threads may therefore share.
///
/// What they may point to, and why nobody writes there:
/// - algorithms fetched from libcrypto: immutable once fetched, kept for the life of the process;
/// - an EVP_PKEY: counts its references atomically and locks its own caches (blinding, provider
///   copies); signing and verifying only read it;
/// - the context of an HMAC key: only ever duplicated, never advanced;
/// - the bytes of a secret: filled before their owner's `init` returns.
///
/// Its owner is a class that frees the memory in `deinit`, when no other thread can hold it.
struct Frozen<Pointers>: Sendable {
  nonisolated(unsafe) let value: Pointers  // unsafe: nobody writes there, as listed above.

  init(_ value: Pointers) { self.value = value }
}
