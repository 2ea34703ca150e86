import Testing

@testable import Boltzmann

@Suite struct StepScheduleTests {
  private let growing = StepSchedule([
    .init(fromEpoch: 0, steps: 1), .init(fromEpoch: 20, steps: 5), .init(fromEpoch: 50, steps: 25),
  ])

  @Test func stagesBeginWithTheirEpoch() {
    #expect([0, 19, 20, 49, 50, 1000].map(growing.steps(inEpoch:)) == [1, 1, 5, 5, 25, 25])
    #expect(StepSchedule(3).steps(inEpoch: 7) == 3)
    #expect(growing.fewest == 1)
  }

  @Test(arguments: [0, 1, 20, 21, 60]) func sumsAreThoseOfTheEpochs(epochs: Int) {
    let plain = (0..<epochs).reduce(0) { $0 + growing.steps(inEpoch: $1) }
    #expect(growing.sum(epochs: epochs) { Double($0) } == Double(plain))
  }
}
