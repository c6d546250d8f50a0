#include "search/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "index/fields.h"
#include "index/format.h"
#include "index/xapian_error.h"

typedef struct {
    char code[8];
    uint32_t talks;
} language;

typedef struct {
    language found[VOCABULARY_ANALYSERS_MAX];
    size_t count;
} languages;

/* Keeps the most frequent ones, most frequent first. */
static bool meet_language(const char *name, size_t length, uint32_t frequency, void *user)
{
    languages *to = user;
    language met = {.talks = frequency};
    size_t i = to->count;
    if (length < 2 || length - 1 >= sizeof met.code)
        return true;
    memcpy(met.code, name + 1, length - 1);
    if (i == VOCABULARY_ANALYSERS_MAX && to->found[--i].talks >= frequency)
        return true;
    for (; i > 0 && to->found[i - 1].talks < frequency; i--)
        to->found[i] = to->found[i - 1];
    to->found[i] = met;
    if (to->count < VOCABULARY_ANALYSERS_MAX)
        to->count++;
    return true;
}

/* They are analysed as English ones: talk_document.c. */
static void meet_talks_without_language(uint32_t documents, languages *met)
{
    uint32_t english = documents, others = 0;
    for (size_t i = 0; i < met->count; i++) {
        english -= met->found[i].talks < english ? met->found[i].talks : english;
        others += strcmp(met->found[i].code, "en") != 0;
    }
    if (others == met->count && (english || !met->count))
        meet_language("Len", 3, english, met);
}

/* The built-in table and the person's own, as the index carries it. */
static lc_status open_technologies(vocabulary *to, lc_error *error)
{
    xs_error said;
    char *own;
    size_t length;
    xs_status status = xs_reader_get_meta(to->reader, META_TECHNOLOGIES, strlen(META_TECHNOLOGIES),
                                          &own, &length, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, to->path, error);
    to->technologies = technology_table_new();
    lc_status added = technology_table_add(to->technologies, (span){own, length}, to->path, error);
    xs_free(own);
    return added;
}

lc_status vocabulary_open(const xs_reader *reader, const char *path, vocabulary *out,
                          lc_error *error)
{
    xs_error said;
    xs_stats numbers;
    languages met = {0};
    const char *prefix = FIELDS[FIELD_LANGUAGE].prefix;
    *out = (vocabulary){.reader = reader, .path = path};
    xs_status status =
        xs_reader_each_term(reader, prefix, strlen(prefix), meet_language, &met, &said);
    if (status == XS_OK)
        status = xs_reader_stats(reader, &numbers, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, path, error);
    out->documents = numbers.doc_count;
    meet_talks_without_language(numbers.doc_count, &met);
    lc_status opened = open_technologies(out, error);
    for (size_t i = 0; i < met.count; i++) {
        analyser *made = analyser_new(span_of(met.found[i].code));
        analyser_use_technologies(made, out->technologies);
        out->analysers[out->analyser_count++] = made;
    }
    out->language_count = out->analyser_count < VOCABULARY_LANGUAGES_MAX ? out->analyser_count
                                                                         : VOCABULARY_LANGUAGES_MAX;
    return opened;
}

void vocabulary_close(vocabulary *what)
{
    for (size_t i = 0; i < what->analyser_count; i++)
        analyser_free(what->analysers[i]);
    technology_table_free(what->technologies);
    *what = (vocabulary){0};
}

lc_status vocabulary_check(const vocabulary *in, lc_error *error)
{
    xs_error said;
    return from_xapian(xs_reader_failure(in->reader, &said), &said, in->path, error);
}

static void each_term(const vocabulary *in, const buffer *beginning, xs_visit_term visit,
                      void *user)
{
    const char *text = beginning->at ? beginning->at : "";
    xs_reader_each_term(in->reader, text, beginning->length, visit, user, NULL);
}

uint32_t vocabulary_frequency(const vocabulary *in, const char *prefix, span word)
{
    uint32_t documents = 0;
    buffer whole = {0};
    buffer_add_text(&whole, prefix);
    buffer_add(&whole, word);
    xs_reader_term_freq(in->reader, whole.at, whole.length, &documents, NULL, NULL);
    buffer_free(&whole);
    return documents;
}

static bool meet_any(const char *name, size_t length, uint32_t frequency, void *user)
{
    (void)name, (void)length, (void)frequency;
    *(bool *)user = true;
    return false;
}

bool vocabulary_has_property(const vocabulary *in, span key)
{
    bool found = false;
    buffer prefix = {0};
    buffer_add_text(&prefix, FIELDS[FIELD_PROPERTY].prefix);
    utf8_fold(key, &prefix);
    buffer_add_byte(&prefix, ':');
    each_term(in, &prefix, meet_any, &found);
    buffer_free(&prefix);
    return found;
}

bool vocabulary_matches(const vocabulary *in, const xs_query *query)
{
    static const xs_weights no_weights = {.kind = XS_WEIGHT_BOOL};
    const xs_search one = {.limit = 1};
    xs_hits found = {0};
    if (!query)
        return false;
    xs_reader_search(in->reader, query, &no_weights, &one, &found, NULL);
    bool any = found.count > 0;
    xs_hits_clear(&found);
    return any;
}

/* ---- walks over words ---- */

typedef struct {
    size_t prefix_length;
    vocabulary_visit visit;
    void *user;
    bool stopped;
} walk;

static bool meet_word(const char *text, size_t length, uint32_t frequency, void *user)
{
    walk *w = user;
    span word = {text + w->prefix_length, length - w->prefix_length};
    w->stopped = !w->visit(word, frequency, w->user);
    return !w->stopped;
}

void vocabulary_each(const vocabulary *in, const char *prefix, span beginning,
                     vocabulary_visit visit, void *user)
{
    walk w = {strlen(prefix), visit, user, false};
    buffer whole = {0};
    buffer_add_text(&whole, prefix);
    buffer_add(&whole, beginning);
    each_term(in, &whole, meet_word, &w);
    buffer_free(&whole);
}

/* What words that are nearly this one may begin with; none begins another. */
typedef struct {
    span items[128];
    char bytes[128][8];
    size_t count;
} beginnings;

static void add_beginning(beginnings *to, char first, span rest)
{
    char bytes[8];
    span added = {bytes, 0};
    if (to->count == sizeof to->items / sizeof *to->items || rest.length > 6)
        return;
    if (first)
        bytes[added.length++] = first;
    memcpy(bytes + added.length, rest.at, rest.length);
    added.length += rest.length;
    for (size_t i = 0; i < to->count; i++)
        if (span_starts_with(added, to->items[i]))
            return;
    memcpy(to->bytes[to->count], bytes, added.length);
    to->items[to->count] = (span){to->bytes[to->count], added.length};
    to->count++;
}

static span letter_at(span word, size_t *at)
{
    size_t begin = *at;
    if (begin < word.length)
        utf8_next(word, at);
    return span_slice(word, begin, *at - begin);
}

/* Of w0 w1 w2...: w0...; w1 w2 and w1 w0 (a letter left out, two exchanged); with any other first
 * letter: ?w0 (one too many), ?w1 (a wrong one). */
static void find_beginnings(span word, beginnings *out)
{
    static const char firsts[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t at = 0;
    span first = letter_at(word, &at), second = letter_at(word, &at);
    add_beginning(out, 0, first);
    if (!second.length)
        return;
    add_beginning(out, 0, second);
    for (const char *c = firsts; *c; c++) {
        add_beginning(out, *c, first);
        add_beginning(out, *c, second);
    }
}

void vocabulary_each_like(const vocabulary *in, const char *prefix, span word,
                          vocabulary_visit visit, void *user)
{
    beginnings list = {.count = 0};
    walk w = {strlen(prefix), visit, user, false};
    buffer whole = {0};
    find_beginnings(word, &list);
    for (size_t i = 0; i < list.count && !w.stopped; i++) {
        buffer_clear(&whole);
        buffer_add_text(&whole, prefix);
        buffer_add(&whole, list.items[i]);
        each_term(in, &whole, meet_word, &w);
    }
    buffer_free(&whole);
}
