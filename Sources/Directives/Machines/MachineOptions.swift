internal import Notebooks

/// Options that mean the same for every directive that works on a machine.
enum MachineOptions {
  static let given = Option<[Text]>.words(
    "given", "unit=value …", "Holds units at values: the distribution is conditional on them.")
  static let marginal = Option<[Text]>.words(
    "marginal", "units", "Tabulates the states of these units alone.")
  static let sum = Option<Text?>.text(
    "sum", "a + b … or all", "Tabulates how many of these units are on, or the sum of spins.")
  static let temperature = Option<Double>.number(
    "temperature", "The temperature T.", in: 1e-6...1e6, default: 1)
}
