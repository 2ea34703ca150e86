import Testing

@testable import Boltzmann

@Suite struct RecordingScheduleTests {
  /// What the schedule says is next is the first later count at which it records.
  @Test(arguments: [
    RecordingSchedule.everyUpdates(1), .everyUpdates(3), .everyUpdates(40), .everyEpoch,
  ])
  func nextIsTheNextRecord(schedule: RecordingSchedule) {
    let (perEpoch, total) = (5, 20)
    for updates in 0..<total {
      let later = (updates + 1...total).first {
        schedule.records(afterUpdates: $0, of: total, perEpoch: perEpoch)
      }
      #expect(schedule.next(afterUpdates: updates, of: total, perEpoch: perEpoch) == later)
    }
  }

  @Test func neverHasNoNext() {
    #expect(RecordingSchedule.never.next(afterUpdates: 3, of: 20, perEpoch: 5) == nil)
  }

  /// Every 0 updates: before the first and after the last.
  @Test func everyNoneIsTheLast() {
    let schedule = RecordingSchedule.everyUpdates(0)
    #expect(schedule.records(afterUpdates: 0, of: 20, perEpoch: 5))
    #expect(schedule.next(afterUpdates: 0, of: 20, perEpoch: 5) == 20)
  }
}
