internal import Boltzmann
internal import Notebooks

/// The posteriors of some units of a net by several methods, for several things known.
struct PosteriorStudy {
  /// What one method says.
  struct Estimate {
    let method: PosteriorMethod
    /// Of the units asked about; empty where nothing was kept.
    let marginals: [MonteCarloEstimate]
    /// As many independent draws are worth as much; nil where that cannot be told.
    let effectiveDraws: Double?
    /// Of chains.
    let rHat: Double?
  }

  /// Exactly: ln p(known) and the posterior of the units asked about.
  struct Exact {
    let logEvidence: Double
    let marginals: [Double]
  }

  /// One row of what is known.
  struct Row {
    let known: String
    let knownCount: Int
    /// Nil where sums are too large.
    let exact: Exact?
    let estimates: [Estimate]
  }

  let unitNames: [String]
  let rows: [Row]
  let effort: PosteriorEffort
  /// Why nothing is exact, if so.
  let limit: PosteriorLimit?

  init(
    _ value: BeliefNetValue, _ asked: [Int], _ known: [KnownUnits], _ methods: [PosteriorMethod],
    _ effort: PosteriorEffort, in context: Context, at place: Place
  ) throws(Diagnostic) {
    let sampler = PosteriorSampler(
      value: value, asked: asked, effort: effort, threads: context.threads,
      stream: RandomStream(seed: context.seed, name: context.identity))
    let sampled = PosteriorMethod.allCases.filter { $0 != .exact && methods.contains($0) }
    try sampler.checkWork(sampled, rows: known.count, at: place)
    var rows: [Row] = []
    var limit: PosteriorLimit?
    for (number, row) in known.enumerated() {
      let exact: Exact?
      switch Self.exact(value.net, given: row.evidence) {
      case .failure(let found): (exact, limit) = (nil, found)
      case .success(nil): throw value.impossible(row.evidence, at: row.place)
      case .success(let posterior?):
        let marginals = posterior.marginals()
        exact = Exact(logEvidence: posterior.logEvidence, marginals: asked.map { marginals[$0] })
      }
      if let limit, sampled.isEmpty { throw value.tooLarge(limit, at: row.place) }
      var estimates: [Estimate] = []
      for method in sampled {
        estimates.append(try sampler.estimate(method, row, number: number))
      }
      rows.append(
        Row(
          known: row.label, knownCount: row.evidence.units.count, exact: exact,
          estimates: estimates))
      context.tell(number + 1, of: known.count, "row")
    }
    unitNames = asked.map { value.unitNames[$0] }
    (self.rows, self.effort, self.limit) = (rows, effort, limit)
  }

  private static func exact(
    _ net: BeliefNet, given evidence: Clamp
  ) -> Result<BeliefPosterior?, PosteriorLimit> {
    Result { () throws(PosteriorLimit) in try BeliefPosterior(net, given: evidence) }
  }
}

/// Estimates of the posterior, each method with random numbers of its own.
private struct PosteriorSampler {
  let value: BeliefNetValue
  let asked: [Int]
  let effort: PosteriorEffort
  let threads: Int
  let stream: RandomStream

  /// The most operations that one cell may spend on drawing.
  private static let workLimit = 1_000_000_000.0

  /// What a chain costs besides its sweeps, so that there is memory for all of them.
  private static let chainCost = 100.0

  func checkWork(_ methods: [PosteriorMethod], rows: Int, at place: Place) throws(Diagnostic) {
    let net = value.net
    let perDraw = Double(net.unitCount + net.arrowCount)
    // To update a unit, each of its children is looked at with the unit on and off.
    let perSweep = net.units.indices.reduce(perDraw) { sum, unit in
      sum + net.children[unit].reduce(0) { $0 + 2 * Double(1 + net.units[$1].parents.count) }
    }
    let work = methods.reduce(0) { sum, method in
      sum
        + (method == .gibbs
          ? Double(effort.chains) * (Double(effort.schedule.totalSweeps) + Self.chainCost)
            * perSweep
          : Double(effort.draws) * perDraw)
    }
    guard Double(rows) * work > Self.workLimit else { return }
    throw Diagnostic(
      "limit-exceeded", at: place,
      "drawing from \(value.name.quoted) so often takes more than 1,000,000,000 operations",
      hint: "use fewer draws, chains, sweeps or rows")
  }

  func estimate(
    _ method: PosteriorMethod, _ row: KnownUnits, number: Int
  ) throws(Diagnostic) -> PosteriorStudy.Estimate {
    let stream = stream.substream(UInt64(number)).substream(named: method.rawValue)
    guard method == .gibbs else {
      let found = WeightedPosterior(
        value.net, given: row.evidence, by: method == .rejection ? .rejection : .likelihood,
        draws: effort.draws, stream: stream, threads: threads)
      return PosteriorStudy.Estimate(
        method: method,
        marginals: found.marginals.isEmpty ? [] : asked.map { found.marginals[$0] },
        effectiveDraws: found.effectiveDraws, rHat: nil)
    }
    let gibbs: BeliefGibbs
    do { gibbs = try BeliefGibbs(value.net, given: row.evidence) } catch {
      throw Diagnostic(
        "certain-table", at: row.place,
        "\(value.unitNames[error.unit].quoted) has a probability of 0 or 1, which chains may never "
          + "get around",
        hint: "leave `gibbs` out, or move the probability a little")
    }
    let found = gibbs.run(
      chains: effort.chains, schedule: effort.schedule, from: effort.start.initialState,
      stream: stream, threads: threads)
    return PosteriorStudy.Estimate(
      method: method, marginals: asked.map { found.marginals[$0] },
      effectiveDraws: asked.compactMap { found.effectiveDraws[$0] }.min(), rHat: found.rHat)
  }
}
