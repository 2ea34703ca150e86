extension BitVector {
  /// The state with a given number of units, drawn without replacement, the other way round.
  ///
  /// The units are the first of permutation (data, step, chain).
  public func flipping(
    _ count: Int, stream: RandomStream, step: Int = 0, chain: Int = 0
  ) -> BitVector {
    precondition(count >= 0 && count <= self.count, "No more units can flip than there are.")
    var state = self
    if count == 0 { return state }
    for unit in stream.permutation(of: self.count, .data, step: step, chain: chain).prefix(count) {
      state[unit].toggle()
    }
    return state
  }
}
