import Boltzmann
import Foundation
import Testing

/// Files that Python's safetensors has written, and files for it to read.
///
/// `make interop` has both made anew: HARMONIUM_FIXTURES names the folder with Python's files in place
/// of the committed ones, HARMONIUM_INTEROP the one that ours go to.
@Suite struct InteropTests {
  private static let fixtures =
    ProcessInfo.processInfo.environment["HARMONIUM_FIXTURES"].map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  private func fixture(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.fixtures.appendingPathComponent("\(name).safetensors")))
  }

  @Test func everyTensorOfPythonHasTheSameBits() throws {
    let file = try TensorFile(parsing: fixture("tensors"))
    #expect(file.metadata == ["é": "\n\t\"\\ 😀", "b": ""])
    #expect(file.tensors.count == 10)
    #expect(file["f32"]?.shape == [5, 3])
    #expect(file["f32"]?.floats == (0..<15).map { (Float($0) - 7) / 3 })
    #expect(
      file["f32 special"]?.floats?.map(\.bitPattern) == [
        0, 0x8000_0000, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 1, 0x7F7F_FFFF,
      ])
    let extremes = [0.1, -2.5e-308, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    #expect(file["f64"]?.doubles == extremes)
    #expect(file["i64"]?.integers == [.min, -1, 0, .max])
    #expect(file["u8"]?.bytes.elementsEqual(0...255) == true)
    #expect(file["u8"]?.shape == [2, 128])
    #expect(file["f16"]?.element == .float16)
    #expect(file["i32"]?.shape == [1, 1, 2])
    #expect(file["empty"]?.shape == [0, 4])
    #expect(file["empty"]?.floats == [])
    #expect(file["scalar"]?.shape == [])
    #expect(file["scalar"]?.floats == [2.5])
    #expect(file["é 😀 \"quoted\" \\"]?.doubles == [1])
  }

  private var machine: RestrictedBoltzmannMachine {
    get throws {
      try RestrictedBoltzmannMachine(
        weights: Matrix(rows: 4, columns: 3) { Float(3 * $0 + $1 - 6) / 8 },
        visibleBiases: [1, -0.5, 0.25, 0], hiddenBiases: [-1, 2, 0.125])
    }
  }

  @Test(arguments: ["scikit-learn", "torch"]) func machinesOfOthers(_ name: String) throws {
    let read = try RestrictedBoltzmannMachine(ModelRecord(parsing: fixture(name)))
    #expect(try read == machine)
  }

  /// What was read from Python goes back as it was.
  @Test func theWayBack() throws {
    let general = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 0.1), .init(1, 2, -2)], biases: [0, 0.3, -1])
    let deep = try DeepBeliefNet(stacking: [machine, machine.transposed])
    let hopfield = try HopfieldNetwork(patterns: [BitVector([true, false, true, true])])
    let files = [
      ("tensors", try TensorFile(parsing: fixture("tensors")).bytes),
      ("rbm", try machine.record.bytes), ("machine", general.record.bytes),
      ("deep", deep.record.bytes), ("hopfield", hopfield.record.bytes),
    ]
    #expect(try TensorFile(parsing: files[0].1).tensors.count == 10)
    guard let folder = ProcessInfo.processInfo.environment["HARMONIUM_INTEROP"] else { return }
    for (name, bytes) in files {
      let url = URL(fileURLWithPath: folder).appendingPathComponent("\(name).safetensors")
      try Data(bytes).write(to: url)
    }
  }
}
