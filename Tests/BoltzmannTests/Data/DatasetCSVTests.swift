import Boltzmann
import Testing

struct DatasetCSVTests {
  @Test func numbersBecomeRows() throws {
    let data = try Dataset(csv: "0,1.5, -2e1\n3,\t4 ,.5\n")
    #expect(data.values == [0, 1.5, -20, 3, 4, 0.5])
    #expect(data.unitCount == 3 && data.labels == nil)
  }

  @Test func labelsAreTakenOut() throws {
    let data = try Dataset(csv: "0,16,3\n8,0,7", labelColumn: 3)
    #expect(data.values == [0, 16, 8, 0] && data.labels == [3, 7])
    #expect(try Dataset(csv: "5,1\n6,2", labelColumn: 1).labels == [5, 6])
  }

  @Test func lineEndsAndMarksDoNotMatter() throws {
    let plain = try Dataset(csv: "1,2\n3,4\n")
    for text in ["\u{FEFF}1,2\n3,4", "1,2\r\n3,4\r\n", "\n1,2\n\n3,4\n \n"] {
      #expect(try Dataset(csv: text) == plain)
    }
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}", " \r\n"])
  func textWithoutDataIsRefused(text: String) {
    #expect(throws: CSVError.empty) { try Dataset(csv: text) }
  }

  @Test func raggedLinesAreNamed() {
    #expect(throws: CSVError.ragged(line: 3, fields: 3, expected: 2)) {
      try Dataset(csv: "1,2\n\n3,4,5\n")
    }
    #expect(throws: CSVError.ragged(line: 2, fields: 1, expected: 2)) {
      try Dataset(csv: "1,2\r\n3\r\n")
    }
  }

  @Test(arguments: ["x", "", "nan", "inf", "0x10", "1e999", "1 2", "1.2.3", "½", "--1", "e"])
  func fieldsThatAreNoNumbersAreNamed(text: String) {
    #expect(throws: CSVError.notANumber(line: 2, column: 2, text: text)) {
      try Dataset(csv: "1,2,3\n4,\(text),6\n")
    }
  }

  @Test func wrongLabelsAreNamed() {
    #expect(throws: CSVError.labelNotWhole(line: 1, column: 2, text: "0.5")) {
      try Dataset(csv: "1,0.5", labelColumn: 2)
    }
    for column in [0, 3] {
      #expect(throws: CSVError.noSuchColumn(column, columnCount: 2)) {
        try Dataset(csv: "1,2", labelColumn: column)
      }
    }
    #expect(throws: CSVError.noSuchColumn(1, columnCount: 1)) {
      try Dataset(csv: "1\n2", labelColumn: 1)
    }
    #expect(
      "\(CSVError.ragged(line: 3, fields: 3, expected: 2))"
        == "Line 3 has 3 fields, but the first line has 2.")
  }
}
