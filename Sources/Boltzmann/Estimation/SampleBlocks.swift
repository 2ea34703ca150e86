/// What `body` makes of 0 ..< count, 32 on end at a time, by a number of threads; in order.
func mapBlocks<Result: Sendable>(
  of count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> [Result]
) -> [Result] {
  let size = 32
  return mapConcurrently((count + size - 1) / size, threads: threads) { block in
    body(block * size..<min((block + 1) * size, count))
  }.flatMap(\.self)
}
