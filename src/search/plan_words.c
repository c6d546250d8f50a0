/* plan_words.c - words without a field, and words that belong together. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "index/format.h"
#include "search/other_spelling.h"
#include "search/plan.h"
#include "search/umlauts.h"

/* The path too: what a note is filed under says what it is about (lightning-talks.md). */
const also_in ALSO_IN[ALSO_IN_COUNT] = {
    {FIELD_SPEAKER, 1.5}, {FIELD_TECH, 0.5}, {FIELD_ORG, 0.7},
    {FIELD_EVENT, 0.7},   {FIELD_TAG, 0.5},  {FIELD_PATH, 0.3},
};

/* The parts of a compound anywhere in a talk, where one of them has other forms than itself. */
static const double PARTED_WEIGHT = 0.3;

terms plan_analysed(planner *p, span text)
{
    terms found = {0};
    analyse(p->words->analysers[0], text, p->memory, &found);
    return found;
}

size_t plan_same_position(const terms *in, size_t first)
{
    size_t count = 1;
    while (first + count < in->count &&
           in->items[first + count].position == in->items[first].position)
        count++;
    return count;
}

bool plan_is_stop(planner *p, span text)
{
    terms found = plan_analysed(p, text);
    for (size_t i = 0; i < found.count; i++)
        if (!found.items[i].stop)
            return false;
    return true;
}

/* ---- umlauts ---- */

/* Letters of a word that the notes have nowhere with its marks: shorter ones are others (joe, jo).
 */
enum { UNSURE_LETTERS = 5 };

static span folded(planner *p, span text)
{
    buffer made = {0};
    utf8_fold(text, &made);
    span kept = arena_copy(p->memory, buffer_span(&made));
    buffer_free(&made);
    return kept;
}

/* Keeps of the other ways to write the word those that the notes have. */
static void find_umlauts(planner *p, const char *prefix, const term *word, umlauts *out)
{
    umlauts all;
    *out = (umlauts){.count = 0};
    if (word->kind != TERM_WORD && word->kind != TERM_JOINED)
        return;
    umlauts_of(term_written(word), p->memory, &all);
    bool unknown = all.count && word->text.length >= UNSURE_LETTERS &&
                   !vocabulary_frequency(p->words, prefix, word->text);
    for (size_t i = 0; i < all.count; i++) {
        bool sure = all.spelled_out || vocabulary_frequency(p->words, "", all.items[i]);
        if ((sure || unknown) && vocabulary_frequency(p->words, prefix, folded(p, all.items[i])))
            out->items[out->count++] = all.items[i];
    }
}

bool plan_has_umlauts(planner *p, const char *prefix, const term *word)
{
    umlauts others;
    find_umlauts(p, prefix, word, &others);
    return others.count > 0;
}

xs_query *plan_term(planner *p, const char *prefix, const term *word)
{
    umlauts others;
    query_list ways = {0};
    find_umlauts(p, prefix, word, &others);
    query_list_add(&ways, build_term(p->build, prefix, word->text));
    for (size_t i = 0; i < others.count; i++) {
        span other = folded(p, others.items[i]);
        query_list_add(&ways, build_term(p->build, prefix, other));
        plan_mark(p, MARK_WORD, other);
    }
    xs_query *any = build_first(p->build, &ways);
    query_list_free(&ways);
    return any;
}

/* ---- one position ---- */

static bool has_span(const span *list, size_t count, span text)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(list[i], text))
            return true;
    return false;
}

/* ---- several ways to say one thing ---- */

/* Terms that are weighted as if they were one: a rare one (the stem of another language, a
 * spelling) says no more than the most frequent. */
typedef struct {
    struct {
        xs_query *query;
        uint32_t frequency;
        span whole; /* the term with its prefix */
    } items[4 + 2 * VOCABULARY_LANGUAGES_MAX];
    size_t count;
} alternatives;

static void ways_add(planner *p, alternatives *to, const char *prefix, span text)
{
    span whole = arena_printf(p->memory, "%s%.*s", prefix, SPAN_ARG(text));
    for (size_t i = 0; i < to->count; i++)
        if (span_equal(to->items[i].whole, whole))
            return;
    if (to->count == sizeof to->items / sizeof *to->items)
        return;
    to->items[to->count].whole = whole;
    to->items[to->count].query = build_term(p->build, prefix, text);
    to->items[to->count++].frequency = vocabulary_frequency(p->words, prefix, text);
}

double plan_idf(const planner *p, uint32_t frequency)
{
    double documents = p->words->documents;
    return log(1 + (documents - frequency + .5) / (frequency + .5));
}

/* Ways that nothing is found by are left out, unless there are no others. */
static xs_query *ways_join(planner *p, const alternatives *of)
{
    query_list found = {0};
    uint32_t most = 0;
    for (size_t i = 0; i < of->count; i++)
        if (of->items[i].frequency > most)
            most = of->items[i].frequency;
    for (size_t i = 0; i < of->count; i++) {
        uint32_t frequency = of->items[i].frequency;
        xs_query *query = of->items[i].query;
        if (frequency == most)
            query_list_add(&found, query);
        else if (frequency)
            query_list_add(
                &found, build_scale(p->build, plan_idf(p, most) / plan_idf(p, frequency), query));
    }
    xs_query *made = build_first(p->build, &found);
    query_list_free(&found);
    return made;
}

typedef struct {
    span items[2 * VOCABULARY_LANGUAGES_MAX];
    size_t count;
} stem_set;

/* Its stem in each language that the index holds. */
static void find_stems(planner *p, span word, stem_set *to)
{
    for (size_t i = 0; i < p->words->language_count; i++) {
        span stem = arena_copy(p->memory, analyser_stem(p->words->analysers[i], word));
        if (!has_span(to->items, to->count, stem))
            to->items[to->count++] = stem;
    }
}

static void add_stems(planner *p, const char *prefix, span word, alternatives *to)
{
    stem_set stems = {.count = 0};
    buffer other = {0};
    char stem_prefix[TERM_MAX + 16];
    snprintf(stem_prefix, sizeof stem_prefix, PREFIX_STEM "%s", prefix);
    find_stems(p, word, &stems);
    if (other_spelling(word, &other))
        find_stems(p, buffer_span(&other), &stems);
    for (size_t i = 0; i < stems.count; i++) {
        ways_add(p, to, stem_prefix, stems.items[i]);
        plan_mark(p, MARK_STEM, stems.items[i]);
    }
    buffer_free(&other);
}

typedef struct {
    planner *with;
    const char *prefix;
    span stems[VOCABULARY_LANGUAGES_MAX]; /* of the word, by language */
    alternatives *to;
} form_walk;

static bool meet_form(span word, uint32_t frequency, void *user)
{
    form_walk *w = user;
    const vocabulary *words = w->with->words;
    (void)frequency;
    for (size_t i = 0; i < words->language_count; i++)
        if (span_equal(analyser_stem(words->analysers[i], word), w->stems[i])) {
            ways_add(w->with, w->to, w->prefix, arena_copy(w->with->memory, word));
            break;
        }
    return true;
}

/* A field of few distinct words has no stems: its words are gone through. No stemmer changes the
 * first letter. */
static void add_forms(planner *p, const char *prefix, span word, alternatives *to)
{
    form_walk walk = {.with = p, .prefix = prefix, .to = to};
    buffer folded = {0};
    size_t first = 0;
    for (size_t i = 0; i < p->words->language_count; i++)
        walk.stems[i] = arena_copy(p->memory, analyser_stem(p->words->analysers[i], word));
    utf8_fold(word, &folded);
    if (folded.length)
        utf8_next(buffer_span(&folded), &first);
    vocabulary_each(p->words, prefix, span_slice(buffer_span(&folded), 0, first), meet_form, &walk);
    buffer_free(&folded);
}

/* fields.h: fields of words other than the title. */
static bool is_gone_through(const char *prefix)
{
    if (span_starts_with(span_of(prefix), span_of(FIELDS[FIELD_PROPERTY].prefix)))
        return true;
    for (int i = 0; i < FIELD_PROPERTY; i++)
        if (i != FIELD_TITLE && FIELDS[i].type == FIELD_OF_WORDS &&
            strcmp(FIELDS[i].prefix, prefix) == 0)
            return true;
    return false;
}

static alternatives all_forms(planner *p, const char *prefix, span word)
{
    alternatives found = {.count = 0};
    if (is_gone_through(prefix))
        add_forms(p, prefix, word, &found);
    else
        add_stems(p, prefix, word, &found);
    return found;
}

xs_query *plan_stems(planner *p, const char *prefix, span word)
{
    alternatives found = all_forms(p, prefix, word);
    return ways_join(p, &found);
}

uint32_t plan_stem_frequency(planner *p, const char *prefix, span word)
{
    uint32_t most = 0;
    alternatives found = all_forms(p, prefix, word);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].frequency > most)
            most = found.items[i].frequency;
    return most;
}

void plan_also_in(planner *p, const term *word, query_list *to)
{
    for (size_t i = 0; i < ALSO_IN_COUNT; i++)
        query_list_add(to, build_scale(p->build, ALSO_IN[i].weight,
                                       plan_term(p, FIELDS[ALSO_IN[i].id].prefix, word)));
}

/* A symbol that stands for less than another one at its place (c++ of c++17) is not meant. */
static bool is_meant(const term *forms, size_t count, size_t i)
{
    if (forms[i].kind != TERM_SYMBOL)
        return true;
    for (size_t k = 0; k < count; k++)
        if (forms[k].kind == TERM_SYMBOL && forms[k].text.length > forms[i].text.length)
            return false;
    return true;
}

static void plan_exact_form(planner *p, const term *t, query_list *to)
{
    if (p->how->exact > 0)
        query_list_add(to, build_scale(p->build, p->how->exact, plan_term(p, "", t)));
    plan_mark(p, MARK_WORD, t->text);
    if (t->kind == TERM_WORD || t->kind == TERM_SYMBOL)
        plan_also_in(p, t, to);
}

/* Who names a version (c++17) does not mean the technology as a whole. */
static void add_technologies(planner *p, const term *forms, size_t count, alternatives *to)
{
    for (size_t i = 0; i < count; i++)
        if (!is_meant(forms, count, i))
            return;
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == TERM_TECH) {
            ways_add(p, to, PREFIX_ALIAS, forms[i].text);
            plan_mark(p, MARK_TECH, forms[i].text);
        }
}

/* Everything at one position: the technology it names, else the word, else its other forms. A word
 * stands in the index under its stem; as a joined form (nodejs of node.js) under itself. */
static xs_query *plan_position(planner *p, const term *forms, size_t count)
{
    query_list parts = {0};
    alternatives found = {.count = 0};
    add_technologies(p, forms, count, &found);
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == TERM_WORD) {
            umlauts others;
            add_stems(p, "", term_written(&forms[i]), &found);
            find_umlauts(p, "", &forms[i], &others);
            for (size_t k = 0; k < others.count; k++)
                add_stems(p, "", others.items[k], &found);
        }
    for (size_t i = 0; i < count; i++) {
        const term *t = &forms[i];
        if (t->kind == TERM_TECH || !is_meant(forms, count, i))
            continue;
        if (t->kind != TERM_EXACT)
            ways_add(p, &found, PREFIX_STEM, t->text);
        plan_exact_form(p, t, &parts);
    }
    query_list_add(&parts, ways_join(p, &found));
    xs_query *whole = build_join(p->build, XS_OR, &parts);
    query_list_free(&parts);
    return whole;
}

/* ---- several words ---- */

/* Of the forms at one position the one that a phrase is made of: the word, else the symbol. */
static const term *main_form(const term *forms, size_t count)
{
    const term *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (forms[i].kind == TERM_WORD || forms[i].kind == TERM_BIGRAM)
            return &forms[i];
        if (forms[i].kind == TERM_SYMBOL && is_meant(forms, count, i))
            best = &forms[i];
    }
    return best;
}

/* Those that a phrase is made of, as terms. */
typedef struct {
    span words[COMPOUND_MAX];
    query_list terms;
} main_words;

static main_words main_terms(planner *p, const char *prefix, const terms *found)
{
    main_words main = {.terms = {0}};
    for (size_t i = 0; i < found->count; i += plan_same_position(found, i)) {
        const term *t = main_form(&found->items[i], plan_same_position(found, i));
        if (!t)
            continue;
        if (main.terms.count == COMPOUND_MAX) {
            plan_notice(p, arena_printf(p->memory,
                                        "only the first %d words of a phrase are searched for",
                                        COMPOUND_MAX));
            break;
        }
        xs_query *made = *prefix ? plan_term(p, prefix, t) : build_term(p->build, prefix, t->text);
        if (made)
            main.words[main.terms.count] = t->text;
        query_list_add(&main.terms, made);
        plan_mark(p, MARK_WORD, t->text);
    }
    return main;
}

xs_query *plan_every_word(planner *p, const char *prefix, const terms *found)
{
    main_words main = main_terms(p, prefix, found);
    xs_query *all = build_join(p->build, XS_AND, &main.terms);
    query_list_free(&main.terms);
    return all;
}

xs_query *plan_phrase(planner *p, const terms *found, unsigned slop, bool either_way)
{
    main_words main = main_terms(p, "", found);
    size_t count = main.terms.count;
    phrase *how = phrase_new(count, (uint32_t)count + slop, either_way, p->memory);
    for (size_t i = 0; i < count; i++)
        phrase_add(how, i, p->words, main.words[i], p->memory);
    xs_query *made = build_phrase(p->build, &main.terms, how);
    query_list_free(&main.terms);
    return made;
}

/* The parts of a name. */
static xs_query *plan_near(planner *p, const char *prefix, const terms *found, bool either_way)
{
    main_words main = main_terms(p, prefix, found);
    xs_query *near =
        build_near(p->build, &main.terms, (uint32_t)main.terms.count + either_way, !either_way);
    query_list_free(&main.terms);
    return near;
}

/* format.h: those of names. */
static bool field_has_positions(const char *prefix)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (FIELDS[i].type == FIELD_OF_NAMES && strcmp(FIELDS[i].prefix, prefix) == 0)
            return true;
    return false;
}

/* CI/CD is as good as `CD and CI`; whoever writes a dot or a hyphen means the order. */
static xs_query *plan_side_by_side(planner *p, const char *prefix, span text, const terms *found)
{
    bool either_way = span_find_byte(text, '/') != SPAN_NOT_FOUND &&
                      span_find(text, SPAN("//")) == SPAN_NOT_FOUND && found->positions == 2;
    if (!*prefix)
        return plan_phrase(p, found, either_way, either_way);
    if (field_has_positions(prefix))
        return plan_near(p, prefix, found, either_way);
    return plan_every_word(p, prefix, found);
}

/* Side by side means as they are written; where a part has other forms (micro-services), all
 * parts anywhere will do for less. */
static xs_query *plan_parted(planner *p, const terms *found)
{
    query_list stems = {0};
    bool other_forms = false;
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        if (t->kind != TERM_WORD || t->stop || stems.count == COMPOUND_MAX)
            continue;
        other_forms = other_forms ||
                      !span_equal(analyser_stem(p->words->analysers[0], term_written(t)), t->text);
        query_list_add(&stems, plan_stems(p, "", term_written(t)));
    }
    xs_query *all = other_forms ? build_join(p->build, XS_AND, &stems) : NULL;
    query_list_free(&stems);
    return build_scale(p->build, PARTED_WEIGHT, all);
}

static bool is_whole(const term *t, const terms *in)
{
    return t->position == in->items[0].position && t->last + 1 == in->positions;
}

xs_query *plan_compound(planner *p, const char *prefix, span text, const terms *found)
{
    query_list forms = {0};
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        bool tech = t->kind == TERM_TECH;
        if (!is_whole(t, found) || (!tech && t->kind != TERM_JOINED && t->kind != TERM_SYMBOL))
            continue;
        plan_mark(p, tech ? MARK_TECH : MARK_WORD, t->text);
        if (!tech)
            query_list_add(&forms, plan_term(p, prefix, t));
        else if (!*prefix)
            query_list_add(&forms, build_term(p->build, PREFIX_ALIAS, t->text));
        if (!tech && !*prefix)
            query_list_add(&forms, plan_stems(p, "", t->text));
    }
    query_list_add(&forms, plan_side_by_side(p, prefix, text, found));
    if (!*prefix)
        query_list_add(&forms, plan_parted(p, found));
    xs_query *best = build_first(p->build, &forms);
    query_list_free(&forms);
    return best;
}

static xs_query *plan_compound_everywhere(planner *p, span text, const terms *found)
{
    query_list places = {0};
    query_list_add(&places, plan_compound(p, "", text, found));
    for (size_t i = 0; i < ALSO_IN_COUNT; i++)
        query_list_add(&places,
                       build_scale(p->build, ALSO_IN[i].weight,
                                   plan_compound(p, FIELDS[ALSO_IN[i].id].prefix, text, found)));
    xs_query *any = build_join(p->build, XS_OR, &places);
    query_list_free(&places);
    return any;
}

/* ---- a word and its neighbours ---- */

/* `node js` meets nodejs, where the index has that. */
static xs_query *plan_joined(planner *p, span first, span second)
{
    xs_query *made = NULL;
    buffer joined = {0};
    if (!first.length || !second.length)
        return NULL;
    utf8_fold(first, &joined);
    utf8_fold(second, &joined);
    if (joined.length <= TERM_MAX && vocabulary_frequency(p->words, "", buffer_span(&joined))) {
        span word = arena_copy(p->memory, buffer_span(&joined));
        plan_mark(p, MARK_WORD, word);
        made = build_either(p->build, build_term(p->build, PREFIX_STEM, word),
                            plan_stems(p, "", word));
    }
    buffer_free(&joined);
    return made;
}

xs_query *plan_tech_over(planner *p, const terms *run, span leaf, uint32_t begin)
{
    query_list names = {0};
    uint32_t end = begin + (uint32_t)leaf.length;
    bool version = leaf.length && byte_is_digit(leaf.at[0]); /* python 3.11 is not any python */
    for (size_t i = 0; !version && i < run->count; i++) {
        const term *t = &run->items[i];
        bool over = t->kind == TERM_TECH && t->begin < end && t->end > begin &&
                    (t->begin < begin || t->end > end);
        if (!over)
            continue;
        query_list_add(&names, build_term(p->build, PREFIX_ALIAS, t->text));
        plan_mark(p, MARK_TECH, t->text);
    }
    xs_query *any = build_first(p->build, &names);
    query_list_free(&names);
    return any;
}

/* Unless there is nothing else: state-of-the-art is three words, e.g. its joined form. */
static void drop_stop_words(terms *in)
{
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++) {
        bool exact = in->items[i].kind == TERM_EXACT;
        if (!in->items[i].stop && !(exact && i && in->items[i - 1].stop))
            in->items[kept++] = in->items[i];
    }
    in->count = kept ? kept : in->count;
}

xs_query *plan_word(planner *p, const word_place *at, bool loose)
{
    terms found = plan_analysed(p, at->text);
    query_list words = {0};
    if (!found.count)
        return NULL;
    bool single = plan_same_position(&found, 0) == found.count;
    if (!single && loose)
        drop_stop_words(&found);
    if (!single && !loose)
        query_list_add(&words, plan_compound_everywhere(p, at->text, &found));
    for (size_t i = 0; (single || loose) && i < found.count && words.count < COMPOUND_MAX;
         i += plan_same_position(&found, i))
        query_list_add(&words, plan_position(p, &found.items[i], plan_same_position(&found, i)));
    xs_query *whole = build_join(p->build, XS_OR, &words);
    if (single) {
        whole = build_either(p->build, whole, plan_joined(p, at->before, at->text));
        whole = build_either(p->build, whole, plan_joined(p, at->text, at->behind));
    }
    query_list_free(&words);
    return whole;
}
