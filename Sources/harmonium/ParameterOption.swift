internal import ArgumentParser
internal import Notebooks

/// What parameters are set to instead of their defaults.
struct ParameterOption: ParsableArguments {
  @ArgumentParser.Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: ArgumentHelp(
      "Set a parameter of the notebook; may be given several times.", valueName: "name=value"),
    transform: Self.setting)
  var settings: [ParameterSetting] = []

  @Sendable private static func setting(_ typed: String) throws -> ParameterSetting {
    do { return try ParameterSetting(typed) } catch {
      throw ValidationError("a parameter is set as `name=value`, for example `-p rate=0.1`")
    }
  }
}
