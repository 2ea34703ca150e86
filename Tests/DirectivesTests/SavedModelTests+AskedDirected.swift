extension SavedModelTests.Asked {
  static let helmholtz = SavedModelTests.Asked(
    name: "a Helmholtz machine",
    making: """
      ```{helmholtz} start
      :layers: 9 4 2
      :weights: normal 0 0.1
      ```

      ```{train} start
      :data: bars
      :epochs: 50
      :rate: 0.1
      :rows: 0
      :plot: none
      :name: model
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{images} model
      :what: samples
      ```

      ```{images} model
      :what: weights
      ```

      ```{wake-sleep-bias} model
      :data: bars
      ```

      ```{train} model
      :data: bars
      :epochs: 5
      :columns: likelihood bound elbo
      ```

      {eval}`p(model, v1=1, h5=0 | v2=0):.12e`
      {eval}`q(model, h1=1 | v1=1, v2=0, v3=1, v4=1, v5=0, v6=1, v7=1, v8=0, v9=1):.12e`
      """,
    summary: "A Helmholtz machine of 9 visible and 4 and 2 hidden units, 109 weights and biases of "
      + "both nets.")

  static let drawnHelmholtz = SavedModelTests.Asked(
    name: "a Helmholtz machine that has not learned",
    making: """
      ```{helmholtz} model
      :layers: 3 2
      :weights: normal 0 1
      :recognition: normal 0 1
      :save: model.safetensors
      ```


      """,
    asking: "{eval}`p(model, v1=1 | h2=0):.12e` {eval}`q(model, h1=1 | v1=1, v2=0, v3=0):.12e`\n\n"
      + "```{wake-sleep-bias} model\n:data: rows\n```\n",
    summary: "A Helmholtz machine of 3 visible and 2 hidden units, 19 weights and biases of both "
      + "nets.")

  static let autoencoder = SavedModelTests.Asked(
    name: "an autoencoder",
    making: """
      ```{vae} start
      :visible: 9
      :hidden: 5
      ```

      ```{train} start
      :data: bars
      :epochs: 20
      :rate: 0.01
      :rows: 0
      :plot: none
      :name: model
      :save: model.safetensors
      ```


      """,
    asking: """
      ```{images} model
      :what: samples
      ```

      ```{images} model
      :what: plane
      :first: 9
      ```

      ```{images} model
      :what: weights
      ```

      ```{train} model
      :data: bars
      :epochs: 2
      :columns: bound likelihood elbo
      ```
      """,
    summary: "A variational autoencoder of 9 visible units, 2 latent ones, 5 hidden ones each way: "
      + "143 weights and biases.")
}
