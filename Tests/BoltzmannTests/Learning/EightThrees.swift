import Boltzmann

/// The first eight threes of the 8 × 8 digits (UCI Optical Recognition of Handwritten Digits,
/// CC BY 4.0), grey levels 0 … 16 as one character 0 … 9, a … g each.
let eightThrees = Dataset(
  values: [
    "007fd10008d6f400021dd000002fb1000001cc1000001a8000845e90007dd900",
    "029fe93004d89g800006ef30000be2000002fb0000002f400156dg6002ccdb00",
    "018cfe4003b88cc000002d700002fc100000d50000009d000078ef0000efb200",
    "009gd6000065gg000008f5000005e30000009f2000000bc00048bfc000bec800",
    "01afb1000388bc000005ef10000bf2000004f2000000ca000034ag1000dgfa00",
    "00afe4000046dg200003g9000001g6000000ac0000001g4001956g7000ecfb20",
    "00ege600007agg300005gg100002g8000000cd1000004g700059eg7000dgga10",
    "03gge7100199fg400007gc100009g2000003f70000009f0001aagg3002dgc500",
  ].flatMap { $0.map { Double(Int(String($0), radix: 17) ?? 0) } },
  unitCount: 64)
