/// A notebook in which a model of some kind learns long enough to be interrupted.
struct LongTraining: Sendable, CustomStringConvertible {
  let description: String
  var notebook: String

  private init(_ description: String, _ cells: String) {
    self.description = description
    notebook = """
      ```{dataset} bars
      :bars-and-stripes: 4
      ```

      \(cells)

      """
  }

  static let all = [rbm, machine, deepBeliefNet, wakeSleep, autoencoder]

  static let rbm = LongTraining(
    "an RBM",
    """
    ```{rbm} r
    :visible: 16
    :hidden: 12
    ```

    ```{train} r
    :data: bars
    :algorithm: pcd
    :chains: 20
    :batch: 5
    :epochs: 120
    :record: 200
    :rate: 0.02
    :momentum: 0.5
    :centering: true
    :columns: norm drop likelihood
    :name: one
    :save: models/one.safetensors
    ```

    ```{train} r
    :data: bars
    :algorithm: pt
    :chains: 4
    :rungs: 3
    :to: 3
    :epochs: 15
    :record: 60
    :rate: 0.02
    :seeds: 2
    :columns: norm likelihood
    :name: many
    :save: models/many.safetensors
    ```
    """)

  /// Every visible unit is connected to every other and to the hidden ones.
  private static let connections = Array("abcdefgh").enumerated().flatMap { number, unit in
    Array("abcdefghij")[(number + 1)...].map { "\(unit) -- \($0): 0" }
  }.joined(separator: "\n")

  /// Exact and sampled phases, one machine and many that stop at an aim.
  static let machine = LongTraining(
    "a machine",
    """
    ```{dataset} pairs
    :encoder: 4
    ```

    ```{machine} m
    :visible: a b c d e f g h
    :hidden: i j

    \(connections)
    ```

    ```{train} m
    :data: pairs
    :algorithm: sampling
    :persistent: true
    :chains: 4
    :epochs: 80
    :momentum: 0.5
    :weights: normal 0 0.1
    :record: 20
    :columns: norm drop kl
    :name: one
    :save: models/one.safetensors
    ```

    ```{train} m
    :data: pairs
    :epochs: 25
    :rate: 0.5
    :weights: normal 0 0.5
    :seeds: 2
    :until: kl < 1.5
    :until: kl < 1.2
    :name: many
    :save: models/many.safetensors
    ```
    """)

  static let deepBeliefNet = LongTraining(
    "a deep belief net",
    """
    ```{rbm} low
    :visible: 16
    :hidden: 8
    :weights: normal 0 0.1
    ```

    ```{rbm} high
    :visible: 8
    :hidden: 6
    :weights: normal 0 0.1
    ```

    ```{dbn} net
    :layers: low high
    ```

    ```{train} net
    :data: bars
    :epochs: 80
    :batch: 5
    :record: 100
    :columns: error bound
    :name: tuned
    :save: models/tuned.safetensors
    ```
    """)

  static let wakeSleep = LongTraining(
    "wake–sleep",
    """
    ```{helmholtz} net
    :layers: 16 8 2
    ```

    ```{train} net
    :data: bars
    :epochs: 25
    :rate: 0.05
    :record: 25
    :columns: norm drop bound
    :name: one
    :save: models/one.safetensors
    ```

    ```{train} net
    :data: bars
    :epochs: 3
    :seeds: 3
    :columns: norm
    :name: many
    :save: models/many.safetensors
    ```
    """)

  static let autoencoder = LongTraining(
    "an autoencoder",
    """
    ```{vae} net
    :visible: 16
    :hidden: 8
    :latent: 2
    ```

    ```{train} net
    :data: bars
    :epochs: 50
    :rate: 0.01
    :record: 50
    :columns: norm drop elbo
    :name: one
    :save: models/one.safetensors
    ```
    """)
}
