import Testing

@testable import Boltzmann

struct ScheduleTests {
  @Test func everyKthStateCounts() {
    let schedule = Schedule(warmUp: 3, sweeps: 8, thinning: 3)
    let counted = (0..<schedule.totalSweeps).filter(schedule.counts(afterSweep:))
    #expect(counted == [5, 8])
    #expect(schedule.samplesPerChain == 2)
  }
}
