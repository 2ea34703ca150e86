import Foundation
import Testing

/// Runs that are interrupted and started again give the bytes of one that was left alone.
///
/// With HARMONIUM_KILLS=50 in the environment (`make kills`) there are as many interruptions.
@Suite(.serialized) struct InterruptionTests {
  private static let notebook = """
    ```{dataset} bars
    :bars-and-stripes: 4
    ```

    ```{rbm} r
    :visible: 16
    :hidden: 12
    ```

    ```{train} r
    :data: bars
    :algorithm: pcd
    :chains: 20
    :batch: 5
    :epochs: 200
    :record: 200
    :rate: 0.02
    :momentum: 0.5
    :centering: true
    :columns: norm drop likelihood
    :name: one
    :save: models/one.safetensors
    ```

    ```{train} r
    :data: bars
    :algorithm: pt
    :chains: 4
    :rungs: 3
    :to: 3
    :epochs: 30
    :record: 60
    :rate: 0.02
    :seeds: 2
    :columns: norm likelihood
    :name: many
    :save: models/many.safetensors
    ```

    """

  /// Checkpoints as often as can be.
  private static let environment = ["HARMONIUM_CHECKPOINTS": "0"]
  private static let arguments = ["render", "n.md", "-o", "out", "--store", "store"]
  private static let files = ["out/n.md", "models/one.safetensors", "models/many.safetensors"]

  private static var kills: Int {
    ProcessInfo.processInfo.environment["HARMONIUM_KILLS"].flatMap { Int($0) } ?? 5
  }

  /// What an undisturbed run without a store gives.
  private func expected() throws -> [[UInt8]?] {
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "n.md")
    #expect(try folder.run("render", "n.md", "-o", "out", "--no-store").exitCode == 0)
    return Self.files.map { folder.bytes(of: $0) }
  }

  private func start(in folder: ScratchFolder) throws -> Process {
    let process = Process()
    process.executableURL = Harmonium.executable
    process.arguments = Self.arguments
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(Self.environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Interrupts runs at moments that differ from run to run, until so many were interrupted or one
  /// has ended; returns how many were.
  private func interrupt(
    _ folder: ScratchFolder, times: Int, _ signal: Int32, output: [UInt8]?
  ) throws -> Int {
    for number in 0..<times {
      let process = try start(in: folder)
      // Golden ratio: moments that spread evenly over 30 … 330 ms.
      let phase = (Double(number) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
      Thread.sleep(forTimeInterval: 0.03 + 0.3 * phase)
      let wasRunning = process.isRunning
      if wasRunning { kill(process.processIdentifier, signal) }
      process.waitUntilExit()
      if process.terminationReason == .exit { return number }
      #expect(process.terminationStatus == signal)
      let written = folder.bytes(of: "out/n.md")
      #expect(written == nil || written == output, "half of the output")
    }
    return times
  }

  private func finish(_ folder: ScratchFolder) throws -> Harmonium.Result {
    try Harmonium.run(Self.arguments, in: folder.url, environment: Self.environment)
  }

  @Test(arguments: [SIGKILL, SIGINT]) func theBytesAreThoseOfAnUndisturbedRun(
    _ signal: Int32
  ) throws {
    let expected = try expected()
    var left = Self.kills
    while left > 0 {
      let folder = try ScratchFolder()
      try folder.write(Self.notebook, to: "n.md")
      let interrupted = try interrupt(folder, times: left, signal, output: expected[0])
      left -= max(1, interrupted)
      let result = try finish(folder)
      #expect(result.errors == "")
      #expect(result.exitCode == 0)
      #expect(Self.files.map { folder.bytes(of: $0) } == expected)
    }
  }

  /// What is damaged in a store costs work, and nothing else.
  @Test func damagedCheckpointsAreIgnored() throws {
    let expected = try expected()
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "n.md")
    _ = try interrupt(folder, times: 1, SIGKILL, output: expected[0])
    for (path, bytes) in folder.contents where path.hasPrefix("store/v1/") && bytes.count > 8 {
      var changed = bytes
      changed[changed.count / 2] ^= 1
      try folder.write(changed, to: path)
    }
    #expect(try finish(folder).exitCode == 0)
    #expect(Self.files.map { folder.bytes(of: $0) } == expected)
  }

  /// Two processes that share a store do not get in each other's way.
  @Test func twoAtOnce() throws {
    let expected = try expected()
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "n.md")
    let other = try start(in: folder)
    let result = try finish(folder)
    other.waitUntilExit()
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    #expect(other.terminationStatus == 0)
    #expect(Self.files.map { folder.bytes(of: $0) } == expected)
  }
}
