#include "judging.h"

#include <stdlib.h>

#include "measures.h"
#include "statistics.h"

/* ---- the pool ---- */

static int by_name(const void *a, const void *b)
{
    const judging_item *x = a, *y = b;
    return span_compare(x->document, y->document);
}

static void add_top(judging *to, const judging_plan *plan, const topic *of)
{
    map *seen = map_new();
    for (size_t r = 0; r < plan->run_count; r++) {
        const ranked_topic *ranked = run_topic(&plan->runs[r], of->id);
        for (size_t i = 0; ranked && i < ranked->count && i < plan->depth; i++) {
            span name = ranked->item[i].document;
            judging_item made = {of, name, GRADE_UNKNOWN};
            if (map_get(seen, name))
                continue;
            map_put(seen, name, 1);
            ARRAY_ADD(to->item, to->count, to->capacity, made);
        }
    }
    map_free(seen);
}

/* Fisher and Yates. By name first: the order of the runs must not matter. */
static void shuffle(judging_item *item, size_t count, uint64_t seed)
{
    uint64_t state = seed;
    if (count)
        qsort(item, count, sizeof *item, by_name);
    for (size_t i = count; i > 1; i--) {
        size_t other = random_below(&state, i);
        judging_item kept = item[i - 1];
        item[i - 1] = item[other];
        item[other] = kept;
    }
}

/* Drops from the items behind `begin` those that have a grade already. */
static void drop_judged(judging *from, size_t begin, const qrels *judged, span topic_id)
{
    const judged_topic *before = judged->index ? qrels_topic(judged, topic_id) : NULL;
    size_t kept = begin;
    for (size_t i = begin; i < from->count; i++)
        if (!before || judged_grade(before, from->item[i].document) == GRADE_UNKNOWN)
            from->item[kept++] = from->item[i];
    from->count = kept;
}

void judging_start(const judging_plan *plan, judging *out)
{
    *out = (judging){0};
    for (size_t t = 0; t < plan->topics->count; t++) {
        const topic *this = &plan->topics->item[t];
        size_t begin = out->count;
        if (plan->only_topic && !span_equal(this->id, span_of(plan->only_topic)))
            continue;
        add_top(out, plan, this);
        shuffle(out->item + begin, out->count - begin, plan->seed * 1000003 + t);
        drop_judged(out, begin, plan->judged, this->id);
    }
}

void judging_free(judging *what)
{
    free(what->item);
    *what = (judging){0};
}

/* ---- keys ---- */

bool judging_press(judging *what, int key)
{
    enum { CONTROL_C = 3, CONTROL_D = 4 };
    if (key == 'q' || key == CONTROL_C || key == CONTROL_D) {
        what->quit = true;
    } else if (key == 'b') {
        what->at -= what->at > 0;
    } else if (what->at < what->count && key == 's') {
        what->at++;
    } else if (what->at < what->count && key >= '0' && key <= '0' + JUDGE_GRADE_MOST) {
        what->item[what->at++].grade = key - '0';
    } else {
        return false;
    }
    return true;
}

size_t judging_graded(const judging *what)
{
    size_t graded = 0;
    for (size_t i = 0; i < what->count; i++)
        graded += what->item[i].grade != GRADE_UNKNOWN;
    return graded;
}

/* ---- writing ---- */

static bool has_three_columns(span qrels_text)
{
    reader lines = {.rest = qrels_text};
    span line, column[4];
    return reader_next(&lines, &line) && columns_cut(line, column, 3, 4) == 3;
}

void judging_write(const judging *what, span before, buffer *to)
{
    const char *middle = has_three_columns(before) ? "" : "0\t";
    buffer_add(to, before);
    if (before.length && before.at[before.length - 1] != '\n')
        buffer_add_byte(to, '\n');
    for (size_t i = 0; i < what->count; i++) {
        const judging_item *this = &what->item[i];
        if (this->grade != GRADE_UNKNOWN)
            buffer_printf(to, "%.*s\t%s%.*s\t%d\n", SPAN_ARG(this->topic->id), middle,
                          SPAN_ARG(this->document), this->grade);
    }
}
