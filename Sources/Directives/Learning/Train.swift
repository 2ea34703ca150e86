internal import Boltzmann
package import Notebooks

/// `{train}`: a model learns from data, once or from many seeds.
///
/// What is said here holds for every model; one study for each kind of model does the rest.
package struct Train: Directive {
  static let data = Option<Text?>.text("data", "a dataset", "What it learns from.")
  static let validation = Option<Text?>.text(
    "validation", "a dataset",
    "Rows that nothing is learned from, for `validation` and, of RBMs, `gap`.")
  static let epochs = Option<Int>.integer(
    "epochs", "Passes over the data.", in: 1...1_000_000, default: 10)
  static let record = Option<Int?>.integer(
    "record", "A row of the table after every so many updates, and after the last.",
    in: 1...1_000_000_000,
    shown: "one epoch")
  static let seeds = Option<Int>.integer(
    "seeds", "Repeats everything with so many seeds, for initial weights and for draws.",
    in: 1...10_000, default: 1)
  static let columns = Option<[TrainingColumn]>.choices(
    "columns", "What is recorded.", default: [],
    shown: "norm error; of a machine norm kl; with a bound elbo")
  static let rows = Option<Int>.integer(
    "rows", "The most rows that are printed; with 0 there is no table.", in: 0...4096, default: 40)
  static let plot = Option<[TrainingColumn]>(
    "plot", "columns, or none", "What is plotted.", default: [], shown: "the last column"
  ) { (lines) throws(Diagnostic) in
    if lines[0].string == "none" { return [] }
    return try columns.parse(lines)
  }

  package static let manual = Manual(
    "train", "A model learns from data: a Boltzmann machine of any kind, or a net with a bound.",
    argument: "MODEL",
    options: [data, epochs] + TrainingOptions.all + [
      seeds, record, columns, validation, rows, plot, CommonOptions.save,
    ]
      + PhaseOptions.all + DirectedOptions.all,
    details: """
      An RBM learns by contrastive divergence or one of its relatives:

      $$
      \\Delta w_{ij} = \\epsilon \\left( \\langle v_i h_j \\rangle_{data} - \\langle v_i h_j \
      \\rangle_k \\right)
      $$

      where the second mean is taken after k steps of a chain that starts at the data (`cd`), of \
      chains that go on from update to update (`pcd`), of the coldest chains of ladders whose \
      neighbours exchange their states (`pt`; all weights and biases are divided by the \
      temperature), or exactly, by enumeration of the smaller layer (`exact`, at most 16 units).

      With `:centering:` w moves along the means of (v − μ)(h − λ), μ being the mean of the data and \
      λ the running mean of the hidden units, and the biases follow: the same models, another way \
      through them. `:sparsity:` moves the input of each hidden unit down by COST times the \
      difference of that running mean from TARGET.

      Columns: `epochs`; `norm`, the norm of the weights; `drop`, its change since the first row; `error`, the \
      mean squared difference between the data and the probabilities of the visible units in the \
      last of the k steps, summed over units (without chains from the data: given the probabilities \
      of the hidden units); `likelihood` and `validation`, the exact mean log-likelihood in nats per \
      row, where the smaller layer has at most 16 units; `ais`, the same of any RBM by annealed \
      importance sampling (500 steps, 64 chains each way), with an interval at 99 %; \
      `pseudo-likelihood`, the mean of the sum of ln p(pixel | all other pixels); `gap`, the mean \
      free energy of the validation rows minus that of the data, which grows with overfitting; \
      `activity`, the mean probability of the hidden units. With `:seeds:` each column is a mean \
      over the seeds, with its standard deviation beside it. `NAME.peak` is the highest likelihood \
      recorded, `NAME.peak-at` its updates. Sources: Hinton 2002; Tieleman 2008; Desjardins and \
      others 2010; Hinton 2010; Melchior, Fischer and Wiskott 2016.

      A deep belief net learns by the up-down algorithm: up, its generative layers learn to make the \
      states that the way up draws; at the top, CD-k from there; down, its recognition layers learn \
      to find what the way down made. Columns: `epochs`; `error`, through all layers and back; \
      `bound`, exact, of a net whose hidden states can all be visited; `wrong` and `wrong-validation`, the share \
      of rows that get another label than their own. Source: Hinton, Osindero and Teh 2006.

      A machine learns from all rows at once, an update an epoch, by the difference of two phases:

      $$
      \\Delta w_{ij} = \\epsilon \\left( \\langle s_i s_j \\rangle^+ - \\langle s_i s_j \\rangle^- \
      \\right)
      $$

      with the visible units clamped to the rows, and free. Only its connections learn, those of \
      weight 0 too. The means come from enumeration (`exact`, at most 20 units), from chains \
      (`sampling`), or from chains that are cooled to the temperature of learning (`annealing`, \
      the procedure of Ackley, Hinton and Sejnowski 1985: fixed steps with the sign of the \
      difference). Further columns: `kl`, KL(data ‖ machine) in nats; `distance`, the norm of W \
      minus the target's; `target-kl`, KL(target ‖ machine) of the visible units; `codes`, the \
      number of different most probable hidden states given the rows; `completed`, the rows whose \
      `asked` units are the most probable given the others. With `:until:` and `:seeds:` there is \
      a row for each seed, and the figures `solved`, `median`, `shortest` and `longest`.

      A Helmholtz machine learns by wake–sleep: generative weights reproduce the states that the \
      recognition net finds in a row, recognition weights find those that the generative net \
      dreamt. A variational autoencoder climbs its bound by ADAM. `:batch:`, `:order:` and `:rate:` \
      belong to both. What has learned can go on learning in a further cell. Columns: `elbo`, the \
      lower bound on the log-likelihood in nats per row, estimated from 10 draws for each row, with \
      its error; `bound`, the same exactly, `likelihood` and `kl`, where the states of the first \
      hidden layer (16 units) and of neighbouring hidden layers (20) can be enumerated, or 2 latent \
      units integrated over; empty where the integral needs too fine a grid. Sources: Hinton, \
      Dayan, Frey and Neal 1995; Kingma and Welling 2014.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{rbm} small
      :visible: 4
      :hidden: 4
      ```

      ```{train} small
      :data: bars
      :epochs: 400
      :rate: 0.2
      :record: 100
      :columns: error likelihood
      :save: models/small.safetensors
      ```
      """)

  private let model: Text
  private let data: Text?
  private let validation: Text?
  private let epochs: Int
  private let options: LearningOptions
  private let record: Int?
  private let seeds: Int
  private let columns: [TrainingColumn]
  private let rows: Int
  private let plotted: [TrainingColumn]?
  private let place: Place

  package init(_ arguments: inout Arguments) {
    model = arguments.reference("a model")
    data = arguments.required(Self.data)
    validation = arguments.value(of: Self.validation)
    _ = arguments.references([data, validation].compactMap(\.self))
    epochs = arguments.value(of: Self.epochs)
    options = LearningOptions(&arguments)
    record = arguments.value(of: Self.record)
    seeds = arguments.value(of: Self.seeds)
    columns = arguments.value(of: Self.columns)
    rows = arguments.value(of: Self.rows)
    let plotted = arguments.value(of: Self.plot)
    self.plotted = arguments.gives(Self.plot) ? plotted : nil
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(model, as: (any Value).self, "a model")
    guard let data else { return Outcome() }
    guard let learner = value.seen(as: (any LearningModel).self) else {
      throw Diagnostic(
        "wrong-kind", at: model.place,
        "\(model.string.quoted) is \(value.kind), but a model that learns is needed here")
    }
    let dataset = try context.value(data, as: DatasetValue.self, "a dataset").dataset
    let validation = try validation.map { (name) throws(Diagnostic) in
      let value = try context.value(name, as: DatasetValue.self, "a dataset")
      return TrainingTask.Validation(data: value.dataset, place: name.place)
    }
    let task = try task(dataset, validation, type(of: learner).standardColumns)
    return try learner.learn(task, options, in: context)
  }

  private func task(
    _ data: Dataset, _ validation: TrainingTask.Validation?, _ standard: [TrainingColumn]
  ) throws(Diagnostic) -> TrainingTask {
    let columns = columns.isEmpty ? standard : columns
    let plotted = plotted ?? Array(columns.suffix(1))
    if let column = plotted.first(where: { !columns.contains($0) }) {
      throw Diagnostic(
        "unknown-column", at: place, "\(column.rawValue.quoted) is plotted, but not recorded",
        hint: "add it to `:columns:`")
    }
    return TrainingTask(
      data: data, validation: validation, epochs: epochs, record: record, seeds: seeds,
      columns: columns, rows: rows, plotted: plotted, place: place)
  }
}
