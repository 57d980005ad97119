// swift-tools-version: 6.2

// Till: a local payment-state daemon.
//
// Layers, lowest first; an arrow points down only and the build refuses an upward import
// (`--explicit-target-dependency-import-check error`, set by `Tests/run --build`):
//
//   ground    JSON · Domain · Reconciliation · Chance
//   wrappers  CSQLite CCrypto CZip CXlsx · SQLite · Crypto · Archive · Spreadsheet · Platform
//   middle    Wire · Store · Gateways · Intake · Engine
//   shell     Transport · Sandbox · Server · tilld · till · simulate
//
// No packages: Foundation and Dispatch, and system libraries nobody should write by hand.

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
    // ground
    module("JSON"),
    module("Domain"),
    module("Reconciliation", ["Domain", "JSON"]),
    // Seeded random numbers for the benchmark and the simulator; the daemon draws from the kernel.
    module("Chance"),
    // wrappers
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    module("SQLite", ["CSQLite"]),
    module("Crypto", ["CCrypto"]),
    module("Archive", ["CZip"]),
    module("Spreadsheet", ["CXlsx"]),
    module("Platform"),
    // middle
    module("Wire", ["Domain", "JSON"]),
    module("Store", ["Domain", "JSON", "SQLite", "Crypto"]),
    module("Gateways", ["Domain", "JSON", "Crypto"]),
    module("Intake", ["Domain", "Reconciliation", "Archive", "Platform"]),
    module(
      "Engine",
      ["Domain", "JSON", "Store", "Gateways", "Crypto", "Reconciliation", "Intake"]),
    // shell
    module("Transport", ["Gateways", "Domain"]),
    module("Sandbox", ["Domain", "JSON", "SQLite", "Crypto", "Gateways"]),
    module(
      "Server",
      [
        "Domain", "JSON", "Wire", "Engine", "Gateways", "Store", "Platform", "Crypto",
        "Reconciliation", "Intake",
      ]),
    program(
      "tilld",
      [
        "Domain", "JSON", "Wire", "Store", "Gateways", "Engine", "Transport", "Sandbox", "Server",
        "Platform", "Crypto", "Reconciliation",
      ]),
    program(
      "till",
      ["JSON", "Wire", "Domain", "Platform", "Spreadsheet", "Reconciliation", "Intake"]),
    program("generate", ["JSON"]),
    program(
      "till-bench",
      [
        "Chance", "JSON", "Platform", "Domain", "Reconciliation", "Intake", "PlantedFaults",
        "SQLite", "Crypto", "Store", "Gateways", "Engine",
      ]),
    // the simulator: a library beside the tests, and the program that runs it
    .target(
      name: "Simulation",
      dependencies: [
        "Chance", "Domain", "JSON", "SQLite", "Crypto", "Store", "Gateways", "Engine", "Sandbox",
        "Reconciliation",
      ],
      path: "Tests/Simulation", swiftSettings: settings),
    program("simulate", ["Simulation", "Platform"]),
    // tests
    .target(
      name: "Fuzz",
      dependencies: [
        "JSON", "Wire", "Gateways", "Domain", "Crypto", "Reconciliation", "Intake",
      ], path: "Tests/Fuzz", exclude: ["Seeds"], swiftSettings: settings),
    tests("FuzzTests", ["Fuzz", "JSON"]),
    tests("LayoutTests", []),
    tests("JSONTests", ["JSON"], exclude: ["suite.txt", "blns.txt"]),
    tests("DomainTests", ["Domain"]),
    .target(
      name: "PlantedFaults", dependencies: ["Reconciliation", "Domain", "Chance"],
      path: "Tests/PlantedFaults", swiftSettings: settings),
    tests(
      "ReconciliationTests", ["Reconciliation", "PlantedFaults", "Domain", "JSON", "Chance"]),
    tests("SQLiteTests", ["SQLite"]),
    tests("CryptoTests", ["Crypto"], exclude: ["Vectors"]),
    tests("ArchiveTests", ["Archive"]),
    tests(
      "IntakeTests",
      ["Intake", "Reconciliation", "Archive", "Domain", "Platform", "PlantedFaults"]),
    tests("PlatformTests", ["Platform"]),
    tests("WireTests", ["Wire", "JSON", "Domain", "generate"]),
    tests("StoreTests", ["Store", "Domain", "SQLite", "JSON", "Crypto"]),
    tests("GatewaysTests", ["Gateways", "Domain", "JSON", "Crypto"], exclude: ["Vectors"]),
    tests(
      "EngineTests",
      [
        "Engine", "Store", "Gateways", "Domain", "JSON", "Crypto", "SQLite", "Reconciliation",
        "Intake",
      ],
      exclude: ["Explanation/sentences.txt"]),
    tests("TransportTests", ["Transport", "Gateways", "Domain"]),
    tests("SandboxTests", ["Sandbox", "Gateways", "Domain", "JSON", "SQLite"]),
    tests("BenchTests", ["till-bench", "Chance"]),
    tests("SimulationTests", ["Simulation", "Domain", "Store", "Engine"]),
    tests(
      "TillTests",
      ["till", "JSON", "Wire", "Domain", "Platform", "PlantedFaults", "Reconciliation"]),
    tests(
      "ServerTests",
      [
        "Server", "Wire", "JSON", "Platform", "Domain", "Engine", "Store", "Gateways", "Crypto",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings `main`, so this one links under its sanitizer only; `Tests/fuzz` builds it.
if Context.environment["TILL_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "till-fuzz", dependencies: ["Fuzz"], path: "Tests/FuzzProgram",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
