#include "search/query_words.h"

#include <string.h>

static query_node *add_node(query_node *parent, query_kind kind, arena *memory)
{
    query_node *made = arena_zalloc(memory, sizeof *made);
    made->kind = kind;
    if (parent)
        parent->children[parent->count++] = made;
    return made;
}

static size_t count_chunks(span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !byte_is_space(text.at[i]) && (i == 0 || byte_is_space(text.at[i - 1]));
    return count;
}

void query_from_text(span text, arena *memory, query_tree *out)
{
    *out = (query_tree){0};
    query_node *root = add_node(NULL, QUERY_AND, memory);
    root->children = arena_alloc(memory, (count_chunks(text) + 1) * sizeof *root->children);
    for (size_t i = 0; i < text.length;) {
        size_t begin = i;
        while (i < text.length && !byte_is_space(text.at[i]))
            i++;
        if (i == begin) {
            i++;
            continue;
        }
        query_node *word = add_node(root, QUERY_WORD, memory);
        word->text = span_slice(text, begin, i - begin);
        word->begin = (uint32_t)begin;
        word->end = (uint32_t)i;
    }
    out->root = root->count == 1 ? root->children[0] : root;
    out->steps = text.length;
}

/* ---- scored words ---- */

typedef struct {
    const vocabulary *words;
    arena *memory;
    scored_words *out;
} finding;

static void add_stem(finding *f, scored_word *to, span stem)
{
    for (size_t i = 0; i < to->stem_count; i++)
        if (span_equal(to->stems[i], stem))
            return;
    to->stems[to->stem_count++] = arena_copy(f->memory, stem);
}

static void add_word(finding *f, const term *t)
{
    scored_word made = {.stem_count = 0};
    for (size_t i = 0; i < f->words->language_count; i++)
        add_stem(f, &made,
                 t->kind == TERM_WORD ? analyser_stem(f->words->analysers[i], term_written(t))
                                      : t->text);
    ARENA_ADD(f->memory, f->out->items, f->out->count, f->out->capacity, made);
}

/* One word of each position, as talks are scored (talk_document.c). */
static void add_words(finding *f, span text)
{
    terms found = {0};
    analyse(f->words->analysers[0], text, f->memory, &found);
    for (size_t i = 0; i < found.count; i++) {
        const term *t = &found.items[i];
        bool scored =
            !t->stop && (t->kind == TERM_WORD || t->kind == TERM_SYMBOL || t->kind == TERM_BIGRAM);
        if (scored && (i == 0 || t[-1].position != t->position))
            add_word(f, t);
    }
}

static void walk(finding *f, const query_node *node)
{
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        if (!node->field)
            add_words(f, node->text);
        break;
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_BOOST:
    case QUERY_SAVED:
        for (size_t i = 0; i < node->count; i++)
            walk(f, node->children[i]);
        break;
    case QUERY_ALL:
    case QUERY_PREFIX:
    case QUERY_FUZZY:
    case QUERY_DATES:
    case QUERY_NOT: break;
    }
}

void query_words_find(const query_tree *tree, const vocabulary *words, arena *memory,
                      scored_words *out)
{
    finding f = {words, memory, out};
    *out = (scored_words){0};
    walk(&f, tree->root);
}
