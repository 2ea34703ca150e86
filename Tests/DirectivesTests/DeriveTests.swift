import Testing

/// Derivations whose probabilities are near 0 and 1.
@Suite struct DeriveTests {
  private func page(_ name: String, bias: Double, _ options: String) -> Page {
    Page(
      "```{machine} m\n:visible: \(name)\n\n\(name): \(bias)\n```\n\n"
        + "```{derive} m\n:unit: \(name)\n\(options)\n```\n")
  }

  /// σ(15) = 1 - 3.05902e-7, of which six digits are 1.
  @Test func probabilitiesNearOne() throws {
    let text = try #require(page("a", bias: 15, "").text)
    let q = "3.05902 \\cdot 10^{-7}"
    for equation in [
      "= -3.05902 \\cdot 10^{-7} - (-15.0000) = 15\n", "= \\ln(1 - \(q)) - \\ln(1 - (1 - \(q)))\n",
      "= \\ln \\frac{1 - \(q)}{\(q)}\n", "= \\ln \\frac{\(q)}{1 - \(q)} = -15\n",
      "= \\frac{1}{1 + \(q)} = 1 - \(q)\n",
    ] {
      #expect(text.contains(equation), "\(equation)")
    }
    let plain = try #require(page("a", bias: -15, ":notation: text").text)
    for equation in [
      "= -15.0000 - (-3.05902e-7) = -15\n", "= ln(3.05902e-7) - ln(1 - 3.05902e-7)\n",
      "= ln(3.05902e-7 / (1 - 3.05902e-7))\n", "= 1/(1 + 3269017) = 3.05902e-7\n",
    ] {
      #expect(plain.contains(equation), "\(equation)")
    }
  }

  /// e⁻¹⁰⁰⁰ = 5.07596e-435 is 0 in a Double, but no probability is.
  @Test func probabilitiesBeyondADouble() throws {
    let text = try #require(page("a", bias: 1, ":temperature: 0.001\n:notation: text").text)
    for equation in [
      "= 0 - (-1000) = 1000\n", "= ln((1 - 5.07596e-435) / 5.07596e-435)\n",
      "exp(-dE/T) = 1/p_on - 1 = 5.07596e-435\n",
      "the probabilities 5.07596e-435 (off) and 1 (on); the logistic function gives 1, the same",
    ] {
      #expect(text.contains(equation), "\(equation)")
    }
    let other = try #require(page("a", bias: -1, ":temperature: 0.001").text)
    #expect(other.contains("\\frac{1}{1 + 1.97007 \\cdot 10^{434}} = 5.07596 \\cdot 10^{-435}\n"))
  }

  @Test func subscriptsOfSubscripts() throws {
    let text = try #require(page("a_b_c", bias: 1, "").text)
    #expect(text.contains("\\Delta E_{a_{b_{c}}} = "))
    #expect(!text.contains("E_{a_b"))
  }
}
