extension BeliefNet {
  /// A state drawn exactly from p(s): every unit after its parents, given their states.
  ///
  /// Uses draw `unit` of the layer of a sample for each unit.
  public func state(sample: Int, stream: RandomStream) -> BitVector {
    drawn(sample: sample, holding: Clamp(), stream: stream).state
  }

  /// The same where some units are held at values, and the logarithm of the probability that their
  /// parents give those values: of the weight by which such a state is drawn too often.
  func drawn(
    sample: Int, holding evidence: Clamp, stream: RandomStream
  ) -> (state: BitVector, logWeight: Double) {
    var state = BitVector(zeros: unitCount)
    var logWeight = 0.0
    for unit in order {
      if let isOn = evidence[unit] {
        state[unit] = isOn
        logWeight += logProbabilities(of: unit, given: state)[isOn]
      } else {
        let draw = stream.uniform(.layer, step: 0, chain: sample, unit: unit)
        state[unit] = draw < probability(of: unit, given: state)
      }
    }
    return (state, logWeight)
  }
}
