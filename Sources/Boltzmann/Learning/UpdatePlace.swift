/// Where an update stands among all of a run.
struct UpdatePlace: Sendable {
  /// The number of its first half-step.
  private(set) var firstHalfStep = 0
  /// The steps of all updates before.
  private(set) var stepsBefore = 0
  /// k.
  var steps = 1

  /// Goes on to the next update.
  mutating func finishUpdate() { finish(updates: 1) }

  /// Goes on behind so many updates of as many steps each.
  mutating func finish(updates count: Int) {
    firstHalfStep += count * (2 * steps + 2)
    stepsBefore += count * steps
  }
}
