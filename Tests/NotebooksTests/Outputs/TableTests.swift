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

  @Test func noMoreRowsAreShownThanThereAre() {
    #expect(table.shownRows == 2 && table.rowCount == 2)
    #expect(Table([]).rowCount == 0 && Table([]).shownRows == 0)
    #expect(Table(table.columns, shownRows: 1).shownRows == 1)
  }
}
