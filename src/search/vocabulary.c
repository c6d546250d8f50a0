#include "search/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/fields.h"
#include "index/format.h"
#include "index/xapian_error.h"

typedef struct {
    char code[8];
    uint32_t talks;
} language;

typedef struct {
    language found[VOCABULARY_LANGUAGES_MAX];
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
    if (i == VOCABULARY_LANGUAGES_MAX && to->found[--i].talks >= frequency)
        return true;
    for (; i > 0 && to->found[i - 1].talks < frequency; i--)
        to->found[i] = to->found[i - 1];
    to->found[i] = met;
    if (to->count < VOCABULARY_LANGUAGES_MAX)
        to->count++;
    return true;
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
    if (!met.count)
        meet_language("Len", 3, 1, &met);
    lc_status opened = open_technologies(out, error);
    for (size_t i = 0; i < met.count; i++) {
        analyser *made = analyser_new(span_of(met.found[i].code));
        analyser_use_technologies(made, out->technologies);
        out->analysers[out->language_count++] = made;
    }
    return opened;
}

void vocabulary_close(vocabulary *what)
{
    for (size_t i = 0; i < what->language_count; i++)
        analyser_free(what->analysers[i]);
    technology_table_free(what->technologies);
    *what = (vocabulary){0};
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
    buffer_printf(&prefix, "%s%.*s:", FIELDS[FIELD_PROPERTY].prefix, SPAN_ARG(key));
    for (size_t i = 0; i < prefix.length; i++)
        if (i >= strlen(FIELDS[FIELD_PROPERTY].prefix))
            prefix.at[i] = byte_lower(prefix.at[i]);
    xs_reader_each_term(in->reader, prefix.at, prefix.length, meet_any, &found, NULL);
    buffer_free(&prefix);
    return found;
}
