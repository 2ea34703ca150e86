package import Boltzmann
package import Notebooks

extension Dataset: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(unitCount)
    writer.write(labels)
    writer.write(imageShape.map { [$0.height, $0.width] })
    // Binary data are most data: a bit for each value in place of 64.
    let isBinary = values.allSatisfy { $0.bitPattern == 0 || $0 == 1 }
    writer.write(isBinary)
    if isBinary {
      writer.write(values.count)
      writer.write(BitVector(values.map { $0 == 1 }).words)
    } else {
      writer.write(values)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let unitCount: Int = try reader.read()
    let labels: [Int]? = try reader.read()
    let shape: [Int]? = try reader.read()
    var values: [Double]
    if try reader.read(Bool.self) {
      let (count, words) = (try reader.read(Int.self), try reader.read([UInt64].self))
      guard count >= 0, (count + 63) / 64 == words.count else { throw StoreFormatError() }
      values = (0..<count).map { words[$0 >> 6] >> ($0 & 63) & 1 == 1 ? 1 : 0 }
    } else {
      values = try reader.read()
    }
    guard unitCount >= 1, values.count.isMultiple(of: unitCount),
      labels.map({ $0.count == values.count / unitCount }) ?? true,
      shape.map({ $0.count == 2 && $0[0] >= 1 && $0[1] >= 1 && $0[0] * $0[1] == unitCount })
        ?? true
    else { throw StoreFormatError() }
    self.init(
      values: values, unitCount: unitCount, labels: labels,
      imageShape: shape.map { ImageShape(height: $0[0], width: $0[1]) })
  }
}

extension RestrictedBoltzmannMachine: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write((0..<visibleCount).map { weights.row($0) })
    writer.write(visibleBiases)
    writer.write(hiddenBiases)
    writer.write(visibleUnits == .gaussian)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let rows: [[Float]] = try reader.read()
    let (visible, hidden) = (try reader.read([Float].self), try reader.read([Float].self))
    let isGaussian: Bool = try reader.read()
    guard rows.allSatisfy({ $0.count == rows[0].count }) else { throw StoreFormatError() }
    do {
      try self.init(
        weights: Matrix(rows: rows), visibleBiases: visible, hiddenBiases: hidden,
        visibleUnits: isGaussian ? .gaussian : .binary)
    } catch {
      throw StoreFormatError()
    }
  }
}

extension BoltzmannMachine: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(edges.map(\.first))
    writer.write(edges.map(\.second))
    writer.write(edges.map(\.weight))
    writer.write(biases)
    writer.write(visibleCount)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let (first, second) = (try reader.read([Int].self), try reader.read([Int].self))
    let (weights, biases) = (try reader.read([Double].self), try reader.read([Double].self))
    guard first.count == second.count, first.count == weights.count else {
      throw StoreFormatError()
    }
    let edges = first.indices.map { Couplings.Edge(first[$0], second[$0], weights[$0]) }
    let visibleCount: Int = try reader.read()
    do {
      try self.init(
        unitCount: biases.count, edges: edges, biases: biases, visibleCount: visibleCount)
    } catch {
      throw StoreFormatError()
    }
  }
}

extension ParameterDistribution: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .constant(let value): writer.write(0, value)
    case .normal(let mean, let deviation):
      writer.write(1, mean)
      writer.write(deviation)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .constant(try reader.read())
    case 1: self = .normal(mean: try reader.read(), standardDeviation: try reader.read())
    default: throw StoreFormatError()
    }
  }
}
