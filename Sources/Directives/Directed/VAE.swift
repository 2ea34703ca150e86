internal import Boltzmann
package import Notebooks

/// `{vae}`: a variational autoencoder that has not learned yet.
package struct VAE: Directive {
  static let visible = Option<Int?>.integer(
    "visible", "The number of visible units.", in: 1...10_000)
  static let hidden = Option<Int?>.integer(
    "hidden", "The number of hidden units of each net.", in: 1...10_000)
  static let latent = Option<Int>.integer(
    "latent", "The number of latent units.", in: 1...1000, default: 2)

  package static let manual = Manual(
    "vae", "A variational autoencoder: normal codes, one hidden layer each way.",
    argument: "NAME", options: [visible, hidden, latent, CommonOptions.save],
    details: """
      A decoder generates binary units from a few normal ones, an encoder recognises these:

      $$
      p(v_i = 1 \\mid z) = \\sigma(f_i), \\quad f = W_5 \\tanh(W_4 z), \\quad z \\sim N(0, 1) \\qquad \
      q(z \\mid v) = N(\\mu, e^{\\lambda}), \\quad \\mu = W_2 h, \\quad \\lambda = W_3 h, \\quad h = \
      \\tanh(W_1 v)
      $$

      where every W adds biases as well. Weights are drawn from a normal distribution of variance \
      1/inputs, biases are 0. `{train}` makes it learn: up the gradient of the bound

      $$
      \\ln p(v) \\ge E_q[\\ln p(v \\mid z)] - KL(q(z \\mid v) \\,\\|\\, N(0, 1))
      $$

      at $z = \\mu + e^{\\lambda/2} \\epsilon$ with drawn $\\epsilon$, by ADAM. `{images}` shows what \
      the codes all over the latent plane mean, `:what: plane`. Source: Kingma and Welling 2014.
      """,
    example: """
      ```{vae} small
      :visible: 4
      :hidden: 3
      :latent: 1
      ```
      """)

  private let name: String
  private let visibleCount: Int
  private let hiddenCount: Int
  private let latentCount: Int

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    visibleCount = arguments.required(Self.visible) ?? 1
    hiddenCount = arguments.required(Self.hidden) ?? 1
    latentCount = arguments.value(of: Self.latent)
    arguments.drawsRandomNumbers()
    arguments.noBody()
    let weightCount = hiddenCount * (2 * visibleCount + 3 * latentCount)
    if weightCount > Helmholtz.parameterLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: arguments.call.place,
          "\(weightCount) weights are more than \(Helmholtz.parameterLimit)"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let (visibleCount, hiddenCount, latentCount) = (visibleCount, hiddenCount, latentCount)
    let value = VAEValue(name: name) { draw in
      VariationalAutoencoder(
        visibleCount: visibleCount, hiddenCount: hiddenCount, latentCount: latentCount,
        stream: draw.map { stream.substream(UInt64($0)) } ?? stream)
    }
    return Outcome([.sentence("\(value.model(nil).sizes).")], value: value)
  }
}
