import Foundation
import Testing

/// Runs that are interrupted and started again give the bytes of one that was left alone.
///
/// With HARMONIUM_KILLS=50 in the environment (`make kills`) there are as many interruptions of each
/// kind of training.
@Suite(.serialized) struct InterruptionTests {
  /// Checkpoints as often as can be.
  private static let environment = ["HARMONIUM_CHECKPOINTS": "0"]
  private static let arguments = ["render", "n.md", "-o", "out", "--store", "store"]

  private static let kills =
    ProcessInfo.processInfo.environment["HARMONIUM_KILLS"].flatMap { Int($0) } ?? 3

  /// What an undisturbed run without a store gives, and how long it takes.
  private func undisturbed(
    _ training: LongTraining
  ) throws -> (files: [String: [UInt8]], seconds: Double) {
    let folder = try ScratchFolder()
    try folder.write(training.notebook, to: "n.md")
    let start = ContinuousClock.now
    let result = try folder.run("render", "n.md", "-o", "out", "--no-store")
    let time = (ContinuousClock.now - start).components
    #expect(result.errors == "")
    try #require(result.exitCode == 0)
    return (outputs(folder), Double(time.seconds) + Double(time.attoseconds) * 1e-18)
  }

  /// All that was written but the store.
  /// All files but the store's and those, hidden, that a killed process had not put in place yet.
  private func outputs(_ folder: ScratchFolder) -> [String: [UInt8]] {
    folder.contents.filter { file in
      !file.key.hasPrefix("store/") && file.key != "store"
        && !file.key.split(separator: "/").contains { $0.hasPrefix(".") }
    }
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

  private func finish(_ folder: ScratchFolder) throws -> Harmonium.Result {
    try Harmonium.run(Self.arguments, in: folder.url, environment: Self.environment)
  }

  /// Kills runs at moments spread over `seconds`, until so many were killed or one has ended; returns
  /// how many were.
  private func kill(
    _ folder: ScratchFolder, runs: Range<Int>, over seconds: Double, output: [UInt8]?
  ) throws -> Int {
    for number in runs {
      let process = try start(in: folder)
      // Golden ratio: moments that spread evenly.
      let share = (Double(number + 1) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
      Thread.sleep(forTimeInterval: seconds * share)
      // Nothing that a program could prepare for: what holds here holds for Ctrl-C too.
      if process.isRunning { _ = Foundation.kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      if process.terminationReason == .exit { return number - runs.lowerBound }
      #expect(process.terminationStatus == SIGKILL)
      let written = folder.bytes(of: "out/n.md")
      #expect(written == nil || written == output, "half of the output")
    }
    return runs.count
  }

  @Test(arguments: LongTraining.all) func theBytesAreThoseOfAnUndisturbedRun(
    _ training: LongTraining
  ) throws {
    let (expected, seconds) = try undisturbed(training)
    var (done, killed) = (0, 0)
    while done < Self.kills {
      let folder = try ScratchFolder()
      try folder.write(training.notebook, to: "n.md")
      let new = try kill(
        folder, runs: done..<Self.kills, over: seconds, output: expected["out/n.md"])
      (done, killed) = (done + max(1, new), killed + new)
      let result = try finish(folder)
      #expect(result.errors == "")
      #expect(result.exitCode == 0)
      #expect(outputs(folder) == expected)
    }
    #expect(killed > 0)
    if Self.kills >= 50 { print("\(training): killed \(killed) times") }
  }

  /// What is damaged in a store costs work, and nothing else.
  @Test func damagedCheckpointsAreIgnored() throws {
    let (expected, seconds) = try undisturbed(.rbm)
    let folder = try ScratchFolder()
    try folder.write(LongTraining.rbm.notebook, to: "n.md")
    _ = try kill(folder, runs: 0..<1, over: seconds, output: expected["out/n.md"])
    for (path, bytes) in folder.contents where path.hasPrefix("store/v1/") && bytes.count > 8 {
      var changed = bytes
      changed[changed.count / 2] ^= 1
      try folder.write(changed, to: path)
    }
    #expect(try finish(folder).exitCode == 0)
    #expect(outputs(folder) == expected)
  }

  /// A notebook that was changed since is not mixed up with what it was.
  @Test func checkpointsOfOtherSettingsAreIgnored() throws {
    var changed = LongTraining.wakeSleep
    let (_, seconds) = try undisturbed(changed)
    let folder = try ScratchFolder()
    try folder.write(changed.notebook, to: "n.md")
    _ = try kill(folder, runs: 0..<1, over: seconds, output: nil)
    changed.notebook = changed.notebook.replacingOccurrences(of: ":rate: 0.05", with: ":rate: 0.04")
    try folder.write(changed.notebook, to: "n.md")
    #expect(try finish(folder).exitCode == 0)
    #expect(try outputs(folder) == undisturbed(changed).files)
  }

  /// Two processes that share a store do not get in each other's way.
  @Test func twoAtOnce() throws {
    let expected = try undisturbed(.rbm).files
    let folder = try ScratchFolder()
    try folder.write(LongTraining.rbm.notebook, to: "n.md")
    let other = try start(in: folder)
    let result = try finish(folder)
    other.waitUntilExit()
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    #expect(other.terminationStatus == 0)
    #expect(outputs(folder) == expected)
  }
}
