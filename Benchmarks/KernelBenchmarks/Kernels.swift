import Benchmark
import Workloads

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration.metrics = [.wallClock, .throughput]
  Benchmark.defaultConfiguration.maxDuration = .milliseconds(500)
  for kernel in kernelCases() {
    Benchmark(kernel.name) { benchmark in
      for _ in benchmark.scaledIterations { kernel.run() }
    }
  }
}
