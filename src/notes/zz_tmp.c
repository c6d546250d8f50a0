#include "base/file.h"
#include "notes/markdown.h"
#include "notes/note.h"
#include "notes/walk.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
lc_status walk_root(const char *root, const walk_options *o, walk_visit v, void *user, lc_error *e)
{
    char cmd[4096];
    (void)o;
    (void)e;
    snprintf(cmd, sizeof cmd,
             "cd '%s' && find . -type f \\( -name '*.md' -o -name '*.txt' \\) | sort", root);
    FILE *f = popen(cmd, "r");
    char line[4096];
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        struct stat st;
        char *p = path_join(root, line + 2);
        if (stat(p, &st) == 0) {
            walk_entry en = {span_of(line + 2), &st, NULL};
            v(&en, user);
        }
        free(p);
    }
    pclose(f);
    return LC_OK;
}
lc_status reader_tables_new(const char *u, reader_tables **t, lc_error *e)
{
    (void)u;
    (void)e;
    *t = NULL;
    return LC_OK;
}
void reader_tables_free(reader_tables *t)
{
    (void)t;
}
void note_read(const note_source *s, const facts *k, const reader_tables *t, arena *m, note *out)
{
    blocks b;
    (void)k;
    (void)t;
    *out = (note){.encoding = "UTF-8"};
    markdown_read(s->bytes, 1, m, &b);
    buffer body = {0};
    talk *cur = NULL;
    for (size_t i = 0; i <= b.count; i++) {
        if (i == b.count || (b.items[i].kind == BLOCK_HEADING && b.items[i].level < 3) || !cur) {
            if (cur) {
                cur->body = arena_copy(m, buffer_span(&body));
                cur->end_line = i < b.count ? b.items[i].line - 1 : b.items[i - 1].end_line;
                buffer_clear(&body);
            }
            if (i == b.count)
                break;
            talk n = {.kind = KIND_TALK, .line = b.items[i].line, .language = SPAN("en")};
            if (b.items[i].kind == BLOCK_HEADING)
                n.title.text = b.items[i].text;
            n.event.text = path_folder(s->path);
            ARENA_ADD(m, out->talks.items, out->talks.count, out->talks.capacity, n);
            cur = &out->talks.items[out->talks.count - 1];
            n.marks = NULL;
            if (b.items[i].kind == BLOCK_HEADING)
                continue;
        }
        line_mark lm = {(uint32_t)body.length, b.items[i].line};
        size_t cap = cur->mark_count;
        if (!(cap & (cap - 1)) || cap == 0) {
            line_mark *nm = arena_alloc(m, (cap ? cap * 2 : 1) * sizeof *nm);
            if (cap)
                memcpy(nm, cur->marks, cap * sizeof *nm);
            cur->marks = nm;
        }
        cur->marks[cur->mark_count++] = lm;
        buffer_add(&body, b.items[i].text);
        buffer_add_byte(&body, '\n');
    }
    buffer_free(&body);
}
const char *talk_kind_name(talk_kind k)
{
    static const char *n[] = {"note", "talk", "keynote", "lightning", "panel", "workshop"};
    return n[k];
}
uint32_t talk_line_at(const talk *of, size_t off)
{
    uint32_t l = of->line;
    for (size_t i = 0; i < of->mark_count && of->marks[i].offset <= off; i++)
        l = of->marks[i].line;
    return l;
}
