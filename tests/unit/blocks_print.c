#include "blocks_print.h"

void quoted_print(span text, buffer *to)
{
    buffer_add_byte(to, '"');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c == '\n')
            buffer_add_text(to, "\\n");
        else if (c == '\t')
            buffer_add_text(to, "\\t");
        else
            buffer_add_byte(to, c);
    }
    buffer_add_byte(to, '"');
}

static void print_extents(const char *name, const extent *parts, size_t count, const block *of,
                          buffer *to)
{
    for (size_t i = 0; i < count; i++) {
        buffer_printf(to, "    %s ", name);
        quoted_print(span_slice(of->text, parts[i].begin, parts[i].end - parts[i].begin), to);
        buffer_add_byte(to, '\n');
    }
}

static void print_parts(const block *of, buffer *to)
{
    for (size_t i = 0; i < of->cell_count; i++) {
        buffer_add_text(to, "    cell ");
        quoted_print(of->cells[i], to);
        buffer_add_byte(to, '\n');
    }
    print_extents(block_all_strong(of) ? "all strong" : "strong", of->strong, of->strong_count, of,
                  to);
    print_extents(block_all_emphasis(of) ? "all emphasis" : "emphasis", of->emphasis,
                  of->emphasis_count, of, to);
    print_extents("code", of->code, of->code_count, of, to);
    for (size_t i = 0; i < of->link_count; i++) {
        const link *found = &of->links[i];
        buffer_printf(to, "    link %u @%u ", found->begin, found->line);
        quoted_print(found->text, to);
        buffer_printf(to, " <%.*s>\n", SPAN_ARG(found->url));
    }
}

static void print_block(const block *of, buffer *to)
{
    static const char *const kinds[] = {"heading", "paragraph", "item", "row",
                                        "code",    "rule",      "html"};
    static const char *const styles[] = {"atx", "setext", "bare"};
    buffer_printf(to, "%u", of->line);
    if (of->end_line != of->line)
        buffer_printf(to, "-%u", of->end_line);
    buffer_printf(to, " %s", kinds[of->kind]);
    if (of->kind == BLOCK_HEADING)
        buffer_printf(to, " %s %d", styles[of->heading], of->level);
    if (of->depth)
        buffer_printf(to, " depth %d", of->depth);
    if (of->quotes)
        buffer_printf(to, " quotes %d", of->quotes);
    buffer_add_text(to, of->ordered ? " ordered" : "");
    buffer_add_text(to, of->header ? " header" : "");
    if (of->info.length)
        buffer_printf(to, " info %.*s", SPAN_ARG(of->info));
    buffer_add_byte(to, ' ');
    quoted_print(of->text, to);
    buffer_add_byte(to, '\n');
    print_parts(of, to);
}

void blocks_print(const blocks *what, buffer *to)
{
    if (what->plain)
        buffer_add_text(to, "plain\n");
    for (size_t i = 0; i < what->count; i++)
        print_block(&what->items[i], to);
}
