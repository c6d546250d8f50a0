#include "search/query_plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "base/utf8.h"
#include "index/format.h"
#include "index/xapian_error.h"

/* Weights relative to a stem in title or body. */
static const double EXPANSION_WEIGHT = 0.8; /* a beginning or misspelling never beats the word */

/* A word without a field is looked for in the values of these fields too. */
static const struct {
    field_id id;
    double weight;
} ALSO_IN[] = {
    {FIELD_SPEAKER, 1.5}, {FIELD_TECH, 0.5}, {FIELD_ORG, 0.7}, {FIELD_EVENT, 0.7}, {FIELD_TAG, 0.5},
};

typedef struct {
    query_plan *out;
    query_builder *build;
    const vocabulary *words;
    const ranking *how;
    arena *memory;
    bool inside_not; /* what must not match is not marked, and is no unknown word */
} planner;

static void add_mark(planner *p, mark_kind kind, span text)
{
    mark added = {kind, text};
    if (!p->inside_not && text.length)
        ARENA_ADD(p->memory, p->out->marks, p->out->mark_count, p->out->mark_capacity, added);
}

static terms analysed(planner *p, span text)
{
    terms found = {0};
    analyse(p->words->analysers[0], text, p->memory, &found);
    return found;
}

/* ---- one word ---- */

static bool has_span(const span *list, size_t count, span text)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(list[i], text))
            return true;
    return false;
}

/* ---- several ways to say one thing ---- */

/* Terms that are weighted as if they were one: a rare one (the stem of another language, a spelling)
 * says no more than the most frequent. */
typedef struct {
    struct {
        xs_query *query;
        uint32_t frequency;
    } items[4 + VOCABULARY_LANGUAGES_MAX];
    size_t count;
} alternatives;

static void ways_add(planner *p, alternatives *to, const char *prefix, span text)
{
    if (to->count == sizeof to->items / sizeof *to->items)
        return;
    to->items[to->count].query = build_term(p->build, prefix, text);
    to->items[to->count++].frequency = vocabulary_frequency(p->words, prefix, text);
}

static double idf(const planner *p, uint32_t frequency)
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
            query_list_add(&found,
                           build_scale(p->build, idf(p, most) / idf(p, frequency), query));
    }
    xs_query *made = build_first(p->build, &found);
    query_list_free(&found);
    return made;
}

/* Its stem in each language that the index holds. */
static void add_stems(planner *p, const char *prefix, span word, alternatives *to)
{
    span stems[VOCABULARY_LANGUAGES_MAX];
    size_t count = 0;
    char stem_prefix[TERM_MAX + 16];
    snprintf(stem_prefix, sizeof stem_prefix, PREFIX_STEM "%s", prefix);
    for (size_t i = 0; i < p->words->language_count; i++) {
        span stem = arena_copy(p->memory, analyser_stem(p->words->analysers[i], word));
        if (has_span(stems, count, stem))
            continue;
        stems[count++] = stem;
        ways_add(p, to, stem_prefix, stem);
        add_mark(p, MARK_STEM, stem);
    }
}

static xs_query *plan_stems(planner *p, const char *prefix, span word)
{
    alternatives found = {.count = 0};
    add_stems(p, prefix, word, &found);
    return ways_join(p, &found);
}

static void add_also_in(planner *p, span word, query_list *to)
{
    for (size_t i = 0; i < sizeof ALSO_IN / sizeof *ALSO_IN; i++)
        query_list_add(to, build_scale(p->build, ALSO_IN[i].weight,
                                       build_term(p->build, FIELDS[ALSO_IN[i].id].prefix, word)));
}

static void plan_exact_form(planner *p, const term *t, query_list *to)
{
    if (p->how->exact > 0)
        query_list_add(to,
                       build_scale(p->build, p->how->exact, build_term(p->build, "", t->text)));
    add_mark(p, MARK_WORD, t->text);
    if (t->kind == TERM_WORD || t->kind == TERM_SYMBOL)
        add_also_in(p, t->text, to);
}

/* Everything at one position: the technology it names, else the word, else its other forms. */
static xs_query *plan_position(planner *p, const term *forms, size_t count)
{
    query_list parts = {0};
    alternatives found = {.count = 0};
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == TERM_TECH) {
            ways_add(p, &found, PREFIX_ALIAS, forms[i].text);
            add_mark(p, MARK_TECH, forms[i].text);
        }
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == TERM_WORD)
            add_stems(p, "", term_written(&forms[i]), &found);
    for (size_t i = 0; i < count; i++) {
        const term *t = &forms[i];
        if (t->kind == TERM_SYMBOL || t->kind == TERM_JOINED || t->kind == TERM_BIGRAM)
            ways_add(p, &found, PREFIX_STEM, t->text);
        if (t->kind != TERM_TECH)
            plan_exact_form(p, t, &parts);
    }
    query_list_add(&parts, ways_join(p, &found));
    xs_query *whole = build_join(p->build, XS_OR, &parts);
    query_list_free(&parts);
    return whole;
}

/* How many of the terms from `first` on stand at the same position. */
static size_t same_position(const terms *in, size_t first)
{
    size_t count = 1;
    while (first + count < in->count &&
           in->items[first + count].position == in->items[first].position)
        count++;
    return count;
}

/* A word of several parts (CI/CD): all of them, or what they give when joined. */
static xs_query *plan_word(planner *p, span text, xs_op op)
{
    terms found = analysed(p, text);
    query_list words = {0};
    for (size_t i = 0; i < found.count; i += same_position(&found, i))
        query_list_add(&words, plan_position(p, &found.items[i], same_position(&found, i)));
    xs_query *whole = build_join(p->build, op, &words);
    query_list_free(&words);
    return whole;
}

/* Words that are only there to make a sentence: they are not asked for when others are. */
static bool is_stop_word(planner *p, span text)
{
    terms found = analysed(p, text);
    for (size_t i = 0; i < found.count; i++)
        if (!found.items[i].stop)
            return false;
    return true;
}

/* ---- phrases ---- */

static xs_query *plan_phrase(planner *p, const char *prefix, const terms *found, unsigned slop,
                             bool ordered)
{
    query_list words = {0};
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        if (t->kind != TERM_WORD && t->kind != TERM_BIGRAM)
            continue;
        query_list_add(&words, build_term(p->build, prefix, t->text));
        if (!*prefix)
            add_mark(p, MARK_WORD, t->text);
    }
    xs_query *near = build_near(p->build, &words, (uint32_t)words.count + slop, ordered);
    query_list_free(&words);
    return near;
}

/* ---- expansion ---- */

enum { EXPANSIONS_MAX = 50 };

typedef struct {
    arena *memory;
    struct {
        span word;
        uint32_t frequency;
    } best[EXPANSIONS_MAX]; /* most frequent first */
    size_t count;
} expansion;

static bool meet_word(const char *text, size_t length, uint32_t frequency, void *user)
{
    expansion *to = user;
    size_t i = to->count;
    if (i == EXPANSIONS_MAX && to->best[--i].frequency >= frequency)
        return true;
    for (; i > 0 && to->best[i - 1].frequency < frequency; i--)
        to->best[i] = to->best[i - 1];
    to->best[i].word = arena_copy(to->memory, (span){text, length});
    to->best[i].frequency = frequency;
    if (to->count < EXPANSIONS_MAX)
        to->count++;
    return true;
}

static xs_query *plan_prefix(planner *p, const char *prefix, span text)
{
    expansion found = {.memory = p->memory};
    query_list words = {0};
    buffer whole = {0};
    buffer_add_text(&whole, prefix);
    utf8_fold(text, &whole);
    xs_reader_each_term(p->words->reader, whole.at, whole.length, meet_word, &found, NULL);
    for (size_t i = 0; i < found.count; i++)
        query_list_add(&words, build_term(p->build, "", found.best[i].word));
    add_mark(p, MARK_PREFIX, arena_copy(p->memory, span_from(buffer_span(&whole), strlen(prefix))));
    xs_query *any = build_scale(p->build, EXPANSION_WEIGHT, build_join(p->build, XS_OR, &words));
    query_list_free(&words);
    buffer_free(&whole);
    return any ? any : build_none(p->build);
}

/* ---- fields ---- */

static const char *prefix_of(planner *p, const query_node *leaf)
{
    if (leaf->field->id != FIELD_PROPERTY)
        return leaf->field->prefix;
    buffer folded = {0};
    buffer_add_text(&folded, leaf->field->prefix);
    utf8_fold(leaf->key, &folded);
    span kept = arena_printf(p->memory, "%.*s:", SPAN_ARG(buffer_span(&folded)));
    buffer_free(&folded);
    return kept.at;
}

static xs_query *plan_whole_value(planner *p, const field *of, span text)
{
    buffer folded = {0};
    char prefix[32];
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", of->prefix);
    utf8_fold(text, &folded);
    xs_query *made = build_term(p->build, prefix, buffer_span(&folded));
    buffer_free(&folded);
    return made;
}

static xs_query *plan_names(planner *p, const query_node *leaf)
{
    terms found = {0};
    analyse_name(leaf->text, p->memory, &found);
    /* in any order, but within one name */
    enum { NAME_SLOP = 3 };
    for (size_t i = 0; i < found.count; i++)
        add_mark(p, MARK_WORD, found.items[i].text);
    return plan_phrase(p, leaf->field->prefix, &found, NAME_SLOP, false);
}

static xs_query *plan_field_words(planner *p, const query_node *leaf)
{
    const char *prefix = prefix_of(p, leaf);
    terms found = analysed(p, leaf->text);
    query_list words = {0};
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_WORD)
            query_list_add(&words, build_two(p->build, XS_OR,
                                             plan_stems(p, prefix, term_written(&found.items[i])),
                                             build_term(p->build, prefix, found.items[i].text)));
    xs_query *whole = build_join(p->build, XS_AND, &words);
    query_list_free(&words);
    return whole;
}

/* The words of a field without positions. */
static xs_query *plan_every_word(planner *p, const char *prefix, const terms *found)
{
    query_list words = {0};
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].kind == TERM_WORD)
            query_list_add(&words, build_term(p->build, prefix, found->items[i].text));
    xs_query *whole = build_join(p->build, XS_AND, &words);
    query_list_free(&words);
    return whole;
}

static xs_query *plan_techs(planner *p, const query_node *leaf)
{
    terms found = analysed(p, leaf->text);
    query_list forms = {0};
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_TECH) {
            query_list_add(&forms, build_term(p->build, PREFIX_ALIAS, found.items[i].text));
            add_mark(p, MARK_TECH, found.items[i].text);
        }
    query_list_add(&forms, plan_whole_value(p, leaf->field, leaf->text));
    query_list_add(&forms, plan_every_word(p, leaf->field->prefix, &found));
    xs_query *any = build_join(p->build, XS_OR, &forms);
    query_list_free(&forms);
    return any;
}

static xs_query *plan_path(planner *p, const query_node *leaf)
{
    span text = leaf->text;
    terms found;
    if (span_starts_with(text, SPAN("./")))
        text = span_from(text, 2);
    if (span_ends_with(text, SPAN("/")))
        text.length--;
    found = analysed(p, text);
    return build_two(p->build, XS_OR, plan_whole_value(p, leaf->field, text),
                     plan_every_word(p, leaf->field->prefix, &found));
}

static xs_query *plan_exact(planner *p, const query_node *leaf)
{
    buffer folded = {0};
    utf8_fold(leaf->text, &folded);
    xs_query *made = build_term(p->build, leaf->field->prefix, buffer_span(&folded));
    buffer_free(&folded);
    return made;
}

static span day_text(planner *p, day_number day)
{
    int year, month, number;
    day_split(day, &year, &month, &number);
    return arena_printf(p->memory, "%04d%02d%02d", year, month, number);
}

/* Intervals overlap when each begins before the other ends. A talk without a date has no value:
 * the open end that matches everything must not match it. */
static xs_query *plan_dates(planner *p, const query_node *leaf)
{
    span low = leaf->days.first == DAY_MIN ? SPAN("0001") : day_text(p, leaf->days.first);
    span high = leaf->days.last == DAY_MAX ? SPAN("99999999") : day_text(p, leaf->days.last);
    return build_two(p->build, XS_AND, build_range(p->build, SLOT_DATE, SPAN("0001"), high),
                     build_range(p->build, SLOT_DATE_LAST, low, SPAN_NONE));
}

static xs_query *plan_field(planner *p, const query_node *leaf)
{
    if (leaf->kind == QUERY_ALL)
        return build_term(p->build, PREFIX_HAS, span_of(prefix_of(p, leaf)));
    if (leaf->kind == QUERY_DATES)
        return plan_dates(p, leaf);
    if (leaf->kind == QUERY_PREFIX)
        return plan_prefix(p, prefix_of(p, leaf), leaf->text);
    switch (leaf->field->type) {
    case FIELD_OF_NAMES: return plan_names(p, leaf);
    case FIELD_OF_TECHS: return plan_techs(p, leaf);
    case FIELD_OF_PATHS: return plan_path(p, leaf);
    case FIELD_EXACT: return plan_exact(p, leaf);
    case FIELD_OF_WORDS:
    case FIELD_OF_DATES: break;
    }
    return plan_field_words(p, leaf);
}

/* ---- the tree ---- */

static void note_unknown(planner *p, span text)
{
    terms found = analysed(p, text);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_WORD &&
            (vocabulary_frequency(p->words, "", found.items[i].text) ||
             vocabulary_frequency(p->words, FIELDS[FIELD_SPEAKER].prefix, found.items[i].text)))
            return;
    if (!p->inside_not)
        ARENA_ADD(p->memory, p->out->unknown, p->out->unknown_count, p->out->unknown_capacity,
                  text);
}

static xs_query *plan_leaf(planner *p, const query_node *node, xs_op parts)
{
    xs_query *made = NULL;
    terms found;
    if (node->field)
        made = plan_field(p, node);
    else if (node->kind == QUERY_ALL)
        made = build_all(p->build);
    else if (node->kind == QUERY_PREFIX)
        made = plan_prefix(p, "", node->text);
    else if (node->kind == QUERY_PHRASE) {
        found = analysed(p, node->text);
        made = plan_phrase(p, "", &found, node->distance, true);
    } else {
        made = plan_word(p, node->text, parts);
        note_unknown(p, node->text);
    }
    return made ? made : build_none(p->build);
}

static xs_query *plan_node(planner *p, const query_node *node);

static bool is_plain_word(const query_node *node)
{
    return node->kind == QUERY_WORD && !node->field;
}

/* An AND keeps to what it is asked for but for stop words, as long as anything else is there. */
static xs_query *plan_and(planner *p, const query_node *node, xs_op words_op)
{
    query_list words = {0}, filters = {0}, without = {0}, stops = {0};
    for (size_t i = 0; i < node->count; i++) {
        const query_node *child = node->children[i];
        if (child->kind == QUERY_NOT) {
            p->inside_not = true;
            query_list_add(&without, plan_node(p, child->children[0]));
            p->inside_not = false;
        } else if (is_plain_word(child) && is_stop_word(p, child->text)) {
            query_list_add(&stops, plan_leaf(p, child, XS_AND));
        } else if (child->field && words_op == XS_OR) {
            query_list_add(&filters, plan_node(p, child));
        } else {
            query_list_add(&words, is_plain_word(child) ? plan_leaf(p, child, words_op)
                                                        : plan_node(p, child));
        }
    }
    xs_query *whole = build_join(p->build, words_op, words.count ? &words : &stops);
    whole = build_two(p->build, XS_AND, whole, build_join(p->build, XS_AND, &filters));
    if (whole && without.count)
        whole = build_two(p->build, XS_AND_NOT, whole, build_join(p->build, XS_OR, &without));
    query_list_free(&words);
    query_list_free(&filters);
    query_list_free(&without);
    query_list_free(&stops);
    return whole;
}

static xs_query *plan_or(planner *p, const query_node *node)
{
    query_list children = {0};
    for (size_t i = 0; i < node->count; i++)
        query_list_add(&children, plan_node(p, node->children[i]));
    xs_query *any = build_join(p->build, XS_OR, &children);
    query_list_free(&children);
    return any;
}

static xs_query *plan_node(planner *p, const query_node *node)
{
    switch (node->kind) {
    case QUERY_AND: return plan_and(p, node, XS_AND);
    case QUERY_OR: return plan_or(p, node);
    case QUERY_SAVED: return plan_node(p, node->children[0]);
    case QUERY_BOOST: return build_scale(p->build, node->boost, plan_node(p, node->children[0]));
    case QUERY_NOT:
        return build_two(p->build, XS_AND_NOT, build_all(p->build),
                         plan_node(p, node->children[0]));
    case QUERY_ALL:
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_PREFIX:
    case QUERY_FUZZY:
    case QUERY_DATES: break;
    }
    return plan_leaf(p, node, XS_AND);
}

static bool has_only_words(const query_node *node)
{
    if (is_plain_word(node))
        return true;
    if (node->kind != QUERY_AND)
        return false;
    for (size_t i = 0; i < node->count; i++)
        if (!is_plain_word(node->children[i]))
            return false;
    return true;
}

static xs_query *plan_title(planner *p, span text)
{
    buffer folded = {0};
    utf8_fold(span_trim(text), &folded);
    span hash = arena_printf(p->memory, "%016llx",
                             (unsigned long long)XXH3_64bits(folded.at, folded.length));
    buffer_free(&folded);
    return build_term(p->build, PREFIX_TITLE, hash);
}

lc_status query_plan_make(const query_tree *tree, span text, const vocabulary *words,
                          const ranking *how, arena *memory, query_plan *out, lc_error *error)
{
    *out = (query_plan){0};
    planner p = {out, &out->builder, words, how, memory, false};
    out->all = plan_node(&p, tree->root);
    if (tree->root->kind == QUERY_AND) {
        planner again = p;
        again.inside_not = true; /* marked and missed already */
        out->some = plan_and(&again, tree->root, XS_OR);
    } else if (is_plain_word(tree->root)) {
        planner again = p;
        again.inside_not = true;
        out->some = plan_word(&again, tree->root->text, XS_OR);
    }
    if (has_only_words(tree->root))
        out->title = plan_title(&p, text);
    return from_xapian(out->builder.status, &out->builder.said, words->path, error);
}

void query_plan_free(query_plan *what)
{
    query_builder_free(&what->builder);
}
