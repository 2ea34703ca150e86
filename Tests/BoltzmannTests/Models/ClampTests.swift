import Boltzmann
import Testing

struct ClampTests {
  let clamp: Clamp = [3: true, 1: false]

  @Test func holdsItsUnits() {
    #expect(clamp.units == [1, 3])
    #expect(clamp.freeUnits(of: 5) == [0, 2, 4])
    #expect(clamp[3] == true && clamp[1] == false && clamp[0] == nil)
    var state = BitVector([true, true, false, false, true])
    #expect(!clamp.holds(in: state))
    clamp.apply(to: &state)
    #expect(state == BitVector([true, false, false, true, true]))
    #expect(clamp.holds(in: state))
  }

  @Test func anEmptyClampHoldsNothing() {
    #expect(Clamp().isEmpty && !clamp.isEmpty)
    #expect(Clamp().freeUnits(of: 3) == [0, 1, 2])
  }
}
