/// Where an update stands among all of a run.
struct UpdatePlace: Sendable {
  /// The number of its first half-step.
  private(set) var firstHalfStep = 0
  /// The steps of all updates before.
  private(set) var stepsBefore = 0
  /// k.
  var steps = 1

  /// Goes on to the next update.
  mutating func finishUpdate() {
    firstHalfStep += 2 * steps + 2
    stepsBefore += steps
  }
}
