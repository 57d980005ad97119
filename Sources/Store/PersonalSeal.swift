package import Crypto
import Domain

/// What the key of a state folder does for personal data: seals it, opens it, and turns what is
/// searched into digests that say nothing without the key.
package final class PersonalSeal: Sendable, Redacted {
  /// Length of the key, in bytes.
  package static let keyByteCount = 32

  private let sealing: AESGCMKey
  private let indexing: HMACSHA256Key
  /// Names the key without giving it away: 16 hexadecimal digits, kept in the database.
  package let keyName: String

  /// - Throws: `CryptoError.keyLength` unless the key has 32 bytes.
  package init(_ key: SecretBytes) throws(CryptoError) {
    guard key.count == PersonalSeal.keyByteCount else {
      throw .keyLength(found: key.count, wanted: PersonalSeal.keyByteCount)
    }
    // One purpose, one key: what is learnt about one of them says nothing about the others.
    let root = HMACSHA256Key(key)
    sealing = try AESGCMKey(PersonalSeal.derived("till personal data: seal", root))
    indexing = HMACSHA256Key(PersonalSeal.derived("till personal data: search", root))
    let name = root.code(for: Array("till personal data: name".utf8))
    keyName = Hex.encode(Array(name.bytes[..<8]))
  }

  private static func derived(_ purpose: String, _ root: HMACSHA256Key) -> SecretBytes {
    var bytes = root.code(for: Array(purpose.utf8)).bytes
    return SecretBytes(wiping: &bytes)
  }

  /// Seals the bytes for one place; they open nowhere else.
  func seal(_ plain: [UInt8], for place: SealedPlace) -> [UInt8] {
    do throws(CryptoError) {
      return try sealing.seal(plain, associated: place.bytes)
    } catch {
      preconditionFailure("libcrypto could not seal \(plain.count) bytes: \(error.description)")
    }
  }

  /// - Throws: when the bytes were sealed with another key or for another place, or were changed.
  func open(_ sealed: [UInt8], from place: SealedPlace) throws(StoreError) -> [UInt8] {
    do throws(CryptoError) {
      return try sealing.open(sealed, associated: place.bytes)
    } catch {
      throw .sealed("\(place.text) does not open with the key \(keyName)")
    }
  }

  /// A search term as the index knows it. Four bytes: two terms that meet by chance cost one look
  /// more, since what is found is always opened and compared.
  func digest(_ field: SearchField, _ term: String) -> Int64 {
    let code = indexing.code(for: [field.rawValue] + Array(term.utf8))
    return code.withUnsafeBytes { bytes in
      bytes.prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
  }

  /// Which part of a buyer a term comes from, so that equal texts of two fields differ.
  enum SearchField: UInt8 {
    case email = 1
    case userID = 2
    case ip = 3
  }
}

/// The one row that sealed bytes belong to.
enum SealedPlace {
  /// Buyer and metadata of an order, by its key.
  case personal(Int64)
  /// What a call must not write openly.
  case call(CallID)
  /// What was attached to a dispute.
  case attachment(AttachmentID)

  /// Bound into the seal.
  var bytes: [UInt8] { Array("till 1: \(text)".utf8) }

  var text: String {
    switch self {
    case .personal(let key): "the personal data of order key \(key)"
    case .call(let id): "the private part of call \(id)"
    case .attachment(let id): "attachment \(id)"
    }
  }
}
