extension SavedModelTests.Asked {
  static let all = [
    fineTuned, labelled, helmholtz, drawnHelmholtz, autoencoder, beliefNet, layeredNet, hebb,
    pseudoInverse, drawnRBM, undirected,
  ]

  private static let first = """
    ```{rbm} small
    :visible: 9
    :hidden: 6
    :weights: normal 0 0.5
    ```

    ```{train} small
    :data: bars
    :epochs: 30
    :rate: 0.2
    :rows: 0
    :plot: none
    :name: first
    ```


    """

  /// Fine-tuned, so that the ways up and down have different weights.
  private static let fineTuned = SavedModelTests.Asked(
    name: "a fine-tuned net",
    making: first + """
      ```{rbm} second
      :transpose: first
      ```

      ```{dbn} net
      :layers: first second
      ```

      ```{train} net
      :data: bars
      :epochs: 20
      :rows: 0
      :plot: none
      :name: model
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{images} model
      :what: samples
      :sweeps: 20
      ```

      ```{images} model
      :what: weights
      :layer: 2
      ```

      ```{bound} model
      :data: bars
      :name: bounded
      ```

      ```{train} model
      :data: bars
      :epochs: 5
      :columns: error bound
      :name: further
      ```

      {eval}`bounded.bound:.12e` {eval}`bounded.likelihood:.12e`
      """,
    summary: "A deep belief net of 9 visible units, layers of 6 and 9 hidden units.")

  private static let labelled = SavedModelTests.Asked(
    name: "a net with labels",
    making: first + """
      ```{dataset} up
      :from: bars
      :through: first
      :label-units: 2
      ```

      ```{rbm} top
      :visible: 8
      :hidden: 5
      ```

      ```{train} top
      :data: up
      :epochs: 50
      :rows: 0
      :plot: none
      :name: second
      ```

      ```{dbn} model
      :layers: first second
      :label-units: 2
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{classify} model
      :data: bars
      ```

      ```{images} model
      :what: samples
      :label: 1 0
      :sweeps: 20
      ```

      ```{bound} model
      :data: bars
      ```
      """,
    summary: "A deep belief net of 9 visible units, layers of 6 and 5 hidden units, 2 label units "
      + "at the top.")

  private static let beliefNet = SavedModelTests.Asked(
    name: "a belief net with tables",
    making: """
      ```{belief-net} model
      :hidden: rain sprinkler
      :visible: wet cold
      :save: model.safetensors

      p(rain) = 0.2
      p(sprinkler | rain) = 0.4 0.01
      wet: -5
      rain -> wet: 8
      sprinkler -> wet: 7
      p(cold | rain) = 0.1 0.7
      ```


      """,
    asking: """
      ```{posterior} model
      :given: wet=1
      :method: exact gibbs likelihood-weighting
      :draws: 1000
      :sweeps: 100
      ```

      {eval}`p(model, rain=1 | wet=1, cold=0):.12e` {eval}`p(model, wet=1):.12e`
      """,
    summary: "A belief net of 4 units (2 hidden, 2 visible); 4 arrows.")

  private static let layeredNet = SavedModelTests.Asked(
    name: "a layered belief net",
    making: """
      ```{belief-net} model
      :layers: 3 4
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{undirected} other
      :from: model
      ```

      {eval}`p(model, a2=1 | b1=1, b4=0):.12e`
      """,
    summary: "A belief net of 7 units (3 hidden, 4 visible); 12 arrows.")

  private static func hopfield(_ rule: String, _ called: String) -> SavedModelTests.Asked {
    SavedModelTests.Asked(
      name: "a Hopfield net, \(rule)",
      making: """
        ```{dataset} three
        :from: bars
        :first: 3
        ```

        ```{hopfield} model
        :patterns: three
        :rule: \(rule)
        :save: model.safetensors
        ```


        """,
      asking: """
        ```{recall} model
        :noise: 0.2
        :chains: 100
        ```

        ```{attractors} model
        ```

        ```{sample} model
        :chains: 20
        ```

        {eval}`model.load:.12e` {eval}`model.alike:.12e` {eval}`p(model, r1c1=1, r2c3=-1):.12e`
        """,
      summary:
        "A Hopfield net: 3 patterns of 9 units, each -1 or +1, stored by \(called); the load "
        + "is 0.3333. The two that are most alike overlap by 0.333. 3 of 3 are fixed points.")
  }

  private static let hebb = hopfield("hebb", "Hebb's rule")
  private static let pseudoInverse = hopfield(
    "pseudo-inverse", "the pseudo-inverse")

  private static let drawnRBM = SavedModelTests.Asked(
    name: "an RBM that has not learned",
    making: """
      ```{rbm} model
      :visible: 9
      :hidden: 4
      :weights: normal 0 1
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{estimate-z} model
      ```

      ```{rbm} turned
      :transpose: model
      ```

      ```{dbn} net
      :layers: model turned
      ```

      ```{bound} net
      :data: bars
      ```
      """,
    summary: "An RBM of 9 visible and 4 hidden units. The norm of its weights is 6.242.")

  private static let undirected = SavedModelTests.Asked(
    name: "a belief net without arrows",
    making: """
      ```{belief-net} lawn
      :hidden: rain sprinkler
      :visible: wet

      wet: -5
      rain -> wet: 8
      sprinkler -> wet: 7
      ```

      ```{undirected} model
      :from: lawn
      :save: model.safetensors
      ```


      """,
    asking: "{eval}`p(model, rain=1 | wet=1):.12e`\n\n```{energy-table} model\n```\n",
    summary: "A machine of 3 units (3 visible, 0 hidden), each 0 or 1; 3 connections.")
}
