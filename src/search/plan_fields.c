/* plan_fields.c - what `field:value` asks for. */
#include <stdio.h>

#include "analysis/stemmer.h"
#include "base/utf8.h"
#include "index/format.h"
#include "search/number_range.h"
#include "search/plan.h"

static const double WHOLE_VALUE = 1.5; /* relative to its words: the exact value comes first */

const char *plan_prefix_of(planner *p, const query_node *leaf)
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

xs_query *plan_whole_value(planner *p, const field *of, span text)
{
    buffer folded = {0};
    char prefix[32];
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", of->prefix);
    utf8_fold(text, &folded);
    xs_query *made = build_term(p->build, prefix, buffer_span(&folded));
    buffer_free(&folded);
    return made;
}

xs_query *plan_only_value(planner *p, const field *of, span text)
{
    terms found = plan_analysed(p, text);
    return build_two(p->build, XS_FILTER, plan_every_word(p, of->prefix, &found),
                     plan_whole_value(p, of, text));
}

bool plan_whole_value_exists(planner *p, const field *of, span text)
{
    buffer folded = {0};
    char prefix[32];
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", of->prefix);
    utf8_fold(text, &folded);
    bool found = vocabulary_frequency(p->words, prefix, buffer_span(&folded)) > 0;
    buffer_free(&folded);
    return found;
}

static xs_query *prefer_whole_value(planner *p, const field *of, span text, xs_query *words)
{
    if (!words || !of->facet)
        return words;
    xs_query *whole = build_two(p->build, XS_FILTER, words, plan_whole_value(p, of, text));
    return build_either(p->build, build_scale(p->build, WHOLE_VALUE, whole), words);
}

/* ---- words ---- */

static xs_query *plan_one_word(planner *p, const char *prefix, const terms *found)
{
    query_list forms = {0};
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        if (t->kind == TERM_TECH)
            continue;
        query_list_add(&forms, build_term(p->build, prefix, t->text));
        if (t->kind == TERM_WORD)
            query_list_add(&forms, plan_stems(p, prefix, term_written(t)));
        plan_mark(p, MARK_WORD, t->text);
    }
    xs_query *any = build_first(p->build, &forms);
    query_list_free(&forms);
    return any;
}

/* Only names have positions. A title's words stand side by side in the text too, where the title is
 * a part of it. */
static xs_query *plan_words(planner *p, const query_node *leaf)
{
    const char *prefix = plan_prefix_of(p, leaf);
    terms found = plan_analysed(p, leaf->text);
    if (found.count && plan_same_position(&found, 0) == found.count)
        return plan_one_word(p, prefix, &found);
    if (leaf->kind != QUERY_PHRASE)
        return plan_compound(p, prefix, leaf->text, &found);
    xs_query *words = plan_every_word(p, prefix, &found);
    if (leaf->field->id != FIELD_TITLE || !words)
        return words;
    return build_two(p->build, XS_FILTER, words, plan_phrase(p, &found, leaf->distance, false));
}

/* ---- technologies ---- */

/* By any alias: the talks that the reader found to name it. A name that the table has not is looked
 * for as it is written. */
static xs_query *plan_tech(planner *p, const query_node *leaf)
{
    query_list ways = {0};
    terms found = plan_analysed(p, leaf->text);
    uint32_t known = technology_canonical(p->words->technologies, leaf->text);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_TECH)
            plan_mark(p, MARK_TECH, found.items[i].text);
    if (known != TECHNOLOGY_NONE) {
        span name = technology_name(p->words->technologies, known);
        terms words = plan_analysed(p, name);
        query_list_add(&ways, build_two(p->build, XS_FILTER,
                                        plan_every_word(p, leaf->field->prefix, &words),
                                        plan_whole_value(p, leaf->field, name)));
        query_list_add(&ways, plan_whole_value(p, leaf->field, name));
    }
    query_list_add(&ways, plan_whole_value(p, leaf->field, leaf->text));
    query_list_add(&ways, plan_words(p, leaf));
    xs_query *any = build_first(p->build, &ways);
    query_list_free(&ways);
    return any;
}

/* ---- the others ---- */

static xs_query *plan_path(planner *p, const query_node *leaf)
{
    span text = leaf->text;
    if (span_starts_with(text, SPAN("./")))
        text = span_from(text, 2);
    if (span_ends_with(text, SPAN("/")))
        text.length--;
    terms found = plan_analysed(p, text);
    return build_two(p->build, XS_OR, plan_whole_value(p, leaf->field, text),
                     plan_every_word(p, leaf->field->prefix, &found));
}

/* Languages also by their English name. */
static xs_query *plan_exact(planner *p, const query_node *leaf)
{
    buffer folded = {0};
    utf8_fold(leaf->text, &folded);
    span text = buffer_span(&folded), code = SPAN_NONE;
    if (leaf->field->id == FIELD_LANGUAGE)
        code = stemmer_code_of(text);
    xs_query *made = build_term(p->build, leaf->field->prefix, code.length ? code : text);
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
/* A day as talks have it that are known by month or year alone, whose first such day it is. */
static span first_day_text(planner *p, day_number first)
{
    int year, month, day;
    day_split(first, &year, &month, &day);
    bool whole_year = day == 1 && month == 1;
    return arena_printf(p->memory, "%04d%02d%02d", year, whole_year ? 0 : month,
                        day == 1 ? 0 : day);
}

static span last_day_text(planner *p, day_number last)
{
    int year, month, day, next;
    day_split(last + 1, &year, &month, &next);
    bool whole_month = next == 1, whole_year = whole_month && month == 1;
    day_split(last, &year, &month, &day);
    return arena_printf(p->memory, "%04d%02d%02d", year, whole_year ? 99 : month,
                        whole_month ? 99 : day);
}

/* A talk known only by its year matches each day of it, but comes after those of that day. */
static void plan_wholly_dated(planner *p, const query_node *leaf)
{
    day_range days = leaf->days;
    span low = days.first == DAY_MIN ? SPAN("0001") : first_day_text(p, days.first);
    span high = days.last == DAY_MAX ? SPAN("99999999") : last_day_text(p, days.last);
    xs_query *inside = build_two(p->build, XS_AND, build_range(p->build, SLOT_DATE, low, SPAN_NONE),
                                 build_range(p->build, SLOT_DATE_LAST, SPAN("0001"), high));
    p->out->dated = p->out->dated ? build_two(p->build, XS_OR, p->out->dated, inside) : inside;
}

static xs_query *plan_dates(planner *p, const query_node *leaf)
{
    span low = leaf->days.first == DAY_MIN ? SPAN("0001") : day_text(p, leaf->days.first);
    span high = leaf->days.last == DAY_MAX ? SPAN("99999999") : day_text(p, leaf->days.last);
    return build_two(p->build, XS_AND, build_range(p->build, SLOT_DATE, SPAN("0001"), high),
                     build_range(p->build, SLOT_DATE_LAST, low, SPAN_NONE));
}

/* `speaker:*` */
static xs_query *plan_any_value(planner *p, const query_node *leaf)
{
    const query_node ever = {.days = {DAY_MIN, DAY_MAX}};
    query_node beginning = *leaf;
    switch (leaf->field->type) {
    case FIELD_OF_DATES: return plan_dates(p, &ever);
    case FIELD_OF_PATHS: return build_all(p->build);
    case FIELD_EXACT:
        beginning.kind = QUERY_PREFIX;
        beginning.text = SPAN_NONE;
        return leaf->field->id == FIELD_LANGUAGE ? plan_expansion(p, &beginning)
                                                 : build_all(p->build);
    case FIELD_OF_NAMES:
    case FIELD_OF_WORDS:
    case FIELD_OF_TECHS: break;
    }
    return build_term(p->build, PREFIX_HAS, span_of(plan_prefix_of(p, leaf)));
}

/* ---- numbers of the front matter ---- */

typedef struct {
    planner *with;
    const char *prefix;
    const number_range *range;
    query_list *to;
} number_walk;

enum { NUMBERS_MAX = 2000 }; /* terms that one query may well have */

static bool meet_number(span word, uint32_t frequency, void *user)
{
    number_walk *w = user;
    (void)frequency;
    if (number_range_holds(w->range, word))
        query_list_add(w->to, build_term(w->with->build, w->prefix, word));
    return w->to->count < NUMBERS_MAX;
}

/* A key has few distinct numbers: they are gone through. */
static xs_query *plan_numbers(planner *p, const query_node *leaf, const number_range *range)
{
    query_list numbers = {0};
    number_walk walk = {p, plan_prefix_of(p, leaf), range, &numbers};
    vocabulary_each(p->words, walk.prefix, SPAN_NONE, meet_number, &walk);
    if (numbers.count == NUMBERS_MAX)
        plan_notice(p, arena_printf(p->memory,
                                    "%.*s: so many numbers fit that only the first "
                                    "%d are looked for",
                                    SPAN_ARG(leaf->text), NUMBERS_MAX));
    xs_query *any = build_first(p->build, &numbers);
    query_list_free(&numbers);
    return any;
}

xs_query *plan_field(planner *p, const query_node *leaf)
{
    if (leaf->kind == QUERY_ALL)
        return plan_any_value(p, leaf);
    if (leaf->kind == QUERY_DATES) {
        if (!p->silent)
            plan_wholly_dated(p, leaf);
        return plan_dates(p, leaf);
    }
    if (leaf->kind == QUERY_PREFIX || leaf->kind == QUERY_FUZZY)
        return plan_expansion(p, leaf);
    number_range numbers;
    if (leaf->field->id == FIELD_PROPERTY && number_range_read(leaf->text, &numbers))
        return plan_numbers(p, leaf, &numbers);
    switch (leaf->field->type) {
    case FIELD_OF_NAMES: return plan_name(p, leaf->field, leaf->text);
    case FIELD_OF_TECHS: return plan_tech(p, leaf);
    case FIELD_OF_PATHS: return plan_path(p, leaf);
    case FIELD_EXACT: return plan_exact(p, leaf);
    case FIELD_OF_WORDS:
    case FIELD_OF_DATES: break;
    }
    return prefer_whole_value(p, leaf->field, leaf->text, plan_words(p, leaf));
}
