import Boltzmann
import Testing

struct EdgeListTests {
  @Test func linesAreEdgesAndBiases() throws {
    let list = try EdgeList(
      "# a machine\n1 2 0.5\r\n\n  3\t1  -2e-1 # the last\n2 2 7\n% end\n")
    #expect(list.unitCount == 3)
    #expect(list.edges == [.init(0, 1, 0.5), .init(0, 2, -0.2)])
    #expect(list.biases == [0, 7, 0])
    let machine = try BoltzmannMachine(
      unitCount: list.unitCount, edges: list.edges, biases: list.biases)
    #expect(machine.energy(of: BitVector([true, true, false])) == -7.5)
  }

  @Test func unitsCountFromZeroWhereThereIsAZero() throws {
    #expect(try EdgeList("0 1 1\n2 1 1").edges == [.init(0, 1, 1), .init(1, 2, 1)])
    #expect(try EdgeList("0 1 1\n2 1 1").unitCount == 3)
    #expect(try EdgeList("0 1 1").firstUnit == 0 && EdgeList("1 2 1").firstUnit == 1)
    #expect(try EdgeList("4 2 1").unitCount == 4)
  }

  /// The G-set: the number of units and edges first.
  @Test func theFirstLineMayCount() throws {
    let list = try EdgeList("5 2\n1 2 1\n2 4 -1\n")
    #expect(list.unitCount == 5 && list.edges == [.init(0, 1, 1), .init(1, 3, -1)])
    #expect(try EdgeList("5 1\n0 4 1\n").edges == [.init(0, 4, 1)])
  }

  @Test(arguments: [
    ("", EdgeListError.empty),
    ("# nothing\n\n", .empty),
    ("3 0\n", .empty),
    ("1 2 3\n1 3", .fieldCount(line: 2, fields: 2)),
    ("1 2 3 4", .fieldCount(line: 1, fields: 4)),
    ("7", .fieldCount(line: 1, fields: 1)),
    ("1 b 3", .notAUnit(line: 1, text: "b")),
    ("-1 2 3", .notAUnit(line: 1, text: "-1")),
    ("1.0 2 3", .notAUnit(line: 1, text: "1.0")),
    ("99999999999999999999 2 3", .notAUnit(line: 1, text: "99999999999999999999")),
    ("1 1048577 3", .tooManyUnits(line: 1, unit: 1_048_577)),
    ("1 2 nan", .notANumber(line: 1, text: "nan")),
    ("1 2 0x1p3", .notANumber(line: 1, text: "0x1p3")),
    ("1 2 1e999", .notANumber(line: 1, text: "1e999")),
    ("# first\n1 2 3\n2 3 1\n2 1 3", .repeated(line: 4, firstLine: 2)),
    ("1 1 3\n1 1 3", .repeated(line: 2, firstLine: 1)),
    ("3 1\n1 4 1", .noSuchUnit(line: 2, unit: 4, unitCount: 3)),
    ("3 1\n0 3 1", .noSuchUnit(line: 2, unit: 3, unitCount: 3)),
    ("3 2\n1 2 1", .lineCount(1, expected: 2)),
  ])
  func mistakesAreNamed(text: String, error: EdgeListError) {
    #expect(throws: error) { try EdgeList(text) }
    #expect(error.description.hasSuffix("."))
  }
}
