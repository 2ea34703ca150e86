// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

#if os(macOS)
  // Homebrew's folders are not where the compiler looks by itself.
  let cmarkPkgConfig: String? = "libcmark"
#else
  let cmarkPkgConfig: String? = nil
#endif

let package = Package(
  name: "harmonium",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Boltzmann", targets: ["Boltzmann"]),
    .executable(name: "harmonium", targets: ["harmonium"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
  ],
  targets: [
    // MARK: Engine: knows no notebook.
    .target(name: "CKernels"),
    .target(
      name: "Boltzmann",
      dependencies: ["CKernels", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),

    // MARK: Documents: know no engine.
    .systemLibrary(
      name: "CCmark", pkgConfig: cmarkPkgConfig,
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .target(name: "Markdown", dependencies: ["CCmark"], swiftSettings: settings),
    .target(name: "Numerals", swiftSettings: settings),
    .target(name: "Plots", dependencies: ["Numerals"], swiftSettings: settings),
    .target(
      name: "Notebooks",
      dependencies: [
        "Markdown", "Numerals", "Plots", .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(
      name: "Rendering", dependencies: ["Notebooks", "Numerals", "Plots"],
      exclude: ["Reports/report-1.schema.json"],
      swiftSettings: settings),

    // MARK: Where engine and documents meet.
    .target(
      name: "Directives", dependencies: ["Boltzmann", "Notebooks", "Numerals", "Plots"],
      swiftSettings: settings),
    .executableTarget(
      name: "harmonium",
      dependencies: [
        "Directives", "Notebooks", "Rendering",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // MARK: Tests, one target per source target.
    .target(
      name: "TestSupport", path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels"], exclude: ["Twins"]),
    .testTarget(
      name: "BoltzmannTests", dependencies: ["Boltzmann"], exclude: ["Storage/Fixtures"],
      swiftSettings: settings),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown"], swiftSettings: settings),
    .testTarget(name: "NumeralsTests", dependencies: ["Numerals"], swiftSettings: settings),
    .testTarget(name: "PlotsTests", dependencies: ["Plots"], swiftSettings: settings),
    .testTarget(
      name: "NotebooksTests", dependencies: ["Notebooks", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "RenderingTests",
      dependencies: ["Rendering", "Notebooks", "Numerals", "Plots", "TestSupport"],
      exclude: ["Goldens"], swiftSettings: settings),
    .testTarget(
      name: "DirectivesTests",
      dependencies: ["Boltzmann", "Directives", "Notebooks", "Rendering", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["harmonium", "TestSupport"],
      exclude: ["Pass", "Fail"], swiftSettings: settings),
  ],
  cLanguageStandard: .c11
)
