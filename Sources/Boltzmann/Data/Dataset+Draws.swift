extension Dataset {
  /// Independent draws of a machine's visible units; row k is chain k of the sampler.
  public init(draws: Int, of sampler: ExactSampler, visibleCount: Int, stream: RandomStream) {
    let values = (0..<draws).flatMap { row -> [Double] in
      let state = sampler.state(chain: row, stream: stream)
      return (0..<visibleCount).map { state[$0] ? 1 : 0 }
    }
    self.init(values: values, unitCount: visibleCount)
  }
}
