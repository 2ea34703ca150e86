import Numerals
import Testing

@testable import Notebooks

@Suite struct TableTests {
  private let table = Table(
    [
      Table.Column("s", heading: "state", .text(["a", "b"]), isKey: true),
      Table.Column("p", .numbers([0.25, nil], .fixed(3))),
    ], shownRows: 9)

  @Test func cellsAsPrinted() {
    #expect(table.text(row: 0, column: 1) == "0.250")
    #expect(table.text(row: 1, column: 1) == "")
    #expect(table.text(row: 1, column: 0) == "b")
  }

  @Test func columnsByKey() {
    #expect(table["p"]?.heading == "p")
    #expect(table["state"] == nil)
    #expect(table.numberKeys == ["p"])
  }

  /// What is computed keeps its key, so that no name of a unit can stand in for it.
  @Test func keysAreToldApart() {
    func columns(_ keys: String..., isKey: Bool) -> [Table.Column] {
      keys.map { Table.Column($0, .text([$0]), isKey: isKey) }
    }
    let table = Table(columns("p", "a", "p_", isKey: true) + columns("p", isKey: false))
    #expect(table.columns.map(\.key) == ["p__", "a", "p_", "p"])
    #expect(table.columns.map(\.heading) == ["p", "a", "p_", "p"])
    #expect(table["p"]?.isKey == false)
  }

  @Test func noMoreRowsAreShownThanThereAre() {
    #expect(table.shownRows == 2 && table.rowCount == 2)
    #expect(Table([]).rowCount == 0 && Table([]).shownRows == 0)
    #expect(Table(table.columns, shownRows: 1).shownRows == 1)
  }
}
