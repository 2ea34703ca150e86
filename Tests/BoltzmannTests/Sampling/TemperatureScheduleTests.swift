import Boltzmann
import Testing

struct TemperatureScheduleTests {
  @Test func linearStepsAreEqual() {
    let schedule = TemperatureSchedule.linear(from: 20, to: 1, steps: 5, sweeps: 30)
    #expect(schedule.steps.map(\.temperature) == [20, 15.25, 10.5, 5.75, 1])
    #expect(schedule.steps.map(\.sweeps) == [30, 30, 30, 30, 60])
    #expect(schedule.totalSweeps == 180)
  }

  @Test func geometricStepsHaveOneRatio() {
    let schedule = TemperatureSchedule.geometric(
      from: 16, to: 1, steps: 5, sweeps: 2, finalSweeps: 7)
    for (step, expected) in zip(schedule.steps, [16.0, 8, 4, 2, 1]) {
      #expect(isClose(step.temperature, expected, relative: 1e-15))
    }
    #expect(schedule.steps.last == .init(temperature: 1, sweeps: 7))
  }

  @Test func oneStepRunsAtTheEnd() {
    let one = TemperatureSchedule.constant(1, sweeps: 4)
    #expect(TemperatureSchedule.linear(from: 9, to: 1, steps: 1, sweeps: 2) == one)
    #expect(TemperatureSchedule.geometric(from: 9, to: 1, steps: 1, sweeps: 2) == one)
  }

  @Test func aRangeIsRunFromHotToCold() throws {
    let range = try TemperatureRange(torus(side: 4) { _ in 1 })
    let schedule = TemperatureSchedule.geometric(through: range, steps: 3, sweeps: 1)
    #expect(schedule.steps.first?.temperature == range.hottest)
    #expect(schedule.steps.last?.temperature == range.coldest)
  }
}
