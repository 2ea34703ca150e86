// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that nothing here is ever a dependency of the engine.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "harmonium", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .target(name: "Roofline"),
    .target(
      name: "Workloads",
      dependencies: ["Roofline", .product(name: "Boltzmann", package: "harmonium")]),
    .executableTarget(name: "compare", dependencies: ["Workloads"]),
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: ["Workloads", .product(name: "Benchmark", package: "benchmark")],
      path: "KernelBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  cLanguageStandard: .c11
)
