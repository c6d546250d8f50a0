/* Whole searches: tests/cases/search.txt over the notes of tests/cases/search-notes, and what must
 * hold for any words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "index/refresh.h"
#include "search/searcher.h"
#include "search/suggest.h"

enum { HITS_MAX = 100 };

static const span ARROW = {" => ", 4};

/* ---- the index ---- */

static char folder[] = "/tmp/lectern-search-XXXXXX";
static searcher *in;

static int make_index(void **state)
{
    lc_error error;
    location at;
    roots list = {0};
    refresh_report report;
    char path[64];
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/index", folder);
    lc_status status = location_find(path, &at, &error);
    if (status == LC_OK)
        status = roots_add(&list, "tests/cases/search-notes", &error);
    refresh_options how = {.at = &at, .roots = &list};
    if (status == LC_OK)
        status = index_refresh(&how, NULL, &report, &error);
    if (status == LC_OK)
        status = searcher_open(path, &in, &error);
    if (status != LC_OK)
        print_error("%s\n", error.message);
    roots_free(&list);
    location_free(&at);
    return status == LC_OK ? 0 : -1;
}

static int drop_index(void **state)
{
    char command[128];
    (void)state;
    searcher_free(in);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* ---- one search ---- */

typedef struct {
    arena *memory;
    search_result result;
    suggestion meant;
    lc_error error;
    lc_status status;
} answer;

static bool saved_query(void *context, span name, span *text_out)
{
    (void)context;
    if (!span_equal(name, SPAN("mine")))
        return false;
    *text_out = SPAN("speaker:gill OR speaker:solberg");
    return true;
}

static answer search(span query)
{
    answer a = {.memory = arena_new()};
    query_mistake where;
    search_request request = {.query = query,
                              .limit = HITS_MAX,
                              .today = day_of(2025, 6, 15),
                              .saved_query = saved_query};
    a.status = searcher_search(in, &request, a.memory, &a.result, &a.error, &where);
    if (a.status == LC_OK)
        suggest(query, &a.result.plan, a.result.all_count, searcher_vocabulary(in), a.memory,
                &a.meant);
    return a;
}

static void answer_free(answer *what)
{
    search_result_free(&what->result);
    arena_free(what->memory);
}

static span title_of(const answer *a, size_t n)
{
    const talk *of = &a->result.hits[n].record.talk;
    return of->title.text.length ? of->title.text : span_of(talk_kind_name(of->kind));
}

static size_t count_all(const answer *a)
{
    size_t count = 0;
    while (count < a->result.count && a->result.hits[count].tier != TIER_SOME)
        count++;
    return count;
}

static bool has_title(const answer *a, size_t count, span begin)
{
    for (size_t i = 0; i < count; i++)
        if (span_starts_with_nocase(title_of(a, i), begin))
            return true;
    return false;
}

/* ---- what a case wants ---- */

static span cut_title(span *rest)
{
    return span_trim(span_cut(rest, '|'));
}

static bool is_exactly(const answer *a, span titles)
{
    size_t wanted = 0, count = count_all(a);
    for (span rest = titles; rest.length; wanted++)
        if (!has_title(a, count, cut_title(&rest)))
            return false;
    return wanted == count;
}

static bool begins_with(const answer *a, span titles)
{
    size_t n = 0;
    for (span rest = titles; rest.length; n++)
        if (n >= a->result.count || !span_starts_with_nocase(title_of(a, n), cut_title(&rest)))
            return false;
    return true;
}

static bool lists_unknown(const answer *a, span wanted)
{
    for (size_t i = 0; i < a->meant.unknown_count; i++)
        if (span_equal(a->meant.unknown[i], wanted))
            return true;
    return false;
}

static bool says(const answer *a, span text)
{
    for (size_t i = 0; i < a->result.tree.notice_count; i++)
        if (span_find(a->result.tree.notices[i].text, text) != SPAN_NOT_FOUND)
            return true;
    for (size_t i = 0; i < a->result.plan.notice_count; i++)
        if (span_find(a->result.plan.notices[i], text) != SPAN_NOT_FOUND)
            return true;
    return a->status != LC_OK && strstr(a->error.message, text.at) != NULL;
}

static bool holds(const answer *a, span condition)
{
    span wanted = span_trim(span_from(condition, 1));
    if (a->status != LC_OK)
        return condition.at[0] == '!' &&
               span_find(span_of(a->error.message), wanted) != SPAN_NOT_FOUND;
    switch (condition.at[0]) {
    case '=': return is_exactly(a, wanted);
    case '1': return begins_with(a, wanted);
    case '#': return (long)a->result.all_count == span_number(wanted);
    case '+': return has_title(a, count_all(a), wanted);
    case '-': return !has_title(a, count_all(a), wanted);
    case '~': return span_equal(a->meant.corrected, wanted);
    case '?': return lists_unknown(a, wanted);
    case '!': return says(a, wanted);
    default: return false;
    }
}

static void print_answer(const answer *a)
{
    if (a->status != LC_OK)
        print_error("  error: %s\n", a->error.message);
    for (size_t i = 0; a->status == LC_OK && i < a->result.count; i++)
        print_error("  %s %8.3f %.*s\n", a->result.hits[i].tier == TIER_SOME ? "some" : "all ",
                    a->result.hits[i].score, SPAN_ARG(title_of(a, i)));
    for (size_t i = 0; i < a->meant.unknown_count; i++)
        print_error("  unknown: %.*s\n", SPAN_ARG(a->meant.unknown[i]));
    print_error("  meant: %.*s\n", SPAN_ARG(a->meant.corrected));
}

static bool check_case(span query, span conditions)
{
    answer a = search(query);
    bool right = true;
    while (conditions.length) {
        span condition = span_trim(span_cut(&conditions, ';'));
        if (holds(&a, condition))
            continue;
        print_error("%.*s\n  wanted: %.*s\n", SPAN_ARG(query), SPAN_ARG(condition));
        right = false;
    }
    if (!right)
        print_answer(&a);
    answer_free(&a);
    return right;
}

static void cases_of_the_file(void **state)
{
    buffer text = {0};
    size_t cases = 0, wrong = 0;
    (void)state;
    assert_int_equal(file_read("tests/cases/search.txt", 1 << 20, &text, NULL, NULL), LC_OK);
    for (span rest = buffer_span(&text); rest.length;) {
        span line = span_cut_line(&rest);
        size_t arrow = span_find(line, ARROW);
        if (!line.length || span_starts_with(line, SPAN("# ")))
            continue;
        assert_int_not_equal(arrow, SPAN_NOT_FOUND);
        wrong += !check_case(span_slice(line, 0, arrow), span_from(line, arrow + ARROW.length));
        cases++;
    }
    buffer_free(&text);
    assert_true(cases >= 120);
    assert_int_equal(wrong, 0);
}

/* ---- properties ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

typedef struct {
    span items[4096];
    size_t count;
} word_list;

/* Words of the notes, as they are written. */
static void collect_words(const answer *all, word_list *to)
{
    for (size_t i = 0; i < all->result.count; i++)
        for (span rest = all->result.hits[i].record.talk.body; rest.length;) {
            span word = span_cut(&rest, ' ');
            size_t length = 0;
            while (length < word.length && byte_is_alpha(word.at[length]))
                length++;
            if (length == word.length && length > 1 && to->count < 4096)
                to->items[to->count++] = word;
        }
}

/* Words that make one word or one name together are found as that too, which each alone is not. */
static bool belong_together(span a, span b, arena *memory)
{
    const vocabulary *words = searcher_vocabulary(in);
    buffer joined = {0};
    span apart = arena_printf(memory, "%.*s %.*s", SPAN_ARG(a), SPAN_ARG(b));
    terms found = {0};
    buffer_add(&joined, a);
    buffer_add(&joined, b);
    for (size_t i = 0; i < joined.length; i++)
        joined.at[i] = byte_lower(joined.at[i]);
    bool one = vocabulary_frequency(words, "", buffer_span(&joined)) > 0;
    analyse(words->analysers[0], apart, memory, &found);
    for (size_t i = 0; i < found.count; i++)
        one = one ||
              (found.items[i].kind == TERM_TECH && found.items[i].last > found.items[i].position);
    buffer_free(&joined);
    return one;
}

static bool is_stop(span word)
{
    char lower[64];
    size_t length = word.length < sizeof lower ? word.length : 0;
    for (size_t i = 0; i < length; i++)
        lower[i] = byte_lower(word.at[i]);
    return analyser_is_stop(searcher_vocabulary(in)->analysers[0], (span){lower, length});
}

static void another_word_adds_no_hit(void **state)
{
    enum { ROUNDS = 300 };
    uint32_t seed = 20250615;
    word_list words = {.count = 0};
    answer all = search(SPAN("*"));
    (void)state;
    collect_words(&all, &words);
    assert_true(words.count > 200);
    for (int i = 0; i < ROUNDS; i++) {
        span a = words.items[next_random(&seed) % words.count];
        span b = words.items[next_random(&seed) % words.count];
        if (is_stop(a) || belong_together(a, b, all.memory))
            continue;
        answer one = search(a);
        answer two = search(arena_printf(all.memory, "%.*s %.*s", SPAN_ARG(a), SPAN_ARG(b)));
        for (size_t k = 0; k < count_all(&two); k++)
            if (!has_title(&one, count_all(&one), title_of(&two, k)))
                fail_msg("%.*s + %.*s: %.*s", SPAN_ARG(a), SPAN_ARG(b),
                         SPAN_ARG(title_of(&two, k)));
        answer_free(&one);
        answer_free(&two);
    }
    answer_free(&all);
}

/* The sum of what explains a score is the score. */
static void scores_are_explained(void **state)
{
    static const char *const queries[] = {"migration live",    "node.js", "speaker:gill pods",
                                          "rust^3 -boards",    "kub*",    "lvie~1",
                                          "tag:python OR etcd"};
    lc_error error;
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        answer a = search(span_of(queries[i]));
        search_request request = {.query = span_of(queries[i])};
        explanation why;
        assert_true(a.result.count > 0);
        assert_int_equal(
            searcher_explain(in, &request, &a.result, &a.result.hits[0], a.memory, &why, &error),
            LC_OK);
        double sum = 0;
        for (size_t k = 0; k < why.count; k++)
            sum += why.lines[k].depth ? 0 : why.lines[k].score;
        assert_true(why.count > 0);
        assert_true(sum > 0.99 * a.result.hits[0].score && sum < 1.01 * a.result.hits[0].score);
        answer_free(&a);
    }
}

static span repeated(arena *memory, span word, size_t times)
{
    buffer text = {0};
    for (size_t i = 0; i < times; i++)
        buffer_add(&text, word);
    span kept = arena_copy(memory, buffer_span(&text));
    buffer_free(&text);
    return kept;
}

/* Of a query of 60 KiB a part is planned, and it says so; a word counts once whatever its number.
 */
static void long_queries_are_cut(void **state)
{
    static const char *const words[] = {"pods* ", "pdos~ OR ", "speaker:gill "};
    arena *memory = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        answer a = search(repeated(memory, span_of(words[i]), 4000));
        assert_int_equal(a.status, LC_OK);
        assert_true(says(&a, SPAN("the query is very long")));
        assert_true(has_title(&a, count_all(&a), SPAN("Live migration")));
        assert_true(a.result.plan.builder.count < 20000);
        answer_free(&a);
    }
    answer a = search(repeated(memory, SPAN("pods "), 9000));
    assert_false(says(&a, SPAN("the query is very long")));
    assert_true(has_title(&a, count_all(&a), SPAN("Live migration")));
    assert_true(a.result.plan.builder.count < 1000);
    answer_free(&a);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_the_file),
        cmocka_unit_test(another_word_adds_no_hit),
        cmocka_unit_test(scores_are_explained),
        cmocka_unit_test(long_queries_are_cut),
    };
    return cmocka_run_group_tests(tests, make_index, drop_index);
}
