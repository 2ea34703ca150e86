import Foundation
import Testing

/// `render` and `update` are killed at random moments: every file is the old one or the new one.
///
/// HARMONIUM_KILLS says how often; a few times without it.
@Suite(.serialized) struct KillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["HARMONIUM_KILLS"].flatMap(Int.init) ?? 8
  private static let names = ["a", "b", "c", "d"]

  /// Long enough that writing takes a while, and different in every line of its results.
  private func notebook(_ weight: String) -> String {
    let cells = (0..<20).map { number in
      "```{machine} m\(number)\n:visible: a b c d e\n\na -- b: \(weight)\nc -- d: \(weight)\n```\n\n"
        + "```{energy-table} m\(number)\n```\n"
    }
    return "# Weight \(weight)\n\n" + cells.joined(separator: "\n")
  }

  /// Starts the command and kills it after so many seconds; whether it was still running.
  private func kill(_ arguments: [String], in folder: ScratchFolder, after seconds: Double) throws
    -> Bool
  {
    let process = Process()
    process.executableURL = Harmonium.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    let wasRunning = process.isRunning
    if wasRunning { _ = Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return wasRunning
  }

  private func duration(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let parts = (ContinuousClock.now - start).components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }

  private func expectOldOrNew(
    _ folder: ScratchFolder, _ path: String, _ old: [String: [UInt8]], _ new: [String: [UInt8]]
  ) throws -> Int {
    var renewed = 0
    for name in Self.names {
      let bytes = try #require(folder.bytes(of: "\(path)/\(name).md"))
      #expect(bytes == old[name] || bytes == new[name])
      if bytes == new[name] { renewed += 1 }
    }
    let visible = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appendingPathComponent(path).path
    ).filter { !$0.hasPrefix(".") }
    #expect(visible.sorted() == Self.names.map { "\($0).md" })
    return renewed
  }

  private func outputs(_ folder: ScratchFolder, _ path: String) -> [String: [UInt8]] {
    Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, folder.bytes(of: "\(path)/\($0).md") ?? []) })
  }

  @Test func render() throws {
    let folder = try ScratchFolder()
    for name in Self.names { try folder.write(notebook("1.5"), to: "old/\(name).md") }
    for name in Self.names { try folder.write(notebook("2.5"), to: "new/\(name).md") }
    _ = try folder.run("render", "old", "-o", "out")
    let old = outputs(folder, "out")
    let time = try duration { _ = try folder.run("render", "new", "-o", "out") }
    let new = outputs(folder, "out")
    try #require(old["a"] != new["a"])
    try killRepeatedly(time) { seconds in
      for name in Self.names { try folder.write(old[name] ?? [], to: "out/\(name).md") }
      let wasRunning = try kill(["render", "new", "-o", "out"], in: folder, after: seconds)
      return (wasRunning, try expectOldOrNew(folder, "out", old, new))
    }
  }

  @Test func update() throws {
    let folder = try ScratchFolder()
    for name in Self.names { try folder.write(notebook("1.5"), to: "in/\(name).md") }
    let old = outputs(folder, "in")
    let time = try duration { _ = try folder.run("update", "in") }
    let new = outputs(folder, "in")
    try #require(old["a"] != new["a"])
    try killRepeatedly(time) { seconds in
      for name in Self.names { try folder.write(old[name] ?? [], to: "in/\(name).md") }
      let wasRunning = try kill(["update", "in"], in: folder, after: seconds)
      return (wasRunning, try expectOldOrNew(folder, "in", old, new))
    }
  }

  /// Moments spread over the whole run by a fixed sequence, so that they fall everywhere.
  private func killRepeatedly(_ time: Double, _ body: (Double) throws -> (Bool, Int)) throws {
    var state: UInt64 = 35
    var killed = 0
    var mixed = 0
    for _ in 0..<Self.kills {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let share = Double(state >> 11) / Double(1 << 53)
      let (wasRunning, renewed) = try body(time * 1.1 * share)
      killed += wasRunning ? 1 : 0
      mixed += (1..<Self.names.count).contains(renewed) ? 1 : 0
    }
    #expect(killed > 0)
    if Self.kills >= 100 {
      print("\(Self.kills) kills: \(killed) while it ran, \(mixed) with some files old, some new")
    }
  }
}
