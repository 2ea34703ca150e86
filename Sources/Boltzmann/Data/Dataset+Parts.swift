extension Dataset {
  /// The rows cut at random into parts of given shares; each part keeps the order of the rows.
  ///
  /// Row π(i) of the permutation π (purpose `order`, step 0, chain 0) belongs to the part whose
  /// share of 0 ..< count holds i. Shares are relative; limits between parts are rounded down.
  public func parts(shares: [Double], stream: RandomStream) -> [Dataset] {
    precondition(
      !shares.isEmpty && shares.allSatisfy { $0 >= 0 && $0.isFinite }, "Shares are not negative.")
    let total = shares.reduce(0, +)
    precondition(total > 0, "One share at least is positive.")
    let order = stream.permutation(of: count, step: 0, chain: 0)
    var (reached, start) = (0.0, 0)
    return shares.map { share in
      reached += share
      let end = reached == total ? count : Int(reached * Double(count) / total)
      defer { start = end }
      return rows(order[start..<end].sorted())
    }
  }
}
