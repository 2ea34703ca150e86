import Testing

@testable import Boltzmann

struct TraceRecorderTests {
  /// However long the run, a trace keeps at most the largest count, equally spaced.
  @Test(arguments: [
    (chains: 4, samples: 1000), (chains: 1, samples: 1 << 22), (chains: 1, samples: (1 << 22) + 1),
    (chains: 1000, samples: 1_000_000), (chains: 10_000_000, samples: 5),
  ])
  func memoryIsBounded(run: (chains: Int, samples: Int)) {
    let recorder = TraceRecorder([.energy], chains: run.chains, samplesPerChain: run.samples)
    let kept = run.samples / recorder.stride
    #expect(kept * run.chains <= max(Trace.largestCount, run.chains))
    #expect(recorder.stride == 1 || (kept + 1) * run.chains * 2 > Trace.largestCount)
    #expect(
      (1...min(run.samples, 100)).count { recorder.keeps(sample: $0) } == min(run.samples, 100)
        / recorder.stride)
  }

  @Test func tracesAreInTheOrderOfTheChains() {
    var (first, second) = (
      TraceRecorder([.energy, .statistic(.sum(of: [0]))], chains: 3, samplesPerChain: 2),
      TraceRecorder([.energy, .statistic(.sum(of: [0]))], chains: 3, samplesPerChain: 2)
    )
    #expect(first.needsStates && !TraceRecorder([.energy]).needsStates)
    let (off, on) = (BitVector(zeros: 1), BitVector(ones: 1))
    first.open(chains: 2)
    first.add([off, on], [1, 2])
    first.add([on, on], [3, 4])
    second.open(chains: 1)
    second.add([off], [5])
    second.add([on], [6])
    first.merge(second)
    let traces = first.traces(thinning: 3)
    #expect(traces[0] == Trace(chains: [[1, 3], [2, 4], [5, 6]], interval: 3))
    #expect(traces[1] == Trace(chains: [[0, 1], [1, 1], [0, 1]], interval: 3))
    #expect(!TraceRecorder().keeps(sample: 1))
  }
}
