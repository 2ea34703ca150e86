/// Names that belong to MyST itself and are prose to us.
enum ForeignNames {
  /// Directives of MyST, its Sphinx extensions and its notebook cells.
  static let directives = [
    "abstract", "admonition", "anywidget", "aside", "attention", "bibliography", "blockquote",
    "card", "carousel", "caution", "code", "code-block", "code-cell", "container", "contents",
    "csv-table", "danger", "deprecated", "details", "div", "dropdown", "embed", "epigraph", "error",
    "eval-rst", "exercise", "figure", "figure-md", "glossary", "grid", "highlights", "hint",
    "iframe", "image", "important", "include", "index", "kroki", "list-table", "literalinclude",
    "margin", "math", "mermaid", "note", "only", "output", "pull-quote", "proof", "raw",
    "rubric", "seealso", "sidebar", "solution", "tab-item", "tab-set", "table", "table-of-contents",
    "tableofcontents", "tip", "toc", "toctree", "topic", "versionadded", "versionchanged", "video",
    "warning",
  ]

  /// Roles of MyST that are spelt like ours.
  static let roles = ["eval", "cite", "math", "ref", "abbr", "code", "raw", "sub", "sup", "term"]
}
