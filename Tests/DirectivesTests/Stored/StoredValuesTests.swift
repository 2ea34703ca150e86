import Boltzmann
import Foundation
import Testing

@testable import Directives
@testable import Notebooks

/// Models and data come back from the store as they were, so that nothing is learned twice.
@Suite struct StoredValuesTests {
  private static let cells = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} small
    :visible: 4
    :hidden: 3
    :weights: normal 0 1
    ```

    ```{train} small
    :data: bars
    :epochs: 3
    :columns: likelihood
    :name: learned
    ```

    ```{machine} net
    :visible: a b

    a -- b: 1.5
    a: -0.25
    ```

    ```{ising} spins
    :size: 2x2
    ```

    ```{hopfield} memory
    :patterns: bars
    ```

    ```{sample} net
    :sweeps: 50
    :name: draws
    ```

    """

  private static let readers = """
    ```{activity} learned
    ```

    ```{energy-table} net
    ```

    ```{thermodynamics} spins
    ```

    ```{attractors} memory
    ```

    {eval}`Z(net)` {eval}`learned.likelihood[last]` {eval}`p(net, a=1 | b=1)`

    """

  private func run(_ text: String, _ store: Store?) -> Report {
    let registry = Registry.harmonium
    let notebook = Notebook(Array(text.utf8), file: "n.md", directives: registry.names)
    return Run(threads: 2, store: store).report(on: Plan(notebook, registry: registry))
  }

  private func shown(_ report: Report) -> [String] {
    report.results.map(Self.shown) + report.diagnostics.map(\.description)
  }

  private static func shown(_ result: CellResult) -> String {
    switch result {
    case .prose: "prose"
    case .outputs(let outputs, let call, _):
      "\(call.name.string) \(outputs.map { StoreWriter.bytes(of: $0) })"
    case .inline(let text, _): text
    case .skipped: "skipped"
    case .failed: "failed"
    }
  }

  @Test func readersOfStoredValuesGiveTheSame() {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-values-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = Store(folder: folder)
    let first = run(Self.cells, store)
    #expect(first.diagnostics.map(\.description) == [])
    #expect(first.cellsRun == 7)
    let with = run(Self.cells + Self.readers, store)
    let without = run(Self.cells + Self.readers, nil)
    #expect(shown(with) == shown(without))
    // The readers, their formulas, and the Hopfield net, which is not kept.
    #expect(with.diagnostics.map(\.description) == [])
    #expect(with.cellsRun == 4 + 3 + 1)
    #expect(run(Self.cells + Self.readers, store).cellsRun == 0)
  }

  private func back<Value: Storable>(_ value: Value) throws -> Value {
    let bytes = StoreWriter.bytes(of: value)
    for count in 0..<bytes.count {
      #expect(throws: StoreFormatError.self) {
        try StoreReader.value(Value.self, from: Array(bytes.prefix(count)))
      }
    }
    return try StoreReader.value(Value.self, from: bytes)
  }

  @Test func data() throws {
    let shape = Dataset.ImageShape(height: 1, width: 2)
    for data in [
      Dataset(values: [0, 1, 1, 0, 0, 0], unitCount: 2, labels: [3, -1, 0], imageShape: shape),
      Dataset(values: [0.5, -1], unitCount: 1), Dataset(values: [], unitCount: 3),
      Dataset(values: (0..<130).map { $0 % 3 == 0 ? 1 : 0 }, unitCount: 130),
    ] {
      #expect(try back(data) == data)
    }
    // A zero with a sign is no bit.
    let signed = try back(Dataset(values: [-0.0, 1], unitCount: 2))
    #expect(signed.values[0].sign == .minus)
  }

  @Test func machines() throws {
    let machine = try BoltzmannMachine(
      unitCount: 4, edges: [.init(2, 0, 1.25), .init(1, 3, 0), .init(0, 1, -3)],
      biases: [0, -0.5, 1e-300, 2], visibleCount: 3)
    #expect(try back(machine) == machine)
    for units in [VisibleUnits.binary, .gaussian] {
      let rbm = RestrictedBoltzmannMachine(
        visibleCount: 3, hiddenCount: 2, weights: .normal(mean: 0, standardDeviation: 1),
        visibleUnits: units, stream: RandomStream(key: 5))
      #expect(try back(rbm) == rbm)
    }
    for distribution in [
      ParameterDistribution.constant(2), .normal(mean: 1, standardDeviation: 0.5),
    ] {
      #expect(try back(distribution) == distribution)
    }
  }
}
