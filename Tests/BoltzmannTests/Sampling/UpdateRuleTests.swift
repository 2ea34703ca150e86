import Boltzmann
import Testing

struct UpdateRuleTests {
  @Test func probabilitiesAreThoseOfTheFormulas() {
    #expect(UpdateRule.heatBath.flipProbability(energyChange: 0, temperature: 3) == 0.5)
    #expect(UpdateRule.metropolis.flipProbability(energyChange: 0, temperature: 3) == 1)
    #expect(UpdateRule.metropolis.flipProbability(energyChange: -1e300, temperature: 1e-9) == 1)
    #expect(UpdateRule.heatBath.flipProbability(energyChange: -1e300, temperature: 1e-9) == 1)
    for rule in UpdateRule.allCases {
      #expect(rule.flipProbability(energyChange: 1e300, temperature: 1e-9) == 0)
    }
    // e⁻² and 1 / (1 + e²).
    let changes = UpdateRule.allCases.map { $0.flipProbability(energyChange: 1, temperature: 0.5) }
    #expect(isClose(changes[0], 0.119202922022117557, relative: 1e-15))
    #expect(isClose(changes[1], 0.135335283236612692, relative: 1e-15))
  }

  @Test(arguments: UpdateRule.allCases, [0.3, 1, 7])
  func balanceIsDetailed(rule: UpdateRule, temperature: Double) {
    for change in [0, 0.01, 1, 5] {
      let up = rule.flipProbability(energyChange: change, temperature: temperature)
      let down = rule.flipProbability(energyChange: -change, temperature: temperature)
      let logistic = UpdateRule.heatBath.flipProbability(
        energyChange: change, temperature: temperature)
      // p(up)/p(down) = exp(−ΔE/T) = σ(−ΔE/T) / σ(ΔE/T).
      #expect(isClose(up * (1 - logistic), down * logistic, relative: 1e-14))
    }
  }
}
