import Testing

@testable import Boltzmann

@Suite struct MatrixTests {
  @Test func keepsEntriesAndNoPadding() {
    let matrix = Matrix(rows: 3, columns: 17) { Float($0 * 100 + $1) }
    #expect(matrix.rowCount == 3 && matrix.columnCount == 17)
    #expect(matrix.row(2) == (0..<17).map { Float(200 + $0) })
    #expect(matrix[1, 16] == 116)
  }

  @Test func copiesAreIndependent() {
    var one = Matrix(rows: 2, columns: 2)
    let other = one
    one[0, 1] = 5
    #expect(one[0, 1] == 5 && other[0, 1] == 0)
    #expect(one != other)
    #expect(other == Matrix(rows: [[0, 0], [0, 0]]))
  }

  @Test func rowsBeginOnCacheLines() {
    let rows = FloatRows(rows: 3, columns: 5)
    for row in 0..<3 {
      let address = unsafe UInt(bitPattern: rows.pointer(row))
      #expect(address.isMultiple(of: 64))
    }
  }

  @Test(arguments: [(0, 0), (0, 5), (5, 0), (1, 1)])
  func emptyAndSmallShapesWork(shape: (Int, Int)) {
    let matrix = Matrix(rows: shape.0, columns: shape.1)
    #expect(matrix.frobeniusNorm == 0)
    #expect(matrix == Matrix(rows: shape.0, columns: shape.1))
    #expect(matrix != Matrix(rows: shape.0 + 1, columns: shape.1))
  }

  @Test func normIsEuclidean() {
    #expect(Matrix(rows: [[3, 0], [0, 4]]).frobeniusNorm == 5)
  }
}
