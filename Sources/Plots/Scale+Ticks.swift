import Numerals

extension Scale {
  typealias Layout = (domain: ClosedRange<Double>, ticks: [Tick], exponent: Int)

  /// The range widened to multiples of the smallest round step that leaves room enough.
  static func linear(
    around range: ClosedRange<Double>, intervals: Int, wholeTicks: Bool
  ) -> Layout {
    let distance = length(range) / Double(intervals)
    var step = RoundStep(atLeast: wholeTicks ? max(1, distance) : distance)
    while true {
      let low = Int(step.index(of: range.lowerBound).rounded(.down))
      let high = Int(step.index(of: range.upperBound).rounded(.up))
      if high - low <= intervals {
        let (ticks, exponent) = ticks(low...high, of: step)
        return (step.multiple(low)...step.multiple(high), ticks, exponent)
      }
      step = step.coarser
    }
  }

  /// The range widened to 1, 2 or 5 times a power of ten, or to whole powers where those are many;
  /// a range close to the ends of what a log axis can place stays as it is.
  static func log(around range: ClosedRange<Double>, intervals: Int) -> Layout {
    for series in LogSeries.inOrderOfCoarseness {
      let low = series.lastIndex(notAbove: range.lowerBound)
      let high = series.firstIndex(notBelow: range.upperBound)
      let domain = series.value(low)...series.value(high)
      let isPlaceable = [domain.lowerBound, domain.upperBound].allSatisfy { canPlace($0, on: .log) }
      if high - low <= intervals, isPlaceable { return (domain, series.ticks(low...high), 0) }
    }
    let (ticks, exponent) = ticks(within: range, on: .log, intervals: intervals)
    return (range, ticks, exponent)
  }

  /// Round ticks inside a domain that stays as it is; at least two.
  static func ticks(
    within domain: ClosedRange<Double>, on spread: Axis.Spread, intervals: Int
  ) -> (ticks: [Tick], exponent: Int) {
    if spread == .log {
      for series in LogSeries.inOrderOfCoarseness {
        let low = series.firstIndex(notBelow: domain.lowerBound)
        let high = series.lastIndex(notAbove: domain.upperBound)
        if low < high, high - low <= intervals { return (series.ticks(low...high), 0) }
      }
    }
    var step = RoundStep(atLeast: length(domain) / Double(intervals))
    while true {
      let low = Int(step.index(of: domain.lowerBound).rounded(.up))
      let high = Int(step.index(of: domain.upperBound).rounded(.down))
      if low < high { return ticks(low...high, of: step) }
      step = step.finer
    }
  }

  private static func length(_ range: ClosedRange<Double>) -> Double {
    range.upperBound - range.lowerBound
  }

  /// Ticks at multiples of `step`, with the least number of digits they can share.
  private static func ticks(
    _ indices: ClosedRange<Int>, of step: RoundStep
  ) -> (ticks: [Tick], exponent: Int) {
    let largest = max(
      abs(step.multiple(indices.lowerBound)), abs(step.multiple(indices.upperBound)))
    let isOrdinary = (1e-3..<1e6).contains(largest) && step.decimals() <= 5
    let exponent = isOrdinary ? 0 : Numeral(largest)?.leadingPlace ?? 0
    let ticks = indices.map {
      Tick(value: step.multiple($0), label: step.label($0, inUnitsOf: exponent))
    }
    return (ticks, exponent)
  }
}

/// The ticks of a log axis: either 1, 2, 5, 10, 20, … or every n-th power of ten.
private struct LogSeries {
  let mantissas: [Int]
  let stride: Int

  static let inOrderOfCoarseness =
    [LogSeries(mantissas: [1, 2, 5], stride: 1)]
    + [1, 2, 5, 10, 20, 50, 100, 200, 500].map { LogSeries(mantissas: [1], stride: $0) }

  func value(_ index: Int) -> Double {
    let (mantissa, exponent) = parts(index)
    return decimal(mantissa, power: exponent)
  }

  func lastIndex(notAbove bound: Double) -> Int {
    var index = guess(bound)
    while value(index) > bound { index -= 1 }
    return index
  }

  func firstIndex(notBelow bound: Double) -> Int {
    var index = lastIndex(notAbove: bound)
    while value(index) < bound { index += 1 }
    return index
  }

  func ticks(_ indices: ClosedRange<Int>) -> [Tick] {
    let isOrdinary = indices.allSatisfy { (-5...6).contains(parts($0).exponent) }
    return indices.map { index in
      let (mantissa, exponent) = parts(index)
      let plain = NumberFormat.fixed(max(0, -exponent)).string(value(index))
      return Tick(value: value(index), label: isOrdinary ? plain : "\(mantissa)e\(exponent)")
    }
  }

  /// An index whose value is at or above `bound`, and not far above.
  private func guess(_ bound: Double) -> Int {
    let place = Numeral(bound)?.leadingPlace ?? 0
    let cycle = Int((Double(place) / Double(stride)).rounded(.down)) + 1
    return cycle * mantissas.count
  }

  private func parts(_ index: Int) -> (mantissa: Int, exponent: Int) {
    let place = ((index % mantissas.count) + mantissas.count) % mantissas.count
    return (mantissas[place], (index - place) / mantissas.count * stride)
  }
}
