import Testing

@testable import Boltzmann

@Suite struct VariationalAutoencoderTests {
  private let stream = RandomStream(seed: 31, name: "vae")

  private func autoencoder(_ visible: Int, _ hidden: Int, _ latent: Int) -> VariationalAutoencoder {
    VariationalAutoencoder(
      visibleCount: visible, hiddenCount: hidden, latentCount: latent, stream: stream)
  }

  /// Every parameter of every layer against (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h.
  @Test(arguments: [1, 2, 3])
  func theGradientIsThatOfFiniteDifferences(latent: Int) {
    let model = autoencoder(5, 4, latent)
    let noise = (0..<latent).map { stream.normal(.noise, step: 0, chain: 0, unit: $0) }
    let step = 1e-3
    for visible in [[1.0, 0, 1, 1, 0], [0, 0, 0, 0, 1]] {
      let gradient = model.boundAndGradient(of: visible, noise: noise).gradient
      for (layer, connections) in model.layers.enumerated() {
        for (place, entry) in gradient[layer].parameters.enumerated() {
          let values = [1.0, -1, 2, -2].map { steps in
            var moved = model
            if place < connections.weights.count {
              moved.layers[layer].weights[place] += steps * step
            } else {
              moved.layers[layer].biases[place - connections.weights.count] += steps * step
            }
            return moved.boundAndGradient(of: visible, noise: noise).bound
          }
          let difference = (8 * (values[0] - values[1]) - (values[2] - values[3])) / (12 * step)
          #expect(isClose(entry, difference, relative: 1e-6) || abs(entry - difference) < 1e-11)
        }
        #expect(gradient[layer].parameters.contains { abs($0) > 1e-2 })
      }
    }
  }

  @Test(arguments: [1, 2])
  func probabilitiesSumToOneAndBoundsLieBelow(latent: Int) throws {
    let model = autoencoder(4, 3, latent)
    let data = BitMatrix(rows: allStates(4))
    let likelihoods = try #require(model.logLikelihoods(of: data, threads: 2))
    let total = likelihoods.map(exponential).reduce(0, +)
    #expect(isClose(total, 1, relative: 1e-8))
    for (bound, likelihood) in zip(model.bounds(of: data, threads: 2), likelihoods) {
      #expect(bound < likelihood)
    }
  }

  /// ∫ by Simpson's rule over 4000 intervals, one sum for p(v) and one for the mean under q.
  @Test func sumsAreThoseOfAnotherQuadrature() throws {
    let model = autoencoder(5, 4, 1)
    let data = BitMatrix(rows: allStates(5))
    let likelihoods = try #require(model.logLikelihoods(of: data))
    let bounds = model.bounds(of: data, step: 0.25)
    let quick = model.bounds(of: data)
    let (limit, intervals) = (8.0, 4000)
    let step = 2 * limit / Double(intervals)
    for row in [0, 7, 21] {
      let (mean, deviation) = model.encoded(data.values(row))
      var (p, bound) = (0.0, 0.0)
      for k in 0...intervals {
        let x = Double(k) * step - limit
        let share = (k == 0 || k == intervals ? 1.0 : k % 2 == 1 ? 4 : 2) * step / 3
        let density = exponential(-x * x / 2) / (2 * Double.pi).squareRoot()
        func logProbability(_ z: Double) -> Double {
          zip(data.values(row), model.fields(given: [z])).reduce(0) {
            $0 + $1.0 * $1.1 - softplus($1.1)
          }
        }
        p += share * density * exponential(logProbability(x))
        let z = mean[0] + deviation[0] * x
        // ln p(v | z) + ln N(z) − ln q(z): the constants of both densities cancel.
        let ratio = -z * z / 2 + x * x / 2 + naturalLogarithm(deviation[0])
        bound += share * density * (logProbability(z) + ratio)
      }
      #expect(isClose(likelihoods[row], naturalLogarithm(p), relative: 1e-9))
      #expect(isClose(bounds[row], bound, relative: 1e-9))
      #expect(abs(quick[row] - bound) < 1e-4)
    }
  }

  /// A decoder that does not look at z: p(v) is a product, and the bound lacks all of KL(q ‖ N).
  @Test func aDecoderThatIgnoresItsCode() throws {
    var model = autoencoder(3, 2, 2)
    model.layers[3] = model.layers[3].zeros
    model.layers[4].biases = [1, -2, 0.5]
    let visible = BitVector([true, false, true])
    let data = BitMatrix(rows: [visible])
    let exact = 1 + 0.5 - softplus(1) - softplus(-2) - softplus(0.5)
    #expect(isClose(try #require(model.logLikelihoods(of: data))[0], exact, relative: 1e-8))
    let (mean, deviation) = model.encoded([1, 0, 1])
    let divergence = zip(mean, deviation).reduce(0) {
      $0 + ($1.0 * $1.0 + $1.1 * $1.1 - 1) / 2 - naturalLogarithm($1.1)
    }
    #expect(isClose(model.bounds(of: data)[0], exact - divergence, relative: 1e-8))
    #expect(divergence > 0.01)
  }

  @Test func halfTheStepGivesTheSame() throws {
    let model = autoencoder(6, 4, 2)
    let data = BitMatrix(rows: Array(allStates(6)[20..<24]))
    let fine = model.integrals(of: data, step: 0.05, reach: 6).map(\.sum)
    for (one, other) in zip(try #require(model.logLikelihoods(of: data)), fine) {
      #expect(isClose(one, other, relative: 1e-8))
    }
  }

  /// A steep decoder that tells codes around 7 apart: posteriors are narrower than the first grids'
  /// steps and lie beyond 6. ln p(v) is that of a grid far finer than needed.
  @Test func steepDecodersTakeFinerGrids() throws {
    var model = autoencoder(60, 6, 1)
    model.layers[3].weights = Array(repeating: 4, count: 6)
    model.layers[3].biases = (0..<6).map { -4 * (6 + 0.4 * Double($0)) }
    model.layers[4].weights = model.layers[4].weights.map { 40 * $0 }
    model.layers[1].biases = [7]
    model.layers[2].biases = [-1]
    let data = BitMatrix(rows: 3, columns: 60) { row, unit in
      model.fields(given: [6.3 + 0.7 * Double(row)])[unit] > 0
    }
    let exact = model.integrals(of: data, step: 0.0005, reach: 16).map(\.sum)
    let coarse = model.integrals(of: data, step: 0.1, reach: 6).map(\.sum)
    #expect(zip(coarse, exact).contains { abs($0 - $1) > 0.01 })
    for (one, other) in zip(try #require(model.logLikelihoods(of: data)), exact) {
      #expect(abs(one - other) < 1e-6)
    }
  }

  /// Steps: no grid that is affordable resolves them, and nothing is said.
  @Test func noGridIsFineEnoughForSteps() {
    var model = autoencoder(40, 6, 1)
    model.layers[3].weights = model.layers[3].weights.map { 1e5 * $0 }
    model.layers[4].weights = model.layers[4].weights.map { 1e3 * $0 }
    let data = BitMatrix(rows: 1, columns: 40) { _, unit in unit % 2 == 0 }
    #expect(model.logLikelihoods(of: data, workLimit: 1e6) == nil)
  }

  @Test func theEstimateOfTheBoundIsWithinItsError() throws {
    let model = autoencoder(4, 3, 2)
    let data = BitMatrix(rows: allStates(4))
    let estimate = model.estimatedBound(of: data, draws: 200, stream: stream, threads: 2)
    let exact = model.bounds(of: data).reduce(0, +) / 16
    let error = try #require(estimate.standardError)
    #expect(error > 0 && error < 0.1)
    #expect(abs(estimate.mean - exact) < 4 * error)
  }

  @Test func tangents() {
    #expect(isClose(hyperbolicTangent(0.5), 0.46211715726000975, relative: 1e-15))
    #expect(isClose(hyperbolicTangent(-2), -0.9640275800758169, relative: 1e-15))
    #expect(hyperbolicTangent(1e-300) == 1e-300)
    #expect(hyperbolicTangent(40) == 1 && hyperbolicTangent(-.infinity) == -1)
    #expect(hyperbolicTangent(0) == 0)
  }
}
