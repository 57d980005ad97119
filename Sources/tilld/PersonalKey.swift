import Crypto
import Platform
import Store

/// The key that seals personal data: a file of its own in the state folder, never in the database,
/// so that neither the database nor a backup tells who bought what.
enum PersonalKey {
  static let fileName = "personal.key"
  private static let fileBytesMax = 1024

  static func path(in stateDirectory: String) -> String { Path.join(stateDirectory, fileName) }

  /// Reads the key, or makes one where nothing was ever sealed.
  static func open(
    in stateDirectory: String, for storePath: String
  ) throws(StartFault) -> PersonalSeal {
    if let seal = try read(in: stateDirectory) { return seal }
    if let needed = try needed(by: storePath) {
      throw StartFault(
        """
        \(path(in: stateDirectory)) is missing. The personal data in \(storePath) was sealed with \
        the key \(needed) and opens with no other. \(wayOut)
        """)
    }
    return try make(in: stateDirectory)
  }

  static let wayOut = """
    Put the file back from where you keep a copy. If it is lost for good, give the personal data \
    up with “tilld forget-personal”; orders and money stay as they are.
    """

  /// Nil where there is no such file.
  static func read(in stateDirectory: String) throws(StartFault) -> PersonalSeal? {
    let path = path(in: stateDirectory)
    var text: [UInt8]
    do throws(FileFault) {
      text = try Files.read(path, byteCountMax: fileBytesMax, trust: .secret)
    } catch {
      guard !error.isMissing else { return nil }
      throw StartFault("\(path): \(error)")
    }
    defer { SecretBytes.wipe(&text) }
    do throws(CryptoError) {
      var key = try Hex.decode(
        String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
      return try PersonalSeal(SecretBytes(wiping: &key))
    } catch {
      throw StartFault("\(path): is not a line of 64 hexadecimal digits. \(wayOut)")
    }
  }

  /// Name of the key that a database needs; nil where nothing is sealed or there is no database.
  static func needed(by storePath: String) throws(StartFault) -> String? {
    guard Files.byteCount(storePath) ?? 0 > 0 else { return nil }
    do throws(StoreError) {
      return try StoreWriter.neededPersonalKey(path: storePath)
    } catch { throw StartFault("\(storePath): \(error.text)") }
  }

  /// On the disk before anything is sealed with it.
  private static func make(in stateDirectory: String) throws(StartFault) -> PersonalSeal {
    var key = RandomBytes.make(count: PersonalSeal.keyByteCount)
    var line = Array((Hex.encode(key) + "\n").utf8)
    defer { SecretBytes.wipe(&line) }
    do {
      try Files.writeAtomically(line, to: path(in: stateDirectory))
      return try PersonalSeal(SecretBytes(wiping: &key))
    } catch { throw StartFault("\(path(in: stateDirectory)): \(error)") }
  }
}
