/* From the name of a measure, in either spelling, to the measure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "measures.h"
#include "reader.h"

enum { CUTOFF_MOST = 1000000 };

static const double PATIENCE = 0.8, PATIENCE_TREC = 0.9; /* what each tool takes unasked */

/* Lists that have a name of their own. */
static const struct {
    const char *name, *measures[16];
} LISTS[] = {
    {"default", {"nDCG@10", "AP", "RR", "P@10", "R@100", "Success@1", "Judged@10", NULL}},
    {"official",
     {"num_q", "num_ret", "num_rel", "num_rel_ret", "map", "gm_map", "Rprec", "bpref", "recip_rank",
      "iprec_at_recall", "P", NULL}},
};

static lc_status unknown(span name, lc_error *error)
{
    return lc_fail(error, LC_BAD_INPUT,
                   "unknown measure \"%.*s\": lectern-bench measures lists those there are",
                   SPAN_ARG(name));
}

static bool is_named(const char *name, span text)
{
    return name && span_equal(span_of(name), text);
}

/* Keeps the first of several that print the same. */
static void add(measure_list *to, measure made)
{
    for (size_t i = 0; i < to->count; i++)
        if (strcmp(to->item[i].label, made.label) == 0)
            return;
    ARRAY_ADD(to->item, to->count, to->capacity, made);
}

static measure measure_of(const measure_kind *kind, double patience)
{
    return (measure){.kind = kind, .settings = {.level = 1, .patience = patience, .recall = -1}};
}

/* A number strictly between 0 and 1, or a negative one. */
static double probability(span text)
{
    double value;
    return read_real(text, &value) && value > 0 && value < 1 ? value : -1;
}

/* What a cutoff is, the kind of measure says: a number of ranks or a share of recall. */
static bool read_cutoff(span text, measure *to)
{
    if (to->kind->cutoff == CUTOFF_RECALL)
        return read_real(text, &to->settings.recall) && to->settings.recall >= 0 &&
               to->settings.recall <= 1;
    long value = span_number(text);
    to->settings.cutoff = (size_t)value;
    return value >= 1 && value <= CUTOFF_MOST;
}

/* ---- ir_measures: NAME(key=value, ...)@K ---- */

static const measure_kind *kind_named(span name)
{
    for (size_t i = 0; i < MEASURE_KINDS; i++)
        if (is_named(MEASURES[i].name, name) || is_named(MEASURES[i].alias, name))
            return &MEASURES[i];
    return NULL;
}

static span without_quotes(span text)
{
    bool quoted = text.length >= 2 && (text.at[0] == '\'' || text.at[0] == '"') &&
                  text.at[text.length - 1] == text.at[0];
    return quoted ? span_slice(text, 1, text.length - 2) : text;
}

static bool set_dcg(span value, measure *to)
{
    to->settings.exponential = span_equal(value, SPAN("exp-log2"));
    return is_named("nDCG", span_of(to->kind->name)) &&
           (to->settings.exponential || span_equal(value, SPAN("log2")));
}

static bool set_level(span value, measure *to)
{
    long level = span_number(value);
    if (level < 1 || level > GRADE_MOST || to->kind->compute == kind_named(SPAN("nDCG"))->compute)
        return false;
    to->settings.level = (int)level;
    to->settings.binary = to->level_given = true;
    if (is_named("NumRet", span_of(to->kind->name)))
        to->kind = kind_named(SPAN("NumRelRet"));
    return true;
}

static bool set_one(span setting, measure *to)
{
    span value = setting, key = span_trim(span_cut(&value, '='));
    value = without_quotes(span_trim(value));
    if (span_equal(key, SPAN("rel")))
        return set_level(value, to);
    if (span_equal(key, SPAN("dcg")))
        return set_dcg(value, to);
    if (span_equal(key, SPAN("cutoff")))
        return read_cutoff(value, to);
    to->settings.patience = probability(value);
    return span_equal(key, SPAN("p")) && to->kind->patience && to->settings.patience > 0;
}

static void label_as_ir_measures(measure *what)
{
    const measure_settings *s = &what->settings;
    char inside[40] = "", cutoff[24] = "";
    int used = 0;
    if (what->kind->patience)
        used += snprintf(inside, sizeof inside, ",p=%g", s->patience);
    if (what->level_given)
        used += snprintf(inside + used, sizeof inside - (size_t)used, ",rel=%d", s->level);
    if (s->exponential)
        snprintf(inside + used, sizeof inside - (size_t)used, ",dcg='exp-log2'");
    if (what->kind->cutoff == CUTOFF_RECALL)
        snprintf(cutoff, sizeof cutoff, "@%g", s->recall);
    else if (s->cutoff)
        snprintf(cutoff, sizeof cutoff, "@%zu", s->cutoff);
    snprintf(what->label, sizeof what->label, inside[0] ? "%s(%s)%s" : "%s%s%s", what->kind->name,
             inside[0] ? inside + 1 : "", cutoff);
}

/* The settings in brackets; *rest is left at what follows them. */
static lc_status read_settings(span name, span *rest, measure *to, lc_error *error)
{
    span inside = span_from(*rest, 1);
    if (span_find_byte(inside, ')') == SPAN_NOT_FOUND)
        return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\": \")\" is missing", SPAN_ARG(name));
    *rest = inside;
    for (inside = span_cut(rest, ')'); inside.length;) {
        span setting = span_trim(span_cut(&inside, ','));
        if (!set_one(setting, to))
            return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\": it takes no setting \"%.*s\"",
                           SPAN_ARG(name), SPAN_ARG(setting));
    }
    return LC_OK;
}

/* rest: what follows name and settings. */
static lc_status read_at(span name, span rest, measure *to, lc_error *error)
{
    if (rest.length && (rest.at[0] != '@' || !read_cutoff(span_from(rest, 1), to)))
        return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\": after \"@\" stands %s",
                       SPAN_ARG(name),
                       to->kind->cutoff == CUTOFF_RECALL ? "a share from 0 to 1"
                                                         : "a number of ranks from 1 on");
    if (to->kind->cutoff == CUTOFF_RECALL && to->settings.recall < 0)
        return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\" needs a share, as in %s@0.1",
                       SPAN_ARG(name), to->kind->name);
    if (to->kind->cutoff == CUTOFF_MUST && !to->settings.cutoff)
        return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\" needs a cutoff, as in %s@10",
                       SPAN_ARG(name), to->kind->name);
    if (to->kind->cutoff == CUTOFF_NEVER && to->settings.cutoff)
        return lc_fail(error, LC_BAD_INPUT, "measure \"%.*s\" takes no cutoff", SPAN_ARG(name));
    return LC_OK;
}

static lc_status add_ir_measures(measure_list *to, span name, lc_error *error)
{
    size_t end = 0;
    while (end < name.length && (byte_is_alnum(name.at[end]) || name.at[end] == '_'))
        end++;
    const measure_kind *kind = kind_named(span_slice(name, 0, end));
    if (!kind)
        return unknown(name, error);
    measure made = measure_of(kind, PATIENCE);
    span rest = span_from(name, end);
    lc_status status = LC_OK;
    if (rest.length && rest.at[0] == '(')
        status = read_settings(name, &rest, &made, error);
    if (status == LC_OK)
        status = read_at(name, rest, &made, error);
    if (status != LC_OK)
        return status;
    label_as_ir_measures(&made);
    add(to, made);
    return LC_OK;
}

/* ---- trec_eval: name, name.K,K or name_K,K, name.p=P ---- */

/* What follows name and "." or "_" in text; without at when it is another name. */
static span parameters_after(const char *name, span text)
{
    span base = span_of(name);
    bool fits = name && text.length > base.length + 1 && span_starts_with(text, base) &&
                (text.at[base.length] == '.' || text.at[base.length] == '_');
    return fits ? span_from(text, base.length + 1) : SPAN_NONE;
}

static bool add_cutoffs(measure_list *to, const measure_kind *kind, span cutoffs)
{
    while (cutoffs.length) {
        measure made = measure_of(kind, PATIENCE_TREC);
        if (!read_cutoff(span_cut(&cutoffs, ','), &made))
            return false;
        if (kind->cutoff == CUTOFF_RECALL)
            snprintf(made.label, sizeof made.label, "%s_%.2f", kind->trec_cut,
                     made.settings.recall);
        else
            snprintf(made.label, sizeof made.label, "%s_%zu", kind->trec_cut, made.settings.cutoff);
        add(to, made);
    }
    return true;
}

static void add_trec(measure_list *to, const measure_kind *kind, double patience)
{
    measure made = measure_of(kind, patience);
    if (kind->patience && patience != PATIENCE_TREC)
        snprintf(made.label, sizeof made.label, "%s_p=%g", kind->trec, patience);
    else
        snprintf(made.label, sizeof made.label, "%s", kind->trec);
    add(to, made);
}

/* Whether name is one of trec_eval's, and if so adds what it stands for. */
static bool add_trec_eval(measure_list *to, span name)
{
    for (size_t i = 0; i < MEASURE_KINDS; i++) {
        const measure_kind *kind = &MEASURES[i];
        if (is_named(kind->trec, name)) {
            add_trec(to, kind, PATIENCE_TREC);
            return true;
        }
        if (is_named(kind->trec_cut, name))
            return add_cutoffs(to, kind, span_of(kind->trec_cutoffs));
        span cutoffs = parameters_after(kind->trec_cut, name);
        if (cutoffs.length && (byte_is_digit(cutoffs.at[0]) || cutoffs.at[0] == '.'))
            return add_cutoffs(to, kind, cutoffs);
        span setting = kind->patience ? parameters_after(kind->trec, name) : SPAN_NONE;
        if (span_starts_with(setting, SPAN("p=")) && probability(span_from(setting, 2)) > 0) {
            add_trec(to, kind, probability(span_from(setting, 2)));
            return true;
        }
    }
    return false;
}

/* ---- lists ---- */

lc_status measure_list_add(measure_list *to, span name, lc_error *error)
{
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        if (!is_named(LISTS[i].name, name))
            continue;
        for (const char *const *one = LISTS[i].measures; *one; one++) {
            lc_status status = measure_list_add(to, span_of(*one), error);
            if (status != LC_OK)
                return status;
        }
        return LC_OK;
    }
    if (add_trec_eval(to, name))
        return LC_OK;
    return add_ir_measures(to, name, error);
}

void measure_list_set_level(measure_list *list, int level)
{
    for (size_t i = 0; i < list->count; i++)
        if (!list->item[i].level_given)
            list->item[i].settings.level = level;
}

void measure_list_free(measure_list *list)
{
    free(list->item);
    *list = (measure_list){0};
}
