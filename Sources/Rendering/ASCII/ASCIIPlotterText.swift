/// Words in ASCII: spelling, wrapping and placing.
enum ASCIIText {
  /// `text` spelt in printable ASCII.
  ///
  /// Greek letters become their names (σ sigma) except Δ, which becomes D as in dE and DE; signs
  /// become what is typed for them (− -, × x, ≤ <=, ± +-, → ->), raised digits get a caret (10⁻³ 10^-3),
  /// lowered digits become plain, accents are dropped, white space becomes a space, and any other
  /// character becomes a question mark.
  static func spelled(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = ""
    var isRaised = false
    for scalar in text.unicodeScalars {
      let raised = superscripts[scalar]
      if let raised { result += isRaised ? raised : "^" + raised }
      isRaised = raised != nil
      switch scalar.value {
      case _ where isRaised: continue
      case 0x20..<0x7F: result.unicodeScalars.append(scalar)
      case 0x300..<0x370: continue
      case 0x2080...0x2089: result += String(scalar.value - 0x2080)
      default: result += spellings[scalar] ?? (scalar.properties.isWhitespace ? " " : unknown)
      }
    }
    return result
  }

  /// Whether `spelled` had to give up on a character of `text`.
  static func isLossy(_ text: String) -> Bool {
    spelled(text).utf8.count { $0 == UInt8(ascii: "?") }
      > text.utf8.count { $0 == UInt8(ascii: "?") }
  }

  /// `text` on lines of at most `width` characters, broken between words where possible.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var rest = word
      if !line.isEmpty, line.utf8.count + 1 + rest.utf8.count > width {
        lines.append(line)
        line = ""
      }
      while rest.utf8.count > width {
        lines.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
      }
      line += line.isEmpty ? String(rest) : " " + rest
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// `text` in at most `width` characters, with dots where something was cut off.
  static func shortened(_ text: String, to width: Int) -> String {
    text.utf8.count <= width ? text : text.prefix(max(0, width - 3)) + "..."
  }

  static func leftPadded(_ text: String, to width: Int) -> String {
    blanks(width - text.utf8.count) + text
  }

  static func rightPadded(_ text: String, to width: Int) -> String {
    text + blanks(width - text.utf8.count)
  }

  /// `text` centred over `width` columns after `start` blanks, moved left where it would pass `end`.
  static func centred(_ text: String, start: Int, width: Int, end: Int) -> String {
    let column = start + (width - text.utf8.count) / 2
    return blanks(min(column, end - text.utf8.count)) + text
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  static func withoutTrailingBlanks(_ text: String) -> String {
    let blank = UInt8(ascii: " ")
    let end = text.utf8.lastIndex { $0 != blank }.map(text.utf8.index(after:))
    return String(text[..<(end ?? text.startIndex)])
  }

  private static let unknown = "?"

  private static let superscripts: [Unicode.Scalar: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁺": "+", "⁻": "-", "ⁿ": "n", "ᵀ": "T",
  ]

  private static let spellings: [Unicode.Scalar: String] = {
    let names: [(Unicode.Scalar, String)] = [
      ("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("δ", "delta"), ("ε", "epsilon"),
      ("ζ", "zeta"), ("η", "eta"), ("θ", "theta"), ("ι", "iota"), ("κ", "kappa"), ("λ", "lambda"),
      ("μ", "mu"), ("µ", "mu"), ("ν", "nu"), ("ξ", "xi"), ("ο", "o"), ("π", "pi"), ("ρ", "rho"),
      ("σ", "sigma"), ("ς", "sigma"), ("τ", "tau"), ("υ", "upsilon"), ("φ", "phi"), ("ϕ", "phi"),
      ("χ", "chi"), ("ψ", "psi"), ("ω", "omega"), ("Γ", "Gamma"), ("Δ", "D"), ("∆", "D"),
      ("Θ", "Theta"), ("Λ", "Lambda"), ("Ξ", "Xi"), ("Π", "Pi"), ("∏", "Prod"), ("Σ", "Sigma"),
      ("∑", "Sum"), ("Φ", "Phi"), ("Ψ", "Psi"), ("Ω", "Omega"), ("∂", "d"), ("∇", "grad"),
      ("−", "-"), ("–", "-"), ("—", "-"), ("‐", "-"), ("×", "x"), ("·", "*"), ("⋅", "*"),
      ("÷", "/"), ("±", "+-"), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("≈", "~"), ("∼", "~"),
      ("∝", "~"), ("≡", "=="), ("∞", "inf"), ("√", "sqrt"), ("∈", "in"), ("→", "->"), ("←", "<-"),
      ("↔", "<->"), ("⇒", "=>"), ("⟨", "<"), ("⟩", ">"), ("‖", "||"), ("∥", "||"), ("∣", "|"),
      ("′", "'"), ("‘", "'"), ("’", "'"), ("“", "\""), ("”", "\""), ("…", "..."), ("°", " deg"),
      ("•", "*"), ("½", "1/2"), ("¼", "1/4"), ("¾", "3/4"), ("ß", "ss"), ("æ", "ae"), ("Æ", "AE"),
      ("ø", "o"), ("Ø", "O"),
      ("ł", "l"), ("Ł", "L"), ("ı", "i"), ("ℓ", "l"), ("\u{200B}", ""), ("\u{FEFF}", ""),
    ]
    let accented: [(String, String)] = [
      ("àáâãäåāăą", "a"), ("çćč", "c"), ("ďđ", "d"), ("èéêëēęě", "e"), ("ğ", "g"), ("ìíîïī", "i"),
      ("ñńň", "n"), ("òóôõöōő", "o"), ("řŕ", "r"), ("śšş", "s"), ("ťţ", "t"), ("ùúûüūůű", "u"),
      ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("ÀÁÂÃÄÅ", "A"), ("ÇĆČ", "C"), ("ÈÉÊËĚ", "E"),
      ("ÌÍÎÏ", "I"), ("ÑŃ", "N"), ("ÒÓÔÕÖŐ", "O"), ("ŚŠ", "S"), ("ÙÚÛÜŮŰ", "U"), ("Ý", "Y"),
      ("ŹŻŽ", "Z"), ("Ŵ", "W"),
    ]
    let letters = accented.flatMap { letters, plain in letters.unicodeScalars.map { ($0, plain) } }
    return Dictionary(names + letters) { first, _ in first }
  }()
}
