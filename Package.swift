// swift-tools-version: 6.2

// Till: a local payment-state daemon.
//
// Layers, lowest first; an arrow points down only and the build refuses an upward import
// (`--explicit-target-dependency-import-check error`, set by `Tests/run --build`):
//
//   ground    JSON · Domain
//   wrappers  CSQLite CCrypto · SQLite · Crypto · Platform
//   middle    Wire · Store · Gateways · Engine
//   shell     Transport · Sandbox · Server · tilld · till
//
// No packages: Foundation and Dispatch, and two system libraries nobody should write by hand.

import PackageDescription

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) },
    swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [String], path: String? = nil) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) },
    path: path, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [String], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "till",
  targets: [
    module("JSON"),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    module("SQLite", ["CSQLite"]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    module("Crypto", ["CCrypto"]),
    module("Platform"),
    tests("JSONTests", ["JSON"], exclude: ["suite.txt", "blns.txt"]),
    tests("SQLiteTests", ["SQLite"]),
    tests("CryptoTests", ["Crypto"], exclude: ["Vectors"]),
    tests("PlatformTests", ["Platform"]),
  ],
  swiftLanguageModes: [.v6]
)
