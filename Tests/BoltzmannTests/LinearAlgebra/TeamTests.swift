import Synchronization
import Testing

@testable import Boltzmann

@Suite struct TeamTests {
  /// Every member adds 1 in every round; after a meeting, all see all of the round.
  @Test(arguments: [1, 2, 3, 8])
  func membersSeeWhatOthersWroteBeforeAMeeting(size: Int) {
    let counters = Counters()
    let work = SendableWork { member in
      for round in 1...2000 {
        counters.total.wrappingAdd(1, ordering: .relaxed)
        _ = member.meet()
        if counters.total.load(ordering: .relaxed) != round * member.count {
          counters.wrong.wrappingAdd(1, ordering: .relaxed)
        }
        _ = member.meet()
      }
    }
    formTeam(of: size, leader: work.body) { work.body($0) }
    #expect(counters.wrong.load(ordering: .relaxed) == 0)
    #expect(counters.total.load(ordering: .relaxed) == 2000 * size)
  }

  @Test func membersSleepThroughLongWaits() {
    var turns = 0
    formTeam(of: 2) { member in
      for _ in 0..<3 {
        var word: UInt64 = 1
        for _ in 0..<2_000_000 { word = word &* 6_364_136_223_846_793_005 &+ 1 }
        if member.meet(word != 0) { turns += 1 }
      }
    } followers: { member in
      for _ in 0..<3 { _ = member.meet() }
    }
    #expect(turns == 3)
  }

  @Test(arguments: [1, 2, 3])
  func oneNoIsHeardByAllAndOnlyThen(size: Int) {
    let heard = Shared<[Int: [Bool]]>([:])
    let work = SendableWork { member in
      let answers = (0..<6).map { round in
        member.meet(round % 3 != 1 || member.number != member.count - 1)
      }
      heard.value.withLock { $0[member.number] = answers }
    }
    formTeam(of: size, leader: work.body) { work.body($0) }
    for number in 0..<size {
      #expect(heard.value.withLock { $0[number] } == [true, false, true, true, false, true])
    }
  }

  @Test(arguments: [0, 1, 2, 5, 64], [1, 2, 3, 8])
  func sharesCoverEverythingOnce(total: Int, size: Int) {
    let shares = Shared([Range<Int>?](repeating: nil, count: size))
    let work = SendableWork { member in
      let share = member.share(of: total)
      shares.value.withLock { $0[member.number] = share }
    }
    formTeam(of: size, leader: work.body) { work.body($0) }
    #expect(shares.value.withLock { $0.compactMap { $0 } }.flatMap(Array.init) == Array(0..<total))
  }

  /// In every round anew, and in two deals side by side.
  @Test(arguments: [0, 1, 2, 5, 98], [1, 2, 3, 8])
  func dealsCoverEverythingOnce(total: Int, size: Int) {
    let taken = Shared<[[Int]]>([])
    let work = SendableWork { member in
      for _ in 0..<50 {
        var mine: [Int] = []
        member.take(of: total) { mine += $0 }
        member.take(of: total + 1, deal: 1) { mine += $0.map { total + $0 } }
        taken.value.withLock { $0.append(mine) }
        _ = member.meet()
      }
    }
    formTeam(of: size, leader: work.body) { work.body($0) }
    let all = taken.value.withLock { $0.joined() }
    #expect(all.sorted() == (0..<2 * total + 1).flatMap { Array(repeating: $0, count: 50) })
  }

  /// Who never takes leaves nothing undone, and who takes begins with its own share.
  @Test(arguments: [0, 1, 2])
  func oneMemberTakesWhatOthersLeave(taker: Int) {
    let taken = Shared<[Int]>([])
    let work = SendableWork { member in
      if member.number == taker {
        member.take(of: 30) { range in taken.value.withLock { $0 += range } }
      }
      _ = member.meet()
    }
    formTeam(of: 3, leader: work.body) { work.body($0) }
    let all = taken.value.withLock { $0 }
    #expect(Array(all.prefix(10)) == Array(10 * taker..<10 * taker + 10))
    #expect(all.sorted() == Array(0..<30))
  }
}

/// Work for every member, the leader too.
private struct SendableWork: Sendable {
  let body: @Sendable (TeamMember) -> Void
  init(body: @escaping @Sendable (TeamMember) -> Void) { self.body = body }
}

private final class Counters: Sendable {
  let total = Atomic(0)
  let wrong = Atomic(0)
}

private final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }
}
