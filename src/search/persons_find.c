#include "search/persons_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "index/fields.h"
#include "index/format.h"
#include "notes/tables.h"
#include "search/person_evidence.h"
#include "search/same_person.h"

/* A family name that more have is nobody's alone. */
enum { LIST_MAX = 300 };

typedef struct {
    size_t *items; /* of names */
    size_t count, capacity;
} name_list;

typedef struct {
    span text; /* folded */
    uint32_t talks;
    person_name_parts parts;
    person_evidence evidence;
    span own;      /* in the person's people.tsv: whom it names there */
    size_t family; /* index in `lists`: all who have the family name */
    size_t head;   /* of its group; the group's names follow each other by `next` */
    size_t next;
} speaker_name;
#define NO_NAME SIZE_MAX

typedef struct {
    size_t a, b; /* of names, a < b */
    person_relation relation;
} name_pair;

typedef struct {
    size_t handle, name; /* of names */
} handle_pair;

typedef struct {
    const xs_reader *reader;
    arena *memory;
    map *given_names;
    speaker_name *names;
    size_t count, capacity;
    map *places; /* text -> index in names */
    map *keys;   /* "family SOUND" and what names are compared by -> index in `lists` */
    name_list *lists;
    size_t list_capacity;
    handle_pair *handles;
    size_t handle_count, handle_capacity;
    name_pair *pairs;
    size_t pair_count, pair_capacity;
    xs_error *said;
} finding;

/* ---- the names ---- */

/* "@grace": no words to compare, it goes by the talks that have name and handle. */
static bool is_handle_name(const speaker_name *of)
{
    return of->text.length && of->text.at[0] == '@';
}

/* A tab or a line break is in no name, and could not be kept (persons.c). */
static bool is_one_line(span text)
{
    return span_find_byte(text, '\t') == SPAN_NOT_FOUND &&
           span_find_byte(text, '\n') == SPAN_NOT_FOUND &&
           span_find_byte(text, '\r') == SPAN_NOT_FOUND;
}

/* NO_NAME for what is none. */
static size_t put_name(finding *f, span text, uint32_t talk_count)
{
    speaker_name added = {.text = arena_copy(f->memory, text),
                          .talks = talk_count,
                          .head = f->count,
                          .next = NO_NAME};
    if (!is_one_line(text))
        return NO_NAME;
    if (!is_handle_name(&added) && !person_parts_read(added.text, f->memory, &added.parts))
        return NO_NAME;
    size_t place = *map_put(f->places, added.text, (uint32_t)f->count);
    if (place == f->count)
        ARENA_ADD(f->memory, f->names, f->count, f->capacity, added);
    return place;
}

static bool add_name(const char *term, size_t length, uint32_t frequency, void *user)
{
    size_t prefix = strlen(PREFIX_VALUE ":") + strlen(FIELDS[FIELD_SPEAKER].prefix);
    put_name(user, span_from((span){term, length}, prefix), frequency);
    return true;
}

static xs_status read_names(finding *f)
{
    span prefix = arena_printf(f->memory, PREFIX_VALUE "%s:", FIELDS[FIELD_SPEAKER].prefix);
    return xs_reader_each_term(f->reader, prefix.at, prefix.length, add_name, f, f->said);
}

/* "XHANDLE" handle " " name */
static bool add_handle(const char *term, size_t length, uint32_t frequency, void *user)
{
    finding *f = user;
    (void)frequency;
    span rest = span_from((span){term, length}, strlen(PREFIX_HANDLE));
    span handle = span_cut(&rest, ' ');
    const uint32_t *name = map_get(f->places, rest);
    if (!name)
        return true;
    handle_pair pair = {.name = *name}; /* before put_name(), which may move it */
    pair.handle = put_name(f, arena_printf(f->memory, "@%.*s", SPAN_ARG(handle)), 0);
    if (pair.handle != NO_NAME)
        ARENA_ADD(f->memory, f->handles, f->handle_count, f->handle_capacity, pair);
    return true;
}

static xs_status read_handles(finding *f)
{
    return xs_reader_each_term(f->reader, PREFIX_HANDLE, strlen(PREFIX_HANDLE), add_handle, f,
                               f->said);
}

/* Whom people.tsv, as the index was made with it, names by that name. */
static xs_status read_own_people(finding *f)
{
    char *text;
    size_t length;
    xs_status status =
        xs_reader_get_meta(f->reader, META_PEOPLE, strlen(META_PEOPLE), &text, &length, f->said);
    if (status != XS_OK)
        return status;
    span rest = arena_copy(f->memory, (span){text, length});
    xs_free(text);
    while (rest.length) {
        span line = span_trim(span_cut_line(&rest));
        span name = span_trim(span_cut(&line, '\t'));
        buffer folded = {0};
        utf8_fold(name, &folded);
        uint32_t *place = map_get(f->places, buffer_span(&folded));
        if (place && name.length && name.at[0] != '#')
            f->names[*place].own = name;
        buffer_free(&folded);
    }
    return XS_OK;
}

/* ---- pairs ---- */

static size_t list_of(finding *f, span key)
{
    size_t known = map_count(f->keys);
    size_t place = map_intern(f->keys, key);
    if (map_count(f->keys) > known) {
        name_list none = {0};
        ARENA_ADD(f->memory, f->lists, known, f->list_capacity, none);
    }
    return place;
}

static size_t enlist(finding *f, size_t name, const char *kind, span word, span with)
{
    span key = arena_printf(f->memory, "%s %.*s %.*s", kind, SPAN_ARG(word), SPAN_ARG(with));
    size_t place = list_of(f, key);
    name_list *to = &f->lists[place];
    if (!to->count || to->items[to->count - 1] != name)
        ARENA_ADD(f->memory, to->items, to->count, to->capacity, name);
    return place;
}

/* Compared are names with one family name and one begin of the given name; for misspelt ones those
 * with one given name and one begin of the family name. */
static void enlist_name(finding *f, size_t name)
{
    enum { BEGIN = 2 };
    speaker_name *of = &f->names[name];
    const person_name_parts *parts = &of->parts;
    for (size_t i = parts->count > 1; i < parts->count; i++) {
        of->family = enlist(f, name, "family", parts->sounds[i], SPAN_NONE);
        if (parts->count > 1)
            enlist(f, name, "pair", parts->sounds[i], span_slice(parts->sounds[0], 0, 1));
    }
    if (parts->count > 1)
        enlist(f, name, "given", parts->words[0],
               span_slice(parts->sounds[parts->count - 1], 0, BEGIN));
}

/* people.tsv names both. */
static bool two_own_names(const speaker_name *a, const speaker_name *b)
{
    return a->own.length && b->own.length && !span_equal(a->own, b->own);
}

static person_relation relation_of(const finding *f, size_t a, size_t b)
{
    const speaker_name *left = &f->names[a], *right = &f->names[b];
    return two_own_names(left, right) ? PERSON_OTHER
                                      : person_compare(f->given_names, &left->parts, &right->parts);
}

static void add_pair(finding *f, size_t a, size_t b)
{
    name_pair pair = {a < b ? a : b, a < b ? b : a, relation_of(f, a, b)};
    if (pair.relation != PERSON_OTHER)
        ARENA_ADD(f->memory, f->pairs, f->pair_count, f->pair_capacity, pair);
}

static int compare_pairs(const void *left, const void *right)
{
    const name_pair *x = left, *y = right;
    if (x->relation != y->relation)
        return x->relation < y->relation ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* "Hopper" with all who have the family name. */
static void add_pairs_of_family(finding *f, size_t name)
{
    const name_list *with = &f->lists[f->names[name].family];
    for (size_t i = 0; i < with->count && with->count <= LIST_MAX; i++)
        if (with->items[i] != name)
            add_pair(f, name, with->items[i]);
}

static void find_pairs(finding *f)
{
    for (size_t n = 0; n < f->count; n++)
        if (f->names[n].parts.count)
            enlist_name(f, n);
    for (size_t k = 0; k < map_count(f->keys); k++) {
        const name_list *in = &f->lists[k];
        bool family = span_starts_with(map_key(f->keys, k), SPAN("family "));
        for (size_t i = 0; !family && i < in->count && in->count <= LIST_MAX; i++)
            for (size_t j = i + 1; j < in->count; j++)
                add_pair(f, in->items[i], in->items[j]);
    }
    for (size_t n = 0; n < f->count; n++)
        if (f->names[n].parts.count == 1)
            add_pairs_of_family(f, n);
    if (f->pair_count)
        qsort(f->pairs, f->pair_count, sizeof *f->pairs, compare_pairs);
}

/* ---- what speaks for and against ---- */

/* Among all who have the family name: `alone` when each fits both, `torn` when one fits the first
 * and not the second. */
static void look_around(const finding *f, size_t a, size_t b, bool *alone, bool *torn)
{
    const name_list *around = &f->lists[f->names[a].family];
    *alone = *alone && around->count <= LIST_MAX;
    for (size_t i = 0; i < around->count; i++) {
        size_t c = around->items[i];
        person_relation with_a = c == a ? PERSON_SAME : relation_of(f, a, c),
                        with_b = c == b ? PERSON_SAME : relation_of(f, b, c);
        *alone = *alone && with_a != PERSON_OTHER && with_b != PERSON_OTHER;
        *torn = *torn || (with_a <= PERSON_ALONE && with_b == PERSON_OTHER) ||
                (with_b <= PERSON_ALONE && with_a == PERSON_OTHER);
    }
}

/* A family name alone: all who have it are one person by now. */
static bool is_one_family(const finding *f, size_t single)
{
    const name_list *around = &f->lists[f->names[single].family];
    size_t head = NO_NAME;
    for (size_t i = 0; i < around->count; i++) {
        size_t other = f->names[around->items[i]].head;
        if (around->items[i] == single)
            continue;
        if (head != NO_NAME && other != head)
            return false;
        head = other;
    }
    return true;
}

static bool is_ambiguous(const finding *f, const name_pair *pair)
{
    bool alone = true, torn = false;
    look_around(f, pair->a, pair->b, &alone, &torn);
    look_around(f, pair->b, pair->a, &alone, &torn);
    return torn || (pair->relation > PERSON_SAME && !alone) ||
           (f->names[pair->a].parts.count == 1 && !is_one_family(f, pair->a)) ||
           (f->names[pair->b].parts.count == 1 && !is_one_family(f, pair->b));
}

static bool is_equal(const finding *f, const name_pair *pair)
{
    const person_name_parts *a = &f->names[pair->a].parts, *b = &f->names[pair->b].parts;
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_equal(a->words[i], b->words[i]))
            return false;
    return true;
}

static xs_status read_evidence(finding *f, const name_pair *pair)
{
    xs_status status = evidence_read(f->reader, f->names[pair->a].text, f->memory,
                                     &f->names[pair->a].evidence, f->said);
    if (status == XS_OK)
        status = evidence_read(f->reader, f->names[pair->b].text, f->memory,
                               &f->names[pair->b].evidence, f->said);
    return status;
}

static xs_status judge_pair(finding *f, const name_pair *pair, bool *one_out)
{
    *one_out = is_equal(f, pair);
    if (*one_out || is_ambiguous(f, pair))
        return XS_OK;
    xs_status status = read_evidence(f, pair);
    const person_evidence *a = &f->names[pair->a].evidence, *b = &f->names[pair->b].evidence;
    *one_out = status == XS_OK && !evidence_parts(a, b) &&
               (pair->relation < PERSON_BACKED || evidence_agrees(a, b));
    return status;
}

/* ---- groups ---- */

static bool groups_fit(const finding *f, size_t left, size_t right)
{
    for (size_t a = left; a != NO_NAME; a = f->names[a].next)
        for (size_t b = right; b != NO_NAME; b = f->names[b].next)
            if (relation_of(f, a, b) == PERSON_OTHER)
                return false;
    return true;
}

static void join_groups(finding *f, size_t left, size_t right)
{
    size_t last = left;
    while (f->names[last].next != NO_NAME)
        last = f->names[last].next;
    f->names[last].next = right;
    for (size_t n = right; n != NO_NAME; n = f->names[n].next)
        f->names[n].head = left;
}

static xs_status group_names(finding *f)
{
    xs_status status = XS_OK;
    for (size_t i = 0; i < f->pair_count && status == XS_OK; i++) {
        const name_pair *pair = &f->pairs[i];
        size_t left = f->names[pair->a].head, right = f->names[pair->b].head;
        bool one = false;
        bool again = i && compare_pairs(pair, &f->pairs[i - 1]) == 0;
        if (again || left == right)
            continue;
        status = judge_pair(f, pair, &one);
        if (one && groups_fit(f, left, right))
            join_groups(f, left, right);
    }
    return status;
}

/* Names with one handle are one person's, when they fit. By handle, as the terms came. */
static void group_by_handle(finding *f)
{
    for (size_t i = 1; i < f->handle_count; i++) {
        const handle_pair *pair = &f->handles[i], *before = pair - 1;
        size_t left = f->names[before->name].head, right = f->names[pair->name].head;
        if (pair->handle == before->handle && left != right && groups_fit(f, left, right))
            join_groups(f, left, right);
    }
}

/* A handle that people of several names have is nobody's. */
static void add_handles(finding *f)
{
    for (size_t i = 0, end; i < f->handle_count; i = end) {
        size_t head = f->names[f->handles[i].name].head;
        bool one = true;
        for (end = i; end < f->handle_count && f->handles[end].handle == f->handles[i].handle;
             end++)
            one = one && f->names[f->handles[end].name].head == head;
        if (one)
            join_groups(f, head, f->handles[i].handle);
    }
}

/* "@grace" and "grace" */
static void add_bare_handles(finding *f)
{
    for (size_t n = 0; n < f->count; n++) {
        const uint32_t *bare = is_handle_name(&f->names[n])
                                   ? map_get(f->places, span_from(f->names[n].text, 1))
                                   : NULL;
        if (bare && f->names[n].head == n && f->names[n].next == NO_NAME)
            join_groups(f, f->names[*bare].head, n);
    }
}

/* ---- which name is shown ---- */

static size_t whole_words(const person_name_parts *of)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++)
        count += of->words[i].length > 1;
    return count;
}

/* A whole name before "M. Gill" and "Gill"; then what most talks have. */
static int compare_shown(const void *left, const void *right)
{
    const speaker_name *const *x = left, *const *y = right;
    bool whole_x = whole_words(&(*x)->parts) > 1, whole_y = whole_words(&(*y)->parts) > 1;
    if (((*x)->own.length > 0) != ((*y)->own.length > 0))
        return (*x)->own.length ? -1 : 1;
    if (whole_x != whole_y)
        return whole_x ? -1 : 1;
    if ((*x)->talks != (*y)->talks)
        return (*x)->talks > (*y)->talks ? -1 : 1;
    return span_compare((*x)->text, (*y)->text);
}

static void add_group(finding *f, size_t head, person_list *to)
{
    size_t count = 0;
    for (size_t n = head; n != NO_NAME; n = f->names[n].next)
        count++;
    speaker_name **names = arena_alloc(f->memory, count * sizeof *names);
    person_variants made = {arena_alloc(f->memory, count * sizeof *made.names), count};
    size_t i = 0;
    for (size_t n = head; n != NO_NAME; n = f->names[n].next)
        names[i++] = &f->names[n];
    qsort(names, count, sizeof *names, compare_shown);
    for (i = 0; i < count; i++)
        made.names[i] = names[i]->text;
    ARENA_ADD(f->memory, to->items, to->count, to->capacity, made);
}

xs_status persons_find(const xs_reader *reader, arena *memory, person_list *out, xs_error *said)
{
    finding f = {.reader = reader,
                 .memory = memory,
                 .given_names = given_names_new(),
                 .places = map_new(),
                 .keys = map_new(),
                 .said = said};
    *out = (person_list){0};
    xs_status status = read_names(&f);
    if (status == XS_OK)
        status = read_handles(&f);
    if (status == XS_OK)
        status = read_own_people(&f);
    if (status == XS_OK) {
        find_pairs(&f);
        group_by_handle(&f);
        status = group_names(&f);
    }
    if (status == XS_OK) {
        add_handles(&f);
        add_bare_handles(&f);
    }
    for (size_t n = 0; n < f.count && status == XS_OK; n++)
        if (f.names[n].head == n && f.names[n].next != NO_NAME)
            add_group(&f, n, out);
    map_free(f.given_names);
    map_free(f.places);
    map_free(f.keys);
    return status;
}
