import Boltzmann
import Testing

struct ElementaryFunctionsTests {
  /// Each name reaches its own function; their accuracy is tested where they are written.
  @Test func values() {
    #expect(isClose(exponential(1), 2.7182818284590452, relative: 4e-16))
    #expect(isClose(naturalLogarithm(10), 2.3025850929940457, relative: 4e-16))
    #expect(isClose(logistic(1), 0.73105857863000488, relative: 4e-16))
    #expect(isClose(softplus(1), 1.3132616875182228, relative: 4e-16))
  }
}
