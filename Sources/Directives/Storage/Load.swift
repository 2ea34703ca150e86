internal import Boltzmann
package import Notebooks

/// `{load}`: a model from a file.
package struct Load: Directive {
  static let file = Option<Text?>.text("file", "a file", "Where the model is saved.")

  package static let manual = Manual(
    "load", "A model that another notebook, or another program, has saved.", argument: "NAME",
    options: [file],
    details: """
      The option `:save:` of the directives that give models writes files in the format of \
      safetensors, which Python reads and writes, too (`safetensors.numpy.load_file`, \
      `safetensors.torch.load_file`). The model is then a value like any other: it is sampled, \
      drawn, compared and measured.

      `render` writes the files that notebooks save, and runs a notebook that saves before those \
      that load. `check` writes nothing: a saved file that is not what its notebook gives today is \
      stale like any other output. Whoever loads reads the file that is there, so commit it. A \
      notebook does not load what it saves itself: there the model has a name.

      With its parameters a file holds what kind of model it is, the names of its units or the shape \
      of its images, its energy as a formula, and a checksum of everything, so that a damaged or \
      edited file is refused and not taken for the model. Data are not in it: what needs the rows \
      that a model learned from takes `:data:`, or is for the notebook in which it learned.

      An RBM has the tensors `weights` [visible, hidden], `visible_biases` and `hidden_biases`. A \
      deep belief net has these of its top RBM, `top.weights` and so on, and for each layer k below it \
      `recognition.k.weights` [k - 1, k], `generative.k.weights` [k, k - 1] and the `biases` of both. \
      All these are in single precision, all others in double. A Helmholtz machine has the same \
      between each hidden layer and the one below, and `top.biases`; an autoencoder `weights` and \
      `biases` of its parts `encoder`, `mean`, `log_variance`, `decoder` and `output`. A machine has \
      `connections` [connection, 2], `weights` [connection] and `biases`. A Hopfield net has the \
      `patterns` [pattern, unit] of -1 and +1 that it stores, from which its couplings follow. A \
      belief net has `parent_counts`, `parents` and `table_units`, and in the order of its units \
      `biases`, `weights` and the `probabilities` of tables. In each file a sentence called `energy` or \
      `distribution` says what they mean.

      From other programs an RBM of binary units is taken where names and shapes leave no doubt: \
      `weights` [visible, hidden], `visible_biases`, `hidden_biases`; `W`, `v_bias`, `h_bias`, where \
      W is not square; scikit-learn's `components_` [hidden, visible], `intercept_visible_`, \
      `intercept_hidden_`. Their values are single, or double and then rounded.
      """,
    example: """
      ```{load} small
      :file: models/small.safetensors
      ```

      ```{estimate-z} small
      ```
      """)

  private let name: String
  private let file: Text?

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    file = arguments.required(Self.file)
    if let file { arguments.load(file) }
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let file else { return Outcome() }
    let bytes = try context.folder.read(file)
    do throws(ModelFileError) {
      let record = try ModelRecord(parsing: bytes)
      let model = try SavableModels.model(of: record, named: name)
      return Outcome([.sentence(model.summary)], value: model)
    } catch {
      throw error.diagnostic(at: file.place, in: file.string.quoted)
    }
  }
}

extension ModelFileError {
  fileprivate func diagnostic(at place: Place, in file: String) -> Diagnostic {
    Diagnostic(
      id, at: place, "\(file) cannot be taken for a model: \(description.uncapitalized)", hint: hint
    )
  }

  private var id: String {
    if case .checksum = self { "bad-checksum" } else { "bad-file" }
  }

  private var hint: String? {
    switch self {
    case .file(.truncated), .file(.trailing), .checksum:
      "the file is damaged or was edited: render the notebook that saves it, or copy it again"
    case .file: "a model is in the format of safetensors"
    case .foreign:
      "name the tensors `weights` [visible, hidden], `visible_biases` and `hidden_biases`"
    case .ambiguousAxes: "name the tensors `weights`, `visible_biases` and `hidden_biases`"
    case .kind:
      "these are known: "
        + SavableModels.names.map(\.quoted).joined(separator: ", ")
    case .element: "convert the values before they are saved, for example by `tensor.float()`"
    case .format: "it was written by another version of Harmonium"
    default: nil
    }
  }
}
