internal import CKernels

/// The kernels of one instruction set; which one changes the time taken, never a result.
@safe public struct Kernels: @unchecked Sendable {
  private let table: UnsafePointer<hm_kernels>

  /// "reference", "avx2", "avx512" or "neon".
  public var name: String { unsafe String(cString: table.pointee.name) }

  var elementwise: hm_elementwise_kernels { unsafe table.pointee.elementwise }
  var sampling: hm_sampling_kernels { unsafe table.pointee.sampling }
  var products: hm_product_kernels { unsafe table.pointee.products }
  var layout: hm_layout_kernels { unsafe table.pointee.layout }
  var layers: hm_layer_kernels { unsafe table.pointee.layers }
  var learning: hm_learning_kernels { unsafe table.pointee.learning }
  var gibbs: hm_gibbs_kernels { unsafe table.pointee.gibbs }
  var enumeration: hm_enumeration_kernels { unsafe table.pointee.enumeration }

  private init(table: UnsafePointer<hm_kernels>) {
    unsafe self.table = table
  }

  /// The kernels called `name`.
  public init(named name: String) throws(KernelsError) {
    var found: UnsafePointer<hm_kernels>?
    let status = unsafe hm_kernels_named(name, &found)
    guard let table = unsafe found, status == HM_KERNELS_FOUND else {
      throw status == HM_KERNELS_UNSUPPORTED ? .unsupported(name) : .unknown(name)
    }
    unsafe self.init(table: table)
  }

  /// The kernels that HARMONIUM_KERNELS names; without it, the fastest of this machine.
  public static func requested() throws(KernelsError) -> Kernels {
    guard let name = unsafe hm_kernels_requested() else { return fastest }
    return unsafe try Kernels(named: String(cString: name))
  }

  /// The fastest kernels of this machine.
  public static var fastest: Kernels { unsafe Kernels(table: hm_kernels_fastest()) }

  /// What everything uses unless told otherwise: the kernels requested, or where the request
  /// cannot be followed, the fastest; call `requested()` to report that mistake.
  public static let standard = (try? requested()) ?? fastest
}

/// Kernels were asked for by a name that cannot be followed.
public enum KernelsError: Error, Sendable, Hashable {
  /// No kernels have this name.
  case unknown(String)
  /// The kernels exist, but this machine cannot run them.
  case unsupported(String)
}

extension KernelsError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .unknown(let name):
      "There are no kernels called \"\(name)\"; there are reference, avx2, avx512 and neon."
    case .unsupported(let name):
      "This machine cannot run the \(name) kernels."
    }
  }
}
