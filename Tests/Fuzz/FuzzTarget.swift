/// One reader of bytes that come from strangers, with what must hold of every answer it gives.
package struct FuzzTarget: Sendable {
  /// As on the command line of the fuzzer.
  package let name: String
  /// Takes any bytes and returns; ends the process where a promise of the reader is broken.
  package let run: @Sendable ([UInt8]) -> Void

  init(_ name: String, _ run: @escaping @Sendable ([UInt8]) -> Void) {
    self.name = name
    self.run = run
  }

  /// All of them. Those of gateways come from the registry.
  package static let all = wireTargets + noticeTargets + answerTargets + statementTargets

  /// The target of a name; nil if there is none.
  package static func named(_ name: String) -> FuzzTarget? {
    all.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
