internal import CKernels

/// TV(p, q) = ½ Σ |p − q|, the largest difference of the probabilities of any event.
public func totalVariationDistance(_ p: [Double], _ q: [Double]) -> Double {
  precondition(p.count == q.count, "Two distributions must be over the same cells.")
  var sum = CompensatedSum()
  for (first, second) in zip(p, q) { sum.add(abs(first - second)) }
  return sum.value / 2
}

/// KL(p ‖ q) = Σ p ln(p/q) in nats; infinite when q is zero where p is not.
public func kullbackLeiblerDivergence(_ p: [Double], from q: [Double]) -> Double {
  precondition(p.count == q.count, "Two distributions must be over the same cells.")
  var sum = CompensatedSum()
  for (first, second) in zip(p, q) where first > 0 {
    if second == 0 { return .infinity }
    sum.add(first * (hm_log(first) - hm_log(second)))
  }
  return sum.value
}
