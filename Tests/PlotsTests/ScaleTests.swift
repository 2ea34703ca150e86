import Testing

@testable import Plots

@Suite struct ScaleTests {
  private func linear(_ values: [Double], intervals: Int = 5) -> Scale {
    Scale(values, on: Axis("x"), intervals: intervals)
  }

  private func log(_ values: [Double], intervals: Int = 5) -> Scale {
    Scale(values, on: Axis("x", scale: .log), intervals: intervals)
  }

  @Test func widensToRoundTicks() {
    let scale = linear([0.13, 0.97])
    #expect(scale.domain == 0...1)
    #expect(scale.ticks.map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(scale.basis == .data)
    #expect(scale.exponent == 0)
  }

  @Test func keepsADomainThatIsRoundAlready() {
    #expect(linear([0.1, 0.3]).domain == 0.1...0.3)
    #expect(linear([0.1, 0.1 + 0.2]).position(of: 0.1 + 0.2) == 1)
  }

  @Test func wholeNumbersGetWholeTicks() {
    #expect(linear([0, 3], intervals: 8).ticks.map(\.label) == ["0", "1", "2", "3"])
    #expect(linear([0, 3.5], intervals: 8).ticks.map(\.label).contains("0.5"))
    #expect(linear([0, 1]).ticks.count == 6)
  }

  @Test(arguments: [[0.0], [-3.5, -3.5], [5, 5, 5], [0.25], [1e-200], [-7e250], [1e300]])
  func constantDataLieInside(values: [Double]) {
    let scale = linear(values)
    #expect(scale.basis == .constant(values[0]))
    #expect(scale.ticks.count >= 3 || abs(values[0]) >= 1e300)
    #expect(scale.domain.contains(values[0]))
    #expect(scale.domain.lowerBound < scale.domain.upperBound)
  }

  @Test func differencesBelowOnePartInABillionAreConstant() {
    #expect(linear([1, 1 + 1e-10]).basis == .constant(1))
    #expect(linear([1, 1 + 1e-8]).basis == .data)
  }

  @Test func nothingToShow() {
    #expect(linear([]).basis == .nothing)
    #expect(linear([.nan, .infinity]).basis == .nothing)
    #expect(linear([]).domain == 0...1)
    #expect(log([]).basis == .nothing)
    #expect(log([0, -1]).basis == .nothing)
    #expect(log([]).domain == 1...10)
  }

  @Test func placesOnlyNumbers() {
    let scale = linear([0, 10])
    #expect(scale.position(of: 2.5) == 0.25)
    #expect(scale.position(of: 20) == 2)
    #expect(scale.position(of: .nan) == nil)
    #expect(scale.position(of: -.infinity) == nil)
    #expect(log([1, 100]).position(of: 0) == nil)
    #expect(log([1, 100]).position(of: -1) == nil)
  }

  @Test func commonExponentOutsideTheOrdinaryRange() {
    let large = linear([0, 3.4e7])
    #expect(large.exponent == 7)
    #expect(large.ticks.map(\.label) == ["0", "1", "2", "3", "4"])
    let small = linear([-2e-9, 4e-9])
    #expect(small.exponent == -9)
    #expect(small.ticks.map(\.label) == ["-2", "0", "2", "4"])
    #expect(linear([0, 999_999]).exponent == 6)
    #expect(linear([0, 99_999]).exponent == 0)
  }

  @Test func logTicks() {
    #expect(log([0.003, 20]).ticks.map(\.label) == ["0.001", "0.01", "0.1", "1", "10", "100"])
    #expect(log([2, 30]).ticks.map(\.label) == ["2", "5", "10", "20", "50"])
    #expect(
      log([1e-12, 1e-2]).ticks.map(\.label) == ["1e-12", "1e-10", "1e-8", "1e-6", "1e-4", "1e-2"])
    #expect(log([1, 10_000]).position(of: 100).map { abs($0 - 0.5) < 1e-15 } == true)
  }

  @Test func logScaleLeavesOutWhatIsNotPositive() {
    #expect(log([0, -5, 1, 100]).domain == 1...100)
  }

  @Test func statedDomainStays() {
    let scale = Scale([100], on: Axis("x", domain: 0.5...4.52), intervals: 2)
    #expect(scale.domain == 0.5...4.52)
    #expect(scale.basis == .stated)
    #expect(scale.ticks.map(\.label) == ["2", "4"])
    #expect(scale.exponent == 0)
  }

  @Test(arguments: [3.0...3.0, 0.0...(.infinity), -1e305...0.0])
  func statedDomainThatCannotBeShownIsIgnored(domain: ClosedRange<Double>) {
    let scale = Scale([1, 2], on: Axis("x", domain: domain), intervals: 5)
    #expect(scale.domain == 1...2)
    #expect(scale.basis == .data)
  }

  @Test func statedLogDomainMustBePositive() {
    let ignored = Scale([1, 100], on: Axis("x", domain: 0...10, scale: .log), intervals: 5)
    #expect(ignored.domain == 1...100)
    let narrow = Scale([], on: Axis("x", domain: 3...4, scale: .log), intervals: 5)
    #expect(narrow.domain == 3...4)
    #expect(narrow.ticks.count >= 2)
  }

  /// Every pair of odd values: at least two ticks in order, no more than asked for, data inside.
  @Test(arguments: [Axis.Spread.linear, .log]) func anyTwoValues(spread: Axis.Spread) {
    let odd = [
      0, 1, -1, 0.1, 1e-9, 1e9, 1e300, -1e300, 1e-300, 1.7e308, 5, 123.456, -0.7,
      .leastNonzeroMagnitude, 3e299,
      1e-200, .nan, .infinity, -.infinity, 999.999, 1 + 1e-10,
    ]
    for first in odd {
      for second in odd {
        for intervals in [2, 5, 8] {
          let scale = Scale([first, second], on: Axis("x", scale: spread), intervals: intervals)
          #expect(scale.ticks.count >= 2 && scale.ticks.count <= intervals + 1)
          #expect(zip(scale.ticks, scale.ticks.dropFirst()).allSatisfy { $0.value < $1.value })
          for value in [first, second] {
            if let position = scale.position(of: value) { #expect((0...1).contains(position)) }
          }
        }
      }
    }
  }
}
