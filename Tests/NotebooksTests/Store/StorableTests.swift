import Plots
import Testing

@testable import Notebooks

/// Everything that is shown comes back equal in every bit, and bytes that are none do no harm.
@Suite struct StorableTests {
  private static let odd: [Double] = [
    0, -0.0, 1.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    0.1 + 0.2,
  ]

  private static let outputs: [Output] = [
    .sentence("z \u{1F600} | `x`\n"),
    .table(
      Table(
        [
          .init("a", heading: "A", .numbers([1, nil, -0.0], .fixed(2)), isKey: true),
          .init("b", .text(["x", "", "ÄÖ"])), .init("c", .numbers([nil, 2, 3], .pValue)),
          .init("d", .numbers([1, 2, 3], .scientific(3))),
          .init("e", .numbers([1, 2, 3], .significant(4))),
        ], shownRows: 2)),
    .table(Table([])),
    .derivation(Derivation([.init("why", latex: "a", text: "b")], notation: .text)),
    .derivation(Derivation([], notation: .latex)),
    .images(
      ImageStrip(
        title: "t", images: [RasterImage(label: "1", height: 1, width: 9, values: odd)],
        domain: -1...1)),
    .plot(
      Plot(
        title: nil, x: Axis("x", domain: 0...2, scale: .log), y: Axis("y"),
        marks: [
          .line(Series("s", x: odd, y: odd)), .points(Series("", points: [])),
          .bars(
            Bars(
              categories: ["a", "b"],
              series: [
                .init("s", values: [1, 2], errors: [0.1, 0.2]), .init("t", values: [3, 4]),
              ],
              notes: ["n"])),
          .histogram(Histogram(values: [1, 2, 2.5, .nan], bins: 4)),
          .rule(Rule(.horizontal, at: 1, label: "r")), .rule(Rule(.vertical, at: 2, label: "")),
        ])),
  ]

  /// NaN is not equal to itself; bytes are.
  @Test(arguments: outputs) func outputsComeBack(output: Output) throws {
    let bytes = StoreWriter.bytes(of: output)
    let back = try StoreReader.value(Output.self, from: bytes)
    #expect(StoreWriter.bytes(of: back) == bytes)
    #expect("\(back)" == "\(output)")
  }

  @Test(arguments: outputs) func whatIsCutOffIsNone(output: Output) {
    let bytes = StoreWriter.bytes(of: output)
    for count in 0..<bytes.count {
      #expect(throws: StoreFormatError.self) {
        try StoreReader.value(Output.self, from: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: StoreFormatError.self) {
      try StoreReader.value(Output.self, from: bytes + [0])
    }
  }

  /// Whatever a byte is changed to, reading ends with a value or an error.
  @Test(arguments: outputs) func whatIsForgedDoesNoHarm(output: Output) {
    let bytes = StoreWriter.bytes(of: output)
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var forged = bytes
        forged[index] = value
        _ = try? StoreReader.value(Output.self, from: forged)
      }
    }
  }

  @Test func tablesComeBackAsValues() throws {
    let table = Table([.init("n", .numbers([1, 2], .fixed(1)))])
    let values: [String: any Value] = [
      "a": TableResult(table, figures: [("x", -0.0), ("y", .nan)]), "b": TableResult(table),
    ]
    let bytes = try #require(Registry.probes.bytes(of: values))
    let back = try #require(Registry.probes.values(from: bytes))
    #expect(back.keys.sorted() == ["a", "b"])
    let a = try #require(back["a"] as? TableResult)
    #expect(a.table == table)
    #expect(a.figures.map(\.name) == ["x", "y"])
    #expect(a.figures.map(\.value.bitPattern) == [(-0.0).bitPattern, Double.nan.bitPattern])
  }

  @Test func valuesOfOtherTypesAreNotKept() {
    let table = Table([.init("n", .numbers([1], .fixed(1)))])
    #expect(Registry.probes.bytes(of: ["a": OpaqueTable(table: table)]) == nil)
    #expect(
      Registry.probes.bytes(of: ["a": OpaqueTable(table: table), "b": TableResult(table)]) == nil)
    #expect(Registry.probes.bytes(of: [:]) == nil)
  }
}
