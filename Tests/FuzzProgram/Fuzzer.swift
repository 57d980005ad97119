import Foundation
import Fuzz

/// The reader that TILL_FUZZ_TARGET names.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["TILL_FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget.named(name) else {
    let known = FuzzTarget.all.map(\.name).joined(separator: " ")
    print(name.isEmpty ? known : "there is no target \(name), there are: \(known)")
    exit(name.isEmpty ? 0 : 2)
  }
  return target
}()

/// What libFuzzer calls first. Making the keys that a gateway signs with takes seconds, which are
/// no reader's.
@_cdecl("LLVMFuzzerInitialize")
package func begin(
  _ count: UnsafeMutableRawPointer?, _ words: UnsafeMutableRawPointer?
) -> Int32 {
  target.run([])
  return 0
}

/// What libFuzzer calls with bytes of its own making; it brings `main`.
@_cdecl("LLVMFuzzerTestOneInput")
package func tryBytes(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
