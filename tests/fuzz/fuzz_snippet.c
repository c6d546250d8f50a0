/* Snippets of any text for any words: the first line is the query, the rest the talk. A snippet is
 * one line of valid text, its marks lie in it, in order and apart. */
#include <assert.h>
#include <stdint.h>

#include "base/utf8.h"
#include "search/snippet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static vocabulary words;

static void make_words(void)
{
    words.technologies = technology_table_new();
    words.analysers[0] = analyser_new(SPAN("en"));
    words.language_count = 1;
    analyser_use_technologies(words.analysers[0], words.technologies);
}

/* What a plan would mark: each term as it is, its stem, or all that begin so, in turn. */
static void mark_query(span query, arena *memory, query_plan *out)
{
    terms found = {0};
    analyse(words.analysers[0], query, memory, &found);
    for (size_t i = 0; i < found.count; i++) {
        mark_kind kind = found.items[i].kind == TERM_TECH ? MARK_TECH
                         : i % 3 == 0                     ? MARK_WORD
                         : i % 3 == 1                     ? MARK_STEM
                                                          : MARK_PREFIX;
        mark made = {kind, found.items[i].text};
        ARENA_ADD(memory, out->marks, out->mark_count, out->mark_capacity, made);
    }
}

static void check_snippet(const snippet *found, bool valid)
{
    for (size_t i = 0; i < found->text.length; i++)
        assert(found->text.at[i] != '\n');
    assert(!valid || utf8_valid(found->text));
    for (size_t i = 0; i < found->mark_count; i++) {
        assert(found->marks[i].begin < found->marks[i].end);
        assert(found->marks[i].end <= found->text.length);
        assert(i == 0 || found->marks[i - 1].end <= found->marks[i].begin);
    }
}

static void fill_talk(span body, arena *memory, talk *out)
{
    uint32_t line = 1;
    size_t capacity = 0;
    *out = (talk){.line = 1, .body = body};
    for (size_t at = 0; at <= body.length; at++)
        if (at == 0 || body.at[at - 1] == '\n') {
            line_mark made = {(uint32_t)at, line++};
            ARENA_ADD(memory, out->marks, out->mark_count, capacity, made);
        }
    out->end_line = line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!words.language_count)
        make_words();
    arena *memory = arena_new();
    span body = {(const char *)data, size}, query = span_cut_line(&body);
    query_plan plan = {0};
    talk one;
    snippet found;
    mark_query(query, memory, &plan);
    fill_talk(body, memory, &one);
    for (size_t width = 20; width <= 320; width *= 4) {
        snippet_make(&one, &plan, &words, width, memory, &found);
        check_snippet(&found, utf8_valid(body));
        assert(found.line <= one.end_line);
    }
    snippet_mark(query, &plan, &words, memory, &found);
    check_snippet(&found, utf8_valid(query));
    arena_free(memory);
    return 0;
}
