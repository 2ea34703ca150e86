// What cmark alone takes: a Markdown file read and parsed, nothing written.
#include <cmark.h>
#include <stdio.h>

int main(int count, char **arguments) {
  static char bytes[1 << 16];
  FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  if (!file) return 1;
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  for (size_t read; (read = fread(bytes, 1, sizeof bytes, file)) > 0;)
    cmark_parser_feed(parser, bytes, read);
  cmark_node_free(cmark_parser_finish(parser));
  cmark_parser_free(parser);
  return fclose(file);
}
