import Boltzmann
import Testing

/// Against values computed with forty digits.
struct ErrorFunctionTests {
  @Test(arguments: [
    (1e-300, 1.1283791670955126e-300), (1e-8, 1.12837916709551256e-8), (0.1, 0.1124629160182848984),
    (0.5, 0.52049987781304653768), (1, 0.84270079294971486934), (1.2, 0.91031397822963536837),
    (1.23, 0.91805010412676136348), (1.5, 0.96610514647531072707), (2, 0.99532226501895273416),
    (3, 0.99997790950300141456), (5, 0.99999999999846254021), (-0.7, -0.67780119383741844228),
    (0, 0), (.infinity, 1),
  ]) func errorFunctionHasItsDigits(x: Double, value: Double) {
    #expect(isClose(errorFunction(x), value, relative: 4e-15))
    #expect(errorFunction(-x) == -errorFunction(x))
  }

  @Test(arguments: [
    (0.1, 0.8875370839817151016, 2e-14), (1, 0.15729920705028513066, 2e-14),
    (1.23, 0.081949895873238636522, 2e-14), (2, 0.0046777349810472658379, 2e-14),
    (5, 1.5374597944280348502e-12, 2e-14), (10, 2.088487583762544757e-45, 2e-14),
    (26, 5.6631924088561428465e-296, 1e-12), (-0.7, 1.6778011938374184423, 2e-14), (40, 0, 0),
  ]) func complementHasItsDigits(x: Double, value: Double, relative: Double) {
    #expect(isClose(complementaryErrorFunction(x), value, relative: relative))
  }
}
