import Testing

@testable import Boltzmann

@Suite struct BitMatrixTests {
  @Test(arguments: [1, 63, 64, 65, 130])
  func keepsEveryBit(columns: Int) {
    let matrix = BitMatrix(rows: 3, columns: columns) { ($0 + $1).isMultiple(of: 3) }
    for row in 0..<3 {
      for column in 0..<columns {
        #expect(matrix[row, column] == (row + column).isMultiple(of: 3))
      }
    }
    #expect(BitMatrix(rows: (0..<3).map(matrix.row)) == matrix)
    #expect(matrix.storage.onCount(0) == (columns + 2) / 3)
  }

  @Test func copiesAreIndependent() {
    var one = BitMatrix(rows: 1, columns: 70)
    let other = one
    one[0, 69] = true
    #expect(one[0, 69] && !other[0, 69])
    one[0, 69] = false
    #expect(one == other)
  }
}
