import Boltzmann
internal import CKernels

/// A kernel at one size: what one call does and what it takes of the machine.
public struct KernelCase {
  /// The kernel, then its size.
  public let name: String
  /// What one call takes.
  public let demands: [Demand]
  /// One call.
  public let run: () -> Void

  /// The fastest of some runs of a fiftieth of a second each, per call: a kernel is compared with
  /// a limit, and nothing but other work on the machine makes it slower than it can be.
  public func measure() -> Measurement {
    let single = Measurement(work: 1, unit: "call", run)
    let calls = max(1, Int(0.02 / max(single.seconds, 1e-9)))
    var best = single
    for _ in 0..<7 {
      let seconds = Measurement(work: 1, unit: "call") { for _ in 0..<calls { run() } }.seconds
      best.seconds = min(best.seconds, seconds / Double(calls))
    }
    best.demands = demands
    return best
  }
}

/// Every case, in the order of the report.
public func kernelCases() -> [KernelCase] {
  let table = hm_kernels_requested().map(named) ?? hm_kernels_fastest()
  let k = table.pointee
  return [0.02, 0.13, 0.3, 0.5, 0.9].map { binaryProduct(k, rows: 100, 784, 500, density: $0) }
    + [binaryProduct(k, rows: 784, 100, 500, density: 0.13)]
    + [denseProduct(k, rows: 100, 784, 500), denseTransposedProduct(k, rows: 784, 100, 500)]
    + elementwise(k, count: 50_000)
    + [randomWords(k, count: 50_000), sampleLogistic(k, rows: 100, 500)]
    + [transpose(k, 784, 500), transposeBits(k, 100, 784), ascend(k, 784 * 512)]
    + [latticeSweeps(side: 100, chains: 16), denseSweeps(units: 1000, chains: 16)]
    + [enumeration(units: 18), layeredEnumeration(visible: 784, hidden: 12)]
}

private func named(_ name: UnsafePointer<CChar>) -> UnsafePointer<hm_kernels> {
  var found: UnsafePointer<hm_kernels>?
  let status = hm_kernels_named(name, &found)
  guard status == HM_KERNELS_FOUND, let found else {
    preconditionFailure("HARMONIUM_KERNELS names no kernels of this machine.")
  }
  return found
}

private let stream = RandomStream(seed: 1, name: "kernels")

private func bits(_ rows: Int, _ columns: Int, density: Double) -> Block<UInt64> {
  let block = Block<UInt64>(rows: rows, columns: (columns + 63) / 64)
  for row in 0..<rows {
    for column in 0..<columns
    where stream.bernoulli(density, .data, step: 0, chain: row, unit: column) {
      block.start[row * block.stride + column / 64] |= 1 << UInt64(column % 64)
    }
  }
  return block
}

private func onCount(_ block: Block<UInt64>) -> Double {
  Double((0..<block.count).reduce(0) { $0 + block.start[$1].nonzeroBitCount })
}

private func normals(_ rows: Int, _ columns: Int) -> Block<Float> {
  let block = Block<Float>(rows: rows, columns: columns)
  for row in 0..<rows {
    for column in 0..<columns {
      block.start[row * block.stride + column] =
        Float(stream.normal(.weights, step: 0, chain: row, unit: column))
    }
  }
  return block
}

private func binaryProduct(
  _ k: hm_kernels, rows: Int, _ inputs: Int, _ outputs: Int, density: Double
) -> KernelCase {
  let x = bits(rows, inputs, density: density)
  let (weights, out) = (normals(inputs, outputs), Block<Float>(rows: rows, columns: outputs))
  // Naive: one addition per weight of each unit that is on. Sharing sums may need fewer.
  let adds = onCount(x) * Double(outputs)
  return KernelCase(
    name: "binary product \(rows)×\(inputs)→\(outputs), \(Int(density * 100)) % on",
    demands: [.adds(adds)]
  ) {
    k.products.binary(
      out.start, out.stride, x.start, x.stride, weights.start, weights.stride, nil, rows, inputs,
      outputs)
  }
}

private func denseProduct(_ k: hm_kernels, rows: Int, _ inputs: Int, _ outputs: Int) -> KernelCase {
  let (x, weights) = (normals(rows, inputs), normals(inputs, outputs))
  let out = Block<Float>(rows: rows, columns: outputs)
  return KernelCase(
    name: "dense product \(rows)×\(inputs)→\(outputs)",
    demands: [.fmas(Double(rows * inputs * outputs))]
  ) {
    k.products.dense(
      out.start, out.stride, x.start, x.stride, 1, weights.start, weights.stride, nil, rows,
      inputs, outputs)
  }
}

private func denseTransposedProduct(
  _ k: hm_kernels, rows: Int, _ inputs: Int, _ outputs: Int
) -> KernelCase {
  let (x, h) = (normals(inputs, rows), normals(inputs, outputs))
  let out = Block<Float>(rows: rows, columns: outputs)
  return KernelCase(
    name: "dense product, x transposed, \(rows)×\(inputs)→\(outputs)",
    demands: [.fmas(Double(rows * inputs * outputs))]
  ) {
    k.products.dense(
      out.start, out.stride, x.start, 1, x.stride, h.start, h.stride, nil, rows, inputs, outputs)
  }
}

/// Operations per value are those of the formulas in CKernels, integer ones and blends left out.
private func elementwise(_ k: hm_kernels, count: Int) -> [KernelCase] {
  let (x, positive) = (normals(1, count), normals(1, count))
  let out = Block<Float>(rows: 1, columns: count)
  for i in 0..<count { positive.start[i] = abs(positive.start[i]) }
  func value(
    _ name: String, _ operations: Double, _ x: Block<Float>,
    _ kernel: @escaping (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void
  ) -> KernelCase {
    KernelCase(
      name: "\(name) \(count)",
      demands: [
        .fmas(operations * Double(count)), .bytes(8 * Double(count), workingSet: 8 * count),
      ]
    ) { kernel(out.start, x.start, count) }
  }
  return [
    value("exp", 14, x) { k.elementwise.exponential($0, $1, $2) },
    value("ln", 18, positive) { k.elementwise.logarithm($0, $1, $2) },
    value("logistic", 20, x) { k.elementwise.logistic($0, $1, $2) },
    value("softplus", 26, x) { k.elementwise.softplus($0, $1, $2) },
  ]
}

private let draw = hm_draw(key_low: 1, key_high: 2, purpose: 6, step: 0, chain: 0)

private func randomWords(_ k: hm_kernels, count: Int) -> KernelCase {
  let out = Block<UInt32>(rows: 1, columns: count)
  return KernelCase(
    name: "random words \(count)", demands: [.products(5 * Double(count))]
  ) { k.sampling.random_words(out.start, count, draw) }
}

private func sampleLogistic(_ k: hm_kernels, rows: Int, _ units: Int) -> KernelCase {
  let (fields, probabilities) = (normals(rows, units), Block<Float>(rows: rows, columns: units))
  let out = Block<UInt64>(rows: rows, columns: (units + 63) / 64)
  let count = Double(rows * units)
  return KernelCase(
    name: "logistic and draw \(rows)×\(units)", demands: [.products(5 * count), .fmas(20 * count)]
  ) {
    k.sampling.sample_logistic(
      out.start, out.stride, probabilities.start, probabilities.stride, fields.start,
      fields.stride, rows, units, draw)
  }
}

private func transpose(_ k: hm_kernels, _ rows: Int, _ columns: Int) -> KernelCase {
  let (x, out) = (normals(rows, columns), Block<Float>(rows: columns, columns: rows))
  let bytes = 8 * rows * columns
  return KernelCase(
    name: "transpose \(rows)×\(columns)", demands: [.bytes(Double(bytes), workingSet: bytes)]
  ) { k.layout.transpose(out.start, out.stride, x.start, x.stride, rows, columns) }
}

private func transposeBits(_ k: hm_kernels, _ rows: Int, _ columns: Int) -> KernelCase {
  let x = bits(rows, columns, density: 0.13)
  let out = Block<UInt64>(rows: columns, columns: (rows + 63) / 64)
  let bytes = 8 * (x.count + out.count)
  return KernelCase(
    name: "transpose bits \(rows)×\(columns)", demands: [.bytes(Double(bytes), workingSet: bytes)]
  ) { k.layout.transpose_bits(out.start, out.stride, x.start, x.stride, rows, columns) }
}

private func ascend(_ k: hm_kernels, _ count: Int) -> KernelCase {
  let (w, positive, negative) = (normals(1, count), normals(1, count), normals(1, count))
  let step = hm_ascent(positive: 0.01, negative: 0.01, rate: 1e-6, momentum: 0, decay: 0)
  return KernelCase(
    name: "ascend \(count)", demands: [.bytes(16 * Double(count), workingSet: 12 * count)]
  ) { _ = k.learning.ascend(w.start, nil, positive.start, negative.start, count, step) }
}
