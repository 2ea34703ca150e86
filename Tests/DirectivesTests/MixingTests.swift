import Testing

/// What is said about samplers at temperatures where a Double no longer tells probabilities from 0.
@Suite struct MixingTests {
  private func sentences(_ machine: String, _ options: String) -> [String] {
    Page(
      "```{machine} m\n:visible: a b\n\n\(machine)\n```\n\n```{mixing} m\n:plot: no\n\(options)\n```\n"
    ).sentences.dropFirst().map(\.self)
  }

  /// Between 00 and 11, a barrier of 2 at T = 0.06: e^33 sweeps, many and not for ever.
  @Test func aHighBarrierIsNoWall() {
    #expect(
      sentences("a -- b: 4\na: -2\nb: -2", ":temperature: 0.06") == [
        "All 4 states can be reached from each of them: one closed class.",
        "|λ₂| < 1, but the spectral gap is below 1e-12: the slowest deviation falls to 1/e in more "
          + "than 1e12 sweeps.",
        "Mixing time: more than 2^40 sweeps.",
      ])
  }

  /// From 00 to 01 at no cost and on to 11; the way back is unlikely, by e^-250 and more.
  @Test func coldStatesAreNotLost() {
    #expect(
      sentences("a -- b: 1.5\na: -0.5", ":temperature: 0.002") == [
        "All 4 states can be reached from each of them: one closed class.",
        "|λ₂| = 0.5000, spectral gap 0.5000: the slowest deviation falls to 1/e in 1.443 sweeps.",
        "Mixing time: 3 sweeps.",
      ])
  }

  /// A Metropolis unit without weights is flipped in every sweep.
  @Test func turnsAreKeptForEver() {
    #expect(
      sentences("a: 0\nb: 0.5", ":rule: metropolis") == [
        "All 4 states can be reached from each of them: one closed class.",
        "|λ₂| = 1: part of the start is never forgotten.",
        "Mixing time: infinite; d(t) does not go to 0.",
      ])
  }
}
