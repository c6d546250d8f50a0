/* Any text through the chain of analysis; the first byte says in which language. Terms lie within
 * the text, in order, none is empty or too long; names and stems hold too. */
#include <assert.h>
#include <stdint.h>

#include "analysis/analysis.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LANGUAGES_MOST = 64 };
static analyser *analysers[LANGUAGES_MOST];
static size_t languages;

static void make_analysers(void)
{
    technology_table *technologies = technology_table_new();
    for (const char *const *code = analysis_languages(); *code && languages < LANGUAGES_MOST;
         code++) {
        analysers[languages] = analyser_new(span_of(*code));
        analyser_use_technologies(analysers[languages++], technologies);
    }
}

static void check_term(const terms *in, size_t n, span text)
{
    const term *t = &in->items[n];
    assert(t->text.length > 0 && t->text.length <= TERM_MAX);
    assert(t->begin <= t->end && t->end <= text.length);
    assert(t->position <= t->last && t->last < in->positions);
    assert(n == 0 || in->items[n - 1].position <= t->position);
    assert(!t->has_exact || (n + 1 < in->count && in->items[n + 1].kind == TERM_EXACT));
}

static void check_text(analyser *with, span text, arena *memory)
{
    terms found = {0};
    analyse(with, text, memory, &found);
    assert(found.positions <= text.length);
    for (size_t i = 0; i < found.count; i++) {
        check_term(&found, i, text);
        if (found.items[i].kind == TERM_WORD) {
            span stem = analyser_stem(with, term_written(&found.items[i]));
            assert(stem.length > 0 || !utf8_valid(found.items[i].text));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!languages)
        make_analysers();
    if (!size)
        return 0;
    arena *memory = arena_new();
    terms name = {0};
    span text = {(const char *)data + 1, size - 1};
    check_text(analysers[data[0] % languages], text, memory);
    analyse_name(text, memory, &name);
    analysis_detect_language(text, SPAN("en"));
    arena_free(memory);
    return 0;
}
