import Boltzmann
import Foundation
import Workloads

// compare WORKLOAD name=value … [repetitions=N] [paced=true]
//
// Prints one line of JSON per repetition, or with the workload `kernels` one per kernel. With `paced=true` each repetition waits for a line on
// standard input, so that a harness can alternate between programs.

do {
  try run(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("compare: \(error)\n".utf8))
  exit(64)
}

func run(_ arguments: [String]) throws {
  if arguments == ["roofline"] {
    let data = try JSONSerialization.data(withJSONObject: Roof.measure(), options: .sortedKeys)
    return show(String(decoding: data, as: UTF8.self))
  }
  if arguments == ["kernels"] {
    return try kernelCases().forEach { try show($0.measure().json(adding: ["kernel": $0.name])) }
  }
  var options = try Options(arguments.dropFirst())
  guard var workload = try makeWorkload(named: arguments.first ?? "", &options) else {
    let names = workloadNames.joined(separator: ", ")
    print("compare WORKLOAD name=value …; workloads: \(names), roofline, kernels")
    exit(64)
  }
  let repetitions = try options.take("repetitions", 1)
  let isPaced = try options.take("paced", false)
  try options.finish()
  let kernels = try Kernels.requested().name
  for repetition in 0..<repetitions {
    if isPaced && readLine() == nil { return }
    try show(workload.run(repetition: repetition).json(adding: ["kernels": kernels]))
  }
}

/// Unbuffered: whoever paces this program waits for the line.
func show(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
