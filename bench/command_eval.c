/* lectern-bench eval: the measures of runs. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "request.h"
#include "table.h"

static const option OPTIONS[] = {
    OPTION_MEASURE,
    OPTION_LEVEL,
    OPTION_TOPICS,
    OPTION_CLASS,
    {'b', "by-class", NULL, "the values for each class of topics too (of --topics)"},
    {'q', "per-topic", NULL, "the values of each topic too"},
    {'f', "format", "FORMAT", "text, tsv, json, or trec (line by line as trec_eval prints)"},
    OPTION_FAIL_BELOW,
    {0},
};

static const struct {
    const char *label, *name; /* for people, for programs */
    size_t offset;
} COUNTS[] = {
    {"topics judged", "topics_judged", offsetof(topic_counts, judged)},
    {"topics run", "topics_run", offsetof(topic_counts, run)},
    {"  missing (count zero)", "topics_missing", offsetof(topic_counts, missing)},
    {"  without result", "topics_without_result", offsetof(topic_counts, without_result)},
    {"  not judged (left out)", "topics_not_judged", offsetof(topic_counts, not_judged)},
};
enum { COUNT_KINDS = sizeof COUNTS / sizeof COUNTS[0] };

static double count_of(const evaluation *of, size_t kind)
{
    size_t value;
    memcpy(&value, (const char *)&of->counts + COUNTS[kind].offset, sizeof value);
    return (double)value;
}

static int decimals(const measure *of)
{
    return of->kind->overall == OVERALL_SUM ? 0 : 4;
}

/* ---- by class ---- */

/* The classes of the judged topics, in the order of the qrels; a topic without class is in "". */
static map *list_classes(const request *of)
{
    map *classes = map_new();
    for (size_t t = 0; t < of->qrels.count; t++) {
        const topic *this = topics_find(&of->topics, of->qrels.topic[t].id);
        map_put(classes, this ? this->class : SPAN_NONE, 0);
    }
    return classes;
}

static size_t class_overall(const request *of, const evaluated_run *run_of, span class,
                            double *overall_out)
{
    bool *chosen = xcalloc(of->qrels.count, sizeof *chosen);
    for (size_t t = 0; t < of->qrels.count; t++) {
        const topic *this = topics_find(&of->topics, of->qrels.topic[t].id);
        chosen[t] = span_equal(this ? this->class : SPAN_NONE, class);
    }
    size_t topics = evaluation_overall(&run_of->values, &of->measures, chosen, overall_out);
    free(chosen);
    return topics;
}

typedef void class_visit(const request *of, const evaluated_run *run_of, span class, size_t topics,
                         const double *overall, table *to);

static void each_class(const request *of, class_visit *visit, table *to)
{
    map *classes = list_classes(of);
    double *overall = xcalloc(of->measures.count, sizeof *overall);
    for (size_t c = 0; c < map_count(classes); c++)
        for (size_t r = 0; r < of->run_count; r++) {
            span class = map_key(classes, c);
            size_t topics = class_overall(of, &of->runs[r], class, overall);
            visit(of, &of->runs[r], class, topics, overall, to);
        }
    free(overall);
    map_free(classes);
}

static void add_class_row(const request *of, const evaluated_run *run_of, span class, size_t topics,
                          const double *overall, table *to)
{
    table_text(to, class.length ? class : SPAN("(none)"));
    table_number(to, (double)topics, 0);
    if (of->run_count > 1)
        table_text(to, run_of->name);
    for (size_t m = 0; m < of->measures.count; m++)
        table_number(to, overall[m], decimals(&of->measures.item[m]));
}

static void print_classes(const request *of)
{
    table *made = table_new();
    table_column(made, SPAN("class"));
    table_column(made, SPAN("topics"));
    if (of->run_count > 1)
        table_column(made, SPAN("run"));
    for (size_t m = 0; m < of->measures.count; m++)
        table_column(made, span_of(of->measures.item[m].label));
    each_class(of, add_class_row, made);
    table_print(made, TABLE_TEXT, stdout);
    table_free(made);
    putchar('\n');
}

/* ---- for people: a row for each measure, a column for each run ---- */

static void print_overall(const request *of)
{
    table *made = table_new();
    table_column(made, SPAN("measure"));
    for (size_t r = 0; r < of->run_count; r++)
        table_column(made, of->runs[r].name);
    for (size_t m = 0; m < of->measures.count; m++) {
        table_text(made, span_of(of->measures.item[m].label));
        for (size_t r = 0; r < of->run_count; r++)
            table_number(made, of->runs[r].values.overall[m], decimals(&of->measures.item[m]));
    }
    for (size_t c = 0; c < COUNT_KINDS; c++) {
        table_text(made, span_of(COUNTS[c].label));
        for (size_t r = 0; r < of->run_count; r++)
            table_number(made, count_of(&of->runs[r].values, c), 0);
    }
    table_print(made, TABLE_TEXT, stdout);
    table_free(made);
}

static void print_topics(const request *of)
{
    table *made = table_new();
    table_column(made, SPAN("topic"));
    if (of->run_count > 1)
        table_column(made, SPAN("run"));
    for (size_t m = 0; m < of->measures.count; m++)
        table_column(made, span_of(of->measures.item[m].label));
    for (size_t t = 0; t < of->qrels.count; t++) {
        for (size_t r = 0; r < of->run_count; r++) {
            table_text(made, of->qrels.topic[t].id);
            if (of->run_count > 1)
                table_text(made, of->runs[r].name);
            for (size_t m = 0; m < of->measures.count; m++)
                table_number(made, evaluation_value(&of->runs[r].values, t, m),
                             decimals(&of->measures.item[m]));
        }
    }
    table_print(made, TABLE_TEXT, stdout);
    table_free(made);
    putchar('\n');
}

/* ---- for programs: a row for each value ---- */

static void add_value(table *to, span run_name, span topic_id, const char *label, double value)
{
    table_text(to, run_name);
    table_text(to, topic_id);
    table_text(to, span_of(label));
    table_number(to, value, 4);
}

static void add_class_values(const request *of, const evaluated_run *run_of, span class,
                             size_t topics, const double *overall, table *to)
{
    (void)topics;
    buffer name = {0};
    buffer_printf(&name, "class:%.*s", SPAN_ARG(class));
    for (size_t m = 0; m < of->measures.count; m++)
        add_value(to, run_of->name, buffer_span(&name), of->measures.item[m].label, overall[m]);
    buffer_free(&name);
}

static void print_values(const request *of, bool per_topic, bool by_class, table_format format)
{
    static const char *const TITLES[] = {"run", "topic", "measure", "value"};
    table *made = table_new();
    for (size_t i = 0; i < 4; i++)
        table_column(made, span_of(TITLES[i]));
    for (size_t r = 0; r < of->run_count; r++) {
        const evaluated_run *run = &of->runs[r];
        for (size_t t = 0; per_topic && t < of->qrels.count; t++)
            for (size_t m = 0; m < of->measures.count; m++)
                add_value(made, run->name, of->qrels.topic[t].id, of->measures.item[m].label,
                          evaluation_value(&run->values, t, m));
        for (size_t m = 0; m < of->measures.count; m++)
            add_value(made, run->name, SPAN("all"), of->measures.item[m].label,
                      run->values.overall[m]);
        for (size_t c = 0; c < COUNT_KINDS; c++)
            add_value(made, run->name, SPAN("all"), COUNTS[c].name, count_of(&run->values, c));
    }
    if (by_class)
        each_class(of, add_class_values, made);
    table_print(made, format, stdout);
    table_free(made);
}

/* ---- as trec_eval prints ---- */

static void print_trec_line(const measure *what, span topic_id, double value)
{
    if (what->kind->overall == OVERALL_SUM)
        printf("%-22s\t%.*s\t%.0f\n", what->label, SPAN_ARG(topic_id), value);
    else
        printf("%-22s\t%.*s\t%6.4f\n", what->label, SPAN_ARG(topic_id), value);
}

/* What trec_eval prints over all topics only. */
static bool is_summary_only(const measure *of)
{
    return strcmp(of->label, "num_q") == 0 || of->kind->overall == OVERALL_GEOMETRIC;
}

static void print_as_trec_eval(const request *of, bool per_topic)
{
    for (size_t r = 0; r < of->run_count; r++) {
        const evaluation *values = &of->runs[r].values;
        for (size_t t = 0; per_topic && t < of->qrels.count; t++)
            for (size_t m = 0; m < of->measures.count; m++)
                if (!is_summary_only(&of->measures.item[m]))
                    print_trec_line(&of->measures.item[m], of->qrels.topic[t].id,
                                    evaluation_value(values, t, m));
        if (of->run_count > 1)
            printf("%-22s\tall\t%.*s\n", "runid", SPAN_ARG(of->runs[r].run.tag));
        for (size_t m = 0; m < of->measures.count; m++)
            print_trec_line(&of->measures.item[m], SPAN("all"), values->overall[m]);
    }
}

static lc_status run_eval(const options *given, int *exit_out, lc_error *error)
{
    const char *named = options_text(given, "format");
    bool trec = named && strcmp(named, "trec") == 0, per_topic = options_has(given, "per-topic");
    bool by_class = options_has(given, "by-class");
    table_format format = TABLE_TEXT;
    request made;
    lc_status status = trec ? LC_OK : table_format_read(named, &format, error);
    if (status == LC_OK)
        status = request_load(given, trec ? "official" : "default", &made, error);
    if (status != LC_OK)
        return status;
    if (trec) {
        print_as_trec_eval(&made, per_topic);
    } else if (format != TABLE_TEXT) {
        print_values(&made, per_topic, by_class, format);
    } else {
        if (per_topic)
            print_topics(&made);
        if (by_class)
            print_classes(&made);
        print_overall(&made);
    }
    *exit_out = request_fails(&made, 0);
    request_free(&made);
    return LC_OK;
}

const bench_command BENCH_EVAL = {
    .name = "eval",
    .operands = "QRELS RUN...",
    .summary = "measures of one or several runs",
    .about = "QRELS is a file, or the folder of a collection, which brings its topics too.\n"
             "Values are those of trec_eval -c: every judged topic counts, one that the run lacks\n"
             "with zero; topics that were not judged are left out; documents of equal score are\n"
             "taken by name, greatest first; the rank column is not looked at.\n",
    .least = 2,
    .most = 1000,
    .options = OPTIONS,
    .run = run_eval,
};

/* ---- lectern-bench measures ---- */

static const option NO_OPTIONS[] = {{0}};

static lc_status run_measures(const options *given, int *exit_out, lc_error *error)
{
    (void)given, (void)exit_out, (void)error;
    for (size_t i = 0; i < MEASURE_KINDS; i++) {
        const measure_kind *kind = &MEASURES[i];
        static const char *const CUT[] = {"", "[@K]", "@K", "@SHARE"};
        printf("%s%s%s", kind->name, kind->patience ? "(p=P)" : "", CUT[kind->cutoff]);
        if (kind->trec)
            printf("  %s%s", kind->trec, kind->patience ? "[.p=P]" : "");
        if (kind->trec_cut)
            printf("  %s.K (alone: %s)", kind->trec_cut, kind->trec_cutoffs);
        printf("\n    %s\n    Source: %s\n", kind->formula, kind->source);
    }
    return LC_OK;
}

const bench_command BENCH_MEASURES = {
    .name = "measures",
    .operands = "",
    .summary = "the measures, their names, formulae and sources",
    .options = NO_OPTIONS,
    .run = run_measures,
};
