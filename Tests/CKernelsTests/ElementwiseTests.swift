import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

typealias FloatFunction =
  @convention(c) (
    UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int
  ) -> Void

private func apply(_ function: FloatFunction, to values: [Float]) -> [Float] {
  var out = values
  function(&out, values, values.count)
  return out
}

private func functions(_ kernels: hm_kernels) -> [FloatFunction] {
  let table = kernels.elementwise
  return [table.exponential, table.logarithm, table.logistic, table.softplus]
}

@Suite struct ElementwiseTests {
  @Test(arguments: KernelTable.runnable)
  func agreesWithTheReferenceOnAnyBits(table: KernelTable) throws {
    var values = TestValues(seed: 1)
    for size in oddSizes {
      for round in 0..<8 {
        let x = (0..<size).map { _ in round < 4 ? values.pattern() : values.float(scale: 30) }
        for (kernel, plain) in zip(functions(table.kernels), functions(try KernelTable.reference)) {
          #expect(patterns(apply(kernel, to: x)) == patterns(apply(plain, to: x)))
        }
      }
    }
  }

  @Test(arguments: KernelTable.runnable)
  func doublesAreThoseOfTheInlineFunctions(table: KernelTable) {
    var values = TestValues(seed: 2)
    for size in oddSizes {
      let x = (0..<size).map { index in
        index % 2 == 0
          ? Double(bitPattern: values.word()) : Double(values.float(scale: 760))
      }
      var exponentials = x
      table.kernels.elementwise.exponential_double(&exponentials, x, size)
      #expect(exponentials.map(\.bitPattern) == x.map { hm_exp($0).bitPattern })
      var logistics = x
      table.kernels.elementwise.logistic_double(&logistics, x, size)
      #expect(logistics.map(\.bitPattern) == x.map { hm_logistic($0).bitPattern })
    }
  }

  /// Every 20,011th Float there is, against Double.
  @Test func floatsAreWithinTheStatedUlps() {
    let table = KernelTable.fastest
    let x = stride(from: UInt32(0), to: .max - 20_011, by: 20_011)
      .map { Float(bitPattern: $0) }.filter { !$0.isNaN }
    let references: [((Double) -> Double, Double)] = [
      (exp, 1), (log, 1), ({ 1 / (1 + exp(-$0)) }, 2),
      ({ max($0, 0) + log1p(exp(-abs($0))) }, 2),
    ]
    for (function, (reference, bound)) in zip(functions(table), references) {
      let y = apply(function, to: x)
      for (argument, value) in zip(x, y) {
        let exact = reference(Double(argument))
        if exact.isNaN || Float(exact).isInfinite {
          #expect(value.isNaN == exact.isNaN && (value.isNaN || value == Float(exact)))
        } else {
          let ulp = Double(Float(exact).nextDown.magnitude.ulp)
          let distance = abs(Double(value) - exact) / max(ulp, 0x1p-149)
          if distance > bound { Issue.record("\(argument) gives \(value), \(distance) ulp off") }
        }
      }
    }
  }

  @Test(arguments: KernelTable.runnable)
  func limitsAreDefined(table: KernelTable) {
    let x: [Float] = [-.infinity, .infinity, 0, -0.0]
    let (exponential, logarithm, logistic, softplus) =
      (
        apply(table.kernels.elementwise.exponential, to: x),
        apply(table.kernels.elementwise.logarithm, to: x),
        apply(table.kernels.elementwise.logistic, to: x),
        apply(table.kernels.elementwise.softplus, to: x)
      )
    #expect(exponential == [0, .infinity, 1, 1])
    #expect(patterns(logarithm)[0] == 0x7fc0_0000)
    #expect(Array(logarithm[1...]) == [.infinity, -.infinity, -.infinity])
    #expect(logistic == [0, 1, 0.5, 0.5])
    #expect(softplus[0] == 0 && softplus[1] == .infinity && softplus[2] == Float(log(2.0)))
  }

  @Test func logisticNeverFalls() {
    let table = KernelTable.fastest
    let x = (-100_000...100_000).map { Float($0) * 0x1p-11 }
    let y = apply(table.elementwise.logistic, to: x)
    #expect(zip(y, y.dropFirst()).allSatisfy(<=))
  }
}
