internal import CKernels

/// One of the threads that work together, side by side, and wait for each other often.
@safe struct TeamMember {
  /// 0 for the thread that formed the team.
  let number: Int
  /// How many members there are.
  let count: Int
  private let team: OpaquePointer

  fileprivate init(_ team: OpaquePointer, number: Int, count: Int) {
    (self.number, self.count) = (number, count)
    unsafe self.team = team
  }

  /// Waits until every member has come here; whether all of them said yes.
  func meet(_ saysYes: Bool = true) -> Bool {
    unsafe hm_team_meet(team, saysYes ? 1 : 0) != 0
  }

  /// Calls the body with ranges of 0 ..< total that nobody else gets, until all are taken: of this
  /// member's share first, then from the ends of others', so that nobody waits for who is slower.
  ///
  /// Between two meetings every deal has a number of its own, below `HM_TEAM_DEALS`, and one total.
  func take(of total: Int, deal: Int = 0, _ body: (Range<Int>) -> Void) {
    precondition(total < 1 << 20, "A deal has fewer parts.")
    var first = 0
    while case let size = unsafe hm_team_take(team, deal, number, total, &first), size > 0 {
      body(first..<first + size)
    }
  }

  /// This member's share of 0 ..< total, the shares being as equal as they can.
  func share(of total: Int) -> Range<Int> {
    number * total / count..<(number + 1) * total / count
  }
}

/// Runs `leader` here and `follower` on up to `size` − 1 new threads, and returns when all are done.
///
/// There may be fewer followers where the system has no more threads: what members do must depend
/// on `TeamMember.count`, not on `size`.
func formTeam(
  of size: Int, leader: (TeamMember) -> Void, followers: @escaping @Sendable (TeamMember) -> Void
) {
  withoutActuallyEscaping(leader) { leader in
    let work = TeamWork(leader: leader, follower: followers)
    unsafe hm_team_run(
      size,
      { context, team, number, count in
        let work = unsafe Unmanaged<TeamWork>.fromOpaque(context).takeUnretainedValue()
        let member = unsafe TeamMember(team, number: number, count: count)
        number == 0 ? work.leader(member) : work.follower(member)
      }, Unmanaged.passUnretained(work).toOpaque())
    withExtendedLifetime(work) {}
  }
}

private final class TeamWork {
  let leader: (TeamMember) -> Void
  let follower: @Sendable (TeamMember) -> Void

  init(
    leader: @escaping (TeamMember) -> Void, follower: @escaping @Sendable (TeamMember) -> Void
  ) {
    (self.leader, self.follower) = (leader, follower)
  }
}
