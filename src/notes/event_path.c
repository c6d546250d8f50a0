/* event_path.c - the event that a note's path says. */
#include "base/file.h"
#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/event.h"
#include "notes/event_name.h"
#include "notes/event_words.h"
#include "notes/lookup.h"

span path_topic(const reader_tables *tables, span name, arena *memory)
{
    name_words words = {0};
    name_words_split(slug_words(name, memory), &words, memory);
    size_t from, count;
    int index = name_series(tables, &words, memory, &from, &count);
    if (index >= 0) {
        for (size_t i = from; i < from + count; i++)
            words.key[i] = SPAN("notes");
    }
    return name_residue(tables, &words, false, false, memory);
}

/* One part of the path. */
typedef struct {
    span name;
    name_words words;
    int year;
    int series; /* index or -1 */
    size_t from, count;
    span left; /* words in no table */
} component;

static void component_read(const reader_tables *tables, span name, arena *memory, component *out)
{
    *out = (component){.name = name, .series = -1};
    name_words_split(slug_words(name, memory), &out->words, memory);
    out->year = year_find(slug_words(name, memory));
    for (size_t i = 0; i < out->words.count && !out->year; i++) /* srecon24 */
        out->year = name_is_year(out->words.key[i]) ? year_find(out->words.key[i]) : 0;
    out->series = name_series(tables, &out->words, memory, &out->from, &out->count);
    out->left = name_residue(tables, &out->words, true, true, memory);
}

enum { COMPONENTS_MAX = 16 };

static size_t components_read(const reader_tables *tables, span root_name, span path, arena *memory,
                              component *out)
{
    size_t count = 0;
    size_t plus = span_find_last_byte(root_name, '+');
    component_read(tables, plus == SPAN_NOT_FOUND ? root_name : span_from(root_name, plus + 1),
                   memory, &out[count++]);
    while (path.length && count < COMPONENTS_MAX) {
        span part = span_cut(&path, '/');
        bool file = !path.length;
        if (file) {
            span ending = path_ending(part);
            part.length -= ending.length ? ending.length + 1 : 0;
        }
        if (part.length)
            component_read(tables, part, memory, &out[count++]);
    }
    return count;
}

/* Innermost component that knows the year; the file's own name too. */
static void set_year(const component *parts, size_t count, event_found *out)
{
    for (size_t i = count; i-- > 0 && !out->year;)
        out->year = parts[i].year;
    if (out->year) {
        out->year_rule = "path";
        out->year_confidence = 0.9f;
    }
}

static bool has_place_only(const reader_tables *tables, const component *part, arena *memory)
{
    return part->left.length && !name_residue(tables, &part->words, false, false, memory).length;
}

static void use_known(const reader_tables *tables, const component *parts, size_t count, size_t i,
                      arena *memory, event_found *out)
{
    event_set_known(tables, &parts[i].words, parts[i].series, parts[i].from, parts[i].count, memory,
                    out);
    out->rule = "path";
    out->confidence = 0.9f;
    for (size_t k = i + 1; k + 1 < count && !out->place.length; k++) { /* kubecon/london-2025/ */
        if (has_place_only(tables, &parts[k], memory)) {
            out->place = parts[k].left;
            out->name =
                arena_printf(memory, "%.*s %.*s", SPAN_ARG(out->name), SPAN_ARG(out->place));
        }
    }
}

static bool has_event_noun(const name_words *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (name_is_event_noun(of->key[i]))
            return true;
    return false;
}

static bool is_everyday_word(const reader_tables *tables, span key)
{
    return map_get(tables->common_words, key) ||
           lookup_key(tables->headings, key) & (HEADING_NOISE | HEADING_SECTION);
}

/* mynotes, worklog, talknotes: two everyday words in one. */
static bool is_glued_everyday(const reader_tables *tables, span key)
{
    for (size_t i = 2; i + 2 < key.length; i++)
        if (is_everyday_word(tables, span_slice(key, 0, i)) &&
            is_everyday_word(tables, span_from(key, i)))
            return true;
    return false;
}

/* Whether it says nothing that an event could be called by: a folder of somebody's own. */
static bool is_everyday_folder(const reader_tables *tables, const component *part, arena *memory)
{
    size_t position = 0;
    span word;
    while (word_next(part->left, &position, &word)) {
        span key = text_key(word, memory);
        if (!is_everyday_word(tables, key) && !is_glued_everyday(tables, key))
            return false;
    }
    return true;
}

/* A folder of other words: an event when a year stands in it or in a folder beside it. */
static bool is_named_folder(const reader_tables *tables, const component *parts, size_t count,
                            size_t i, arena *memory)
{
    if (parts[i].left.length < 2 || word_count(parts[i].left) > 6)
        return false;
    if (is_everyday_folder(tables, &parts[i], memory) && !has_event_noun(&parts[i].words))
        return false;
    bool year_above = i && parts[i - 1].year && !parts[i - 1].left.length;
    bool year_below = i + 2 < count && parts[i + 1].year && !parts[i + 1].left.length;
    bool last = i + 1 == count;
    return parts[i].year ? true : !last && (year_above || year_below);
}

void event_from_path(const reader_tables *tables, span root_name, span path, arena *memory,
                     event_found *out)
{
    component parts[COMPONENTS_MAX];
    *out = (event_found){0};
    size_t count = components_read(tables, root_name, path, memory, parts);
    set_year(parts, count, out);
    size_t best = count;
    for (size_t i = count; i-- > 0 && best == count;) {
        bool file = i + 1 == count;
        bool topic = file && parts[i].left.length &&
                     word_count(parts[i].left) > parts[i].count + 2 && !parts[i].year;
        if (parts[i].series >= 0 && !topic)
            best = i;
    }
    size_t named = count;
    for (size_t i = count; i-- > 0 && named == count;) {
        bool plain_date = i + 1 == count && word_count(parts[i].left) > 3;
        if (is_named_folder(tables, parts, count, i, memory) && !plain_date)
            named = i;
    }
    bool place_only = named < count && has_place_only(tables, &parts[named], memory);
    if (best < count &&
        (named == count || best >= named || parts[named].series >= 0 || place_only)) {
        use_known(tables, parts, count, best, memory, out);
    } else if (named < count) {
        out->name = out->series = parts[named].left;
        out->rule = "path";
        out->confidence = 0.7f;
    }
}
