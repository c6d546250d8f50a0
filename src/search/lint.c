#include "search/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "index/xapian_error.h"
#include "search/levenshtein.h"
#include "search/persons.h"

enum { WORDS_MAX = 6 };

typedef struct {
    span text, words[WORDS_MAX]; /* as written; folded */
    size_t word_count;
    uint32_t talks;
    size_t talk;     /* the first that has it */
    uint32_t person; /* the person it is a spelling of, from 1; or 0 */
} name;

typedef struct {
    searcher *in;
    arena *memory;
    uint32_t *docids;
    size_t docid_count, docid_capacity;
    talk_record *talks;
    size_t talk_count;
    map *places; /* folded name -> index in names */
    name *names;
    size_t name_count, name_capacity;
    visit_finding visit;
    void *user;
} linting;

static bool add_docid(uint32_t docid, uint32_t wdf, void *user)
{
    linting *l = user;
    (void)wdf;
    ARENA_ADD(l->memory, l->docids, l->docid_count, l->docid_capacity, docid);
    return true;
}

static int by_place(const void *left, const void *right)
{
    const talk_record *a = left, *b = right;
    int order = span_compare(a->root, b->root);
    if (!order)
        order = span_compare(a->path, b->path);
    return order ? order : (a->talk.line > b->talk.line) - (a->talk.line < b->talk.line);
}

/* All talks, by place. */
static lc_status read_talks(linting *l, lc_error *error)
{
    xs_error said;
    lc_status status =
        from_xapian(xs_reader_each_posting(searcher_reader(l->in), "", 0, add_docid, l, &said),
                    &said, searcher_vocabulary(l->in)->path, error);
    l->talks = arena_zalloc(l->memory, (l->docid_count + 1) * sizeof *l->talks);
    for (size_t i = 0; i < l->docid_count && status == LC_OK; i++) {
        talk_record *to = &l->talks[l->talk_count];
        status = searcher_record(l->in, l->docids[i], l->memory, to, error);
        l->talk_count += status == LC_OK && to->talk.kind != KIND_NOTE;
    }
    if (l->talk_count)
        qsort(l->talks, l->talk_count, sizeof *l->talks, by_place);
    return status;
}

/* ---- what is missing ---- */

static void report_missing(const linting *l, const talk_record *of)
{
    lint_finding found = {.talk = of, .line = of->talk.line};
    const bool missing[] = {!of->talk.speakers.count, !of->talk.event.text.length,
                            !of->talk.interval.first.year};
    for (int kind = LINT_SPEAKER; kind <= LINT_DATE; kind++)
        if (missing[kind]) {
            found.kind = (lint_kind)kind;
            l->visit(&found, l->user);
        }
}

/* ---- names ---- */

static void split_words(span folded, name *to)
{
    for (size_t i = 0; i < folded.length && to->word_count < WORDS_MAX;) {
        size_t begin = i;
        while (i < folded.length && folded.at[i] != ' ' && folded.at[i] != '.' &&
               folded.at[i] != ',')
            i++;
        if (i > begin)
            to->words[to->word_count++] = span_slice(folded, begin, i - begin);
        else
            i++;
    }
}

static void add_name(linting *l, span text, size_t place_of_talk)
{
    buffer folded = {0};
    utf8_fold(text, &folded);
    uint32_t *place = map_put(l->places, buffer_span(&folded), (uint32_t)l->name_count);
    if (*place == l->name_count) {
        name added = {.text = text, .talk = place_of_talk};
        split_words(arena_copy(l->memory, buffer_span(&folded)), &added);
        ARENA_ADD(l->memory, l->names, l->name_count, l->name_capacity, added);
    }
    l->names[*place].talks++;
    buffer_free(&folded);
}

static bool has_word(const name *in, span word)
{
    for (size_t i = 0; i < in->word_count; i++)
        if (span_equal(in->words[i], word))
            return true;
    return false;
}

/* The words that the other has not. */
static size_t own_words(const name *of, const name *other, span *out)
{
    size_t count = 0;
    for (size_t i = 0; i < of->word_count; i++)
        if (!has_word(other, of->words[i]))
            out[count++] = of->words[i];
    return count;
}

static bool are_initials(const span *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words[i].length != 1)
            return false;
    return true;
}

static bool words_look_alike(span a, span b)
{
    enum { SHORTEST = 4, LONG = 8 };
    span shorter = a.length < b.length ? a : b;
    if (shorter.length == 1)
        return a.at[0] == b.at[0];
    if (shorter.length < SHORTEST)
        return false;
    unsigned limit = shorter.length >= LONG ? 2 : 1;
    return edit_distance(a, b, limit) <= limit;
}

static bool look_alike(const name *a, const name *b)
{
    span own_a[WORDS_MAX], own_b[WORDS_MAX];
    size_t count_a = own_words(a, b, own_a), count_b = own_words(b, a, own_b);
    if (count_a == a->word_count || count_b == b->word_count)
        return false; /* no word in common */
    if (count_a == 0 || count_b == 0)
        return are_initials(own_a, count_a) && are_initials(own_b, count_b);
    return count_a == 1 && count_b == 1 && words_look_alike(own_a[0], own_b[0]);
}

static void report_pair(const linting *l, const name *a, const name *b)
{
    bool joined = a->person && a->person == b->person;
    const name *rare = a->talks <= b->talks ? a : b, *other = rare == a ? b : a;
    const talk_record *of = &l->talks[rare->talk];
    lint_finding found = {.kind = LINT_NAMES,
                          .talk = of,
                          .line = of->talk.line,
                          .name = rare->text,
                          .other = other->text,
                          .count = rare->talks,
                          .other_count = other->talks,
                          .joined = joined};
    for (size_t i = 0; i < of->talk.speakers.count; i++)
        if (span_equal(of->talk.speakers.items[i].text, rare->text) &&
            of->talk.speakers.items[i].line)
            found.line = of->talk.speakers.items[i].line;
    l->visit(&found, l->user);
}

/* Each name is held against those before it that share a word; once, by the first shared one. */
static bool is_first_shared(const name *a, const name *b, size_t word)
{
    for (size_t i = 0; i < word; i++)
        if (has_word(b, a->words[i]))
            return false;
    return has_word(b, a->words[word]);
}

typedef struct {
    size_t *items; /* of names */
    size_t count, capacity;
} name_list;

static void compare_by_word(const linting *l, size_t n, size_t word, name_list *with)
{
    const name *of = &l->names[n];
    for (size_t i = 0; i < with->count; i++) {
        const name *other = &l->names[with->items[i]];
        if (other != of && !(of->person && of->person == other->person) &&
            is_first_shared(of, other, word) && look_alike(of, other))
            report_pair(l, other, of);
    }
    ARENA_ADD(l->memory, with->items, with->count, with->capacity, n);
}

static void compare_names(const linting *l)
{
    map *words = map_new();
    size_t most = 1;
    for (size_t n = 0; n < l->name_count; n++)
        most += l->names[n].word_count;
    name_list *by_word = arena_zalloc(l->memory, most * sizeof *by_word);
    for (size_t n = 0; n < l->name_count; n++)
        for (size_t w = 0; w < l->names[n].word_count; w++)
            compare_by_word(l, n, w, &by_word[map_intern(words, l->names[n].words[w])]);
    map_free(words);
}

static name *name_of(const linting *l, span folded)
{
    const uint32_t *place = map_get(l->places, folded);
    return place ? &l->names[*place] : NULL;
}

/* What is taken for one person, each other spelling beside the one that is shown. */
static lc_status report_persons(const linting *l, lc_error *error)
{
    person_list persons;
    lc_status status = persons_open(searcher_reader(l->in), searcher_vocabulary(l->in)->path,
                                    l->memory, &persons, error);
    for (size_t i = 0; i < persons.count && status == LC_OK; i++) {
        const name *shown = NULL;
        for (size_t k = 0; k < persons.items[i].count; k++) {
            name *one = name_of(l, persons.items[i].names[k]);
            if (!one)
                continue;
            one->person = (uint32_t)i + 1;
            if (shown)
                report_pair(l, one, shown);
            else
                shown = one;
        }
    }
    return status;
}

lc_status lint_find(searcher *in, arena *memory, visit_finding visit, void *user, lc_error *error)
{
    linting l = {.in = in, .memory = memory, .visit = visit, .user = user};
    lc_status status = read_talks(&l, error);
    if (status != LC_OK)
        return status;
    l.places = map_new();
    for (size_t i = 0; i < l.talk_count; i++) {
        const values *speakers = &l.talks[i].talk.speakers;
        report_missing(&l, &l.talks[i]);
        for (size_t k = 0; k < speakers->count; k++)
            add_name(&l, speakers->items[k].text, i);
    }
    status = report_persons(&l, error);
    if (status == LC_OK)
        compare_names(&l);
    map_free(l.places);
    return status;
}
