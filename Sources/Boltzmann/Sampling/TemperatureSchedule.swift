internal import CKernels

/// The temperatures of an annealing run and the sweeps at each.
public struct TemperatureSchedule: Sendable, Hashable {
  /// Some sweeps at one temperature.
  public struct Step: Sendable, Hashable {
    /// T, positive and finite.
    public let temperature: Double
    /// The number of sweeps, at least one.
    public let sweeps: Int

    /// Some sweeps at one temperature.
    public init(temperature: Double, sweeps: Int) {
      precondition(
        temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
      precondition(sweeps >= 1, "A step of annealing has at least one sweep.")
      (self.temperature, self.sweeps) = (temperature, sweeps)
    }
  }

  /// The steps in the order they run.
  public let steps: [Step]

  /// A written list of steps.
  public init(_ steps: [Step]) {
    precondition(!steps.isEmpty, "Annealing has at least one step.")
    self.steps = steps
  }

  /// One temperature.
  public static func constant(_ temperature: Double, sweeps: Int) -> TemperatureSchedule {
    TemperatureSchedule([Step(temperature: temperature, sweeps: sweeps)])
  }

  /// T_k = from + (to − from) k / (steps − 1), k = 0 … steps − 1; a single step runs at `to`.
  ///
  /// The last step has finalSweeps sweeps, twice the others when nothing is said.
  public static func linear(
    from first: Double, to last: Double, steps: Int, sweeps: Int, finalSweeps: Int? = nil
  ) -> TemperatureSchedule {
    spaced(steps, sweeps, finalSweeps, last) { first + (last - first) * $0 }
  }

  /// T_k = from · (to/from)^(k / (steps − 1)), k = 0 … steps − 1; a single step runs at `to`.
  ///
  /// The last step has finalSweeps sweeps, twice the others when nothing is said.
  public static func geometric(
    from first: Double, to last: Double, steps: Int, sweeps: Int, finalSweeps: Int? = nil
  ) -> TemperatureSchedule {
    precondition(first > 0 && last > 0, "A temperature is positive and finite.")
    let logRatio = hm_log(last / first)
    return spaced(steps, sweeps, finalSweeps, last) { first * hm_exp(logRatio * $0) }
  }

  /// Geometric steps through the whole range of a machine, hottest first.
  public static func geometric(
    through range: TemperatureRange, steps: Int, sweeps: Int, finalSweeps: Int? = nil
  ) -> TemperatureSchedule {
    geometric(
      from: range.hottest, to: range.coldest, steps: steps, sweeps: sweeps,
      finalSweeps: finalSweeps)
  }

  /// The number of all sweeps.
  public var totalSweeps: Int { steps.reduce(0) { $0 + $1.sweeps } }

  private static func spaced(
    _ count: Int, _ sweeps: Int, _ finalSweeps: Int?, _ last: Double,
    temperature: (_ fraction: Double) -> Double
  ) -> TemperatureSchedule {
    precondition(count >= 1, "Annealing has at least one step.")
    var steps = (0..<count - 1).map { k in
      Step(temperature: temperature(Double(k) / Double(count - 1)), sweeps: sweeps)
    }
    steps.append(Step(temperature: last, sweeps: finalSweeps ?? 2 * sweeps))
    return TemperatureSchedule(steps)
  }
}
