/* The technology table and its matcher: tests/cases/technology.txt, and what a bad table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/technology.h"
#include "base/file.h"
#include "base/memory.h"

enum { ENTRIES_PROMISED = 1500, CASES_PROMISED = 120 };

static technology_table *table;

static int make_table(void **state)
{
    (void)state;
    table = technology_table_new();
    return 0;
}

static int free_table(void **state)
{
    (void)state;
    technology_table_free(table);
    return 0;
}

/* ---- the cases ---- */

/* The case's text with its \n turned into line breaks. */
static span unescape(span text, buffer *to)
{
    buffer_clear(to);
    for (size_t i = 0; i < text.length; i++) {
        bool line = text.at[i] == '\\' && i + 1 < text.length && text.at[i + 1] == 'n';
        buffer_add_byte(to, line ? '\n' : text.at[i]);
        i += line;
    }
    return buffer_span(to);
}

static const struct {
    const char *mark;
    technology_place place;
} marks[] = {{"[title]", TECHNOLOGY_TITLE},
             {"[heading]", TECHNOLOGY_HEADING},
             {"[body]", TECHNOLOGY_BODY},
             {"[code]", TECHNOLOGY_CODE}};

/* Cuts one piece of the talk off *rest. */
static span cut_piece(span *rest, technology_place *place)
{
    *place = TECHNOLOGY_BODY;
    size_t end = rest->length;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        span mark = span_of(marks[i].mark);
        if (span_starts_with(*rest, mark)) {
            *place = marks[i].place;
            *rest = span_trim(span_from(*rest, mark.length));
            end = rest->length;
            break;
        }
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t next = span_find(*rest, span_of(marks[i].mark));
        end = next < end ? next : end;
    }
    span piece = span_trim(span_slice(*rest, 0, end));
    *rest = span_from(*rest, end);
    return piece;
}

static void find_in_talk(span talk, technology_list *found)
{
    technology_hits hits = {0};
    while (talk.length) {
        technology_place place;
        span piece = cut_piece(&talk, &place);
        technology_find(table, piece, place, &hits);
    }
    technology_decide(table, &hits, found);
    technology_hits_free(&hits);
}

static void add_names(const technology_list *found, buffer *to)
{
    for (size_t i = 0; i < found->count; i++) {
        buffer_add_text(to, i ? " | " : "");
        buffer_add(to, technology_name(table, found->items[i].technology));
    }
    if (!found->count)
        buffer_add_text(to, "-");
}

static void answer(span question, buffer *to)
{
    buffer_clear(to);
    if (question.at[0] == '?') {
        uint32_t known = technology_canonical(table, span_trim(span_from(question, 1)));
        buffer_add(to, known == TECHNOLOGY_NONE ? SPAN("-") : technology_name(table, known));
        return;
    }
    technology_list found = {0};
    find_in_talk(question, &found);
    add_names(&found, to);
    free(found.items);
}

static void read_file(const char *path, buffer *to)
{
    lc_error error = {0};
    if (file_read(path, 0, to, NULL, &error) != LC_OK)
        fail_msg("%s", error.message);
}

static void test_cases(void **state)
{
    (void)state;
    buffer file = {0}, text = {0}, got = {0};
    read_file("tests/cases/technology.txt", &file);
    span rest = buffer_span(&file);
    size_t cases = 0, wrong = 0;
    for (size_t number = 1; rest.length; number++) {
        span line = span_cut_line(&rest);
        size_t arrow = span_find(line, SPAN("=> "));
        if (!line.length || line.at[0] == '#')
            continue;
        assert_true(arrow != SPAN_NOT_FOUND);
        span expected = span_trim(span_from(line, arrow + 3));
        answer(unescape(span_trim(span_slice(line, 0, arrow)), &text), &got);
        cases++;
        if (!span_equal(expected, buffer_span(&got))) {
            print_error("technology.txt:%zu: %.*s\n  got %s\n", number, SPAN_ARG(line), got.at);
            wrong++;
        }
    }
    buffer_free(&file);
    buffer_free(&text);
    buffer_free(&got);
    assert_int_equal(wrong, 0);
    assert_true(cases >= CASES_PROMISED);
}

/* ---- the table ---- */

/* Every name and alias must lead to its own entry: none is listed twice, no line was left out. */
static size_t check_line(span line, size_t *wrong)
{
    span name = span_cut(&line, '\t');
    span_cut(&line, '\t');
    span_cut(&line, '\t');
    size_t names = 0;
    for (span next = name; next.length; names++) {
        uint32_t owner = technology_canonical(table, next);
        if (owner == TECHNOLOGY_NONE || !span_equal(technology_name(table, owner), name)) {
            print_error("%.*s: %.*s belongs to another entry\n", SPAN_ARG(name), SPAN_ARG(next));
            ++*wrong;
        }
        span alias = span_cut(&line, '|');
        next = span_equal(alias, SPAN("-")) ? SPAN_NONE : span_cut(&alias, '{');
    }
    return names;
}

static void test_table(void **state)
{
    (void)state;
    buffer file = {0};
    read_file("src/analysis/technologies.tsv", &file);
    span rest = buffer_span(&file);
    size_t names = 0, entries = 0, wrong = 0;
    while (rest.length) {
        span line = span_cut_line(&rest);
        if (!line.length || line.at[0] == '#')
            continue;
        names += check_line(line, &wrong);
        entries++;
    }
    buffer_free(&file);
    assert_int_equal(wrong, 0);
    assert_int_equal(entries, technology_count(table));
    assert_int_equal(names, technology_alias_count(table));
    assert_true(entries >= ENTRIES_PROMISED);
}

static const char *name_of(const technology_table *in, const char *text, char *to)
{
    uint32_t known = technology_canonical(in, span_of(text));
    span name = known == TECHNOLOGY_NONE ? SPAN("-") : technology_name(in, known);
    memcpy(to, name.at, name.length);
    to[name.length] = '\0';
    return to;
}

static void test_own_table(void **state)
{
    (void)state;
    technology_table *own = technology_table_new();
    size_t before = technology_count(own);
    lc_error error = {0};
    span text = SPAN("# mine\n"
                     "Frobnicator\thouse\t-\tfrob|frob-o-matic{case}\n"
                     "Docker\thouse\t-\tkube\n"
                     "Kafka\tdata\toff\t-\n");
    assert_int_equal(technology_table_add(own, text, "mine.tsv", &error), LC_OK);
    char name[64];
    assert_string_equal(name_of(own, "frob", name), "Frobnicator");
    assert_string_equal(name_of(own, "Frob-O-Matic", name), "Frobnicator");
    assert_string_equal(name_of(own, "kube", name), "Docker");
    assert_string_equal(name_of(own, "k8s", name), "Kubernetes");
    assert_string_equal(name_of(own, "kafka", name), "-");
    assert_int_equal(technology_count(own), before + 1);
    uint32_t docker = technology_canonical(own, SPAN("docker"));
    assert_true(span_equal(technology_category(own, docker), SPAN("house")));
    technology_table_free(own);
}

static void test_bad_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"Name only", "mine.tsv:1: not four columns"},
        {"a\tb\tc", "mine.tsv:1: not four columns"},
        {"a\tb\t-\t-\tmore", "mine.tsv:1: not four columns"},
        {"# fine\nabc\tb\tcase wrod\t-", "mine.tsv:2: the rule is not"},
        {"abc\tb\t-\tabcd{case", "mine.tsv:1: the alias's { has no }"},
        {"abc\tb\t-\tabcd{loud}", "mine.tsv:1: the rule is not"},
        {"!!!\tb\t-\t-", "mine.tsv:1: the name has neither letter nor digit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        technology_table *own = technology_table_new();
        lc_error error = {0};
        assert_int_equal(technology_table_add(own, span_of(cases[i].line), "mine.tsv", &error),
                         LC_BAD_INPUT);
        assert_true(span_starts_with(span_of(error.message), span_of(cases[i].message)));
        technology_table_free(own);
    }
}

/* ---- hits ---- */

static void test_hits_say_where(void **state)
{
    (void)state;
    technology_hits hits = {0};
    technology_find(table, SPAN("PHP 8"), TECHNOLOGY_TITLE, &hits);
    technology_find(table, SPAN("on Argo-CD. Dockerfiles, python3"), TECHNOLOGY_BODY, &hits);
    static const char *const written[] = {"PHP 8", "Argo-CD", "Dockerfiles", "python3"};
    static const uint32_t begins[] = {0, 3, 12, 25}, ends[] = {3, 10, 23, 31};
    static const uint32_t sentences[] = {0, 1, 2, 2};
    assert_int_equal(hits.count, 4);
    for (size_t i = 0; i < hits.count; i++) {
        const technology_hit *hit = &hits.items[i];
        assert_true(span_equal(hit->written, span_of(written[i])));
        assert_int_equal(hit->begin, begins[i]);
        assert_int_equal(hit->end, ends[i]);
        assert_int_equal(hit->sentence, sentences[i]);
        assert_int_equal(hit->text, i > 0);
        assert_int_equal(hit->place, i ? TECHNOLOGY_BODY : TECHNOLOGY_TITLE);
    }
    technology_hits_clear(&hits);
    assert_int_equal(hits.count, 0);
    technology_hits_free(&hits);
}

static void test_main_before_mentions(void **state)
{
    (void)state;
    technology_list found = {0};
    find_in_talk(SPAN("[title] Redis [body] Kafka. Kafka. Kafka. And nginx"), &found);
    assert_int_equal(found.count, 3);
    static const bool mains[] = {true, true, false};
    for (size_t i = 0; i < found.count; i++)
        assert_int_equal(found.items[i].main, mains[i]);
    assert_int_equal(found.items[1].count[TECHNOLOGY_BODY], 3);
    free(found.items);
}

/* Bytes that are no UTF-8, separators only, one endless word, endless joints. */
static void test_odd_texts(void **state)
{
    (void)state;
    technology_hits hits = {0};
    technology_find(table, SPAN_NONE, TECHNOLOGY_BODY, &hits);
    technology_find(table, SPAN("\xFF\xC3 k8s\xE2\x80 \xF0\x9F"), TECHNOLOGY_BODY, &hits);
    assert_int_equal(hits.count, 1);
    technology_find(table, SPAN(". , ; -- // @@@ ''' +++ ### \n\n"), TECHNOLOGY_BODY, &hits);
    buffer long_text = {0};
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&long_text, i < 50000 ? "x" : "-a");
    technology_find(table, buffer_span(&long_text), TECHNOLOGY_BODY, &hits);
    assert_int_equal(hits.count, 1);
    buffer_free(&long_text);
    technology_hits_free(&hits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),          cmocka_unit_test(test_table),
        cmocka_unit_test(test_own_table),      cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_hits_say_where), cmocka_unit_test(test_main_before_mentions),
        cmocka_unit_test(test_odd_texts),
    };
    return cmocka_run_group_tests(tests, make_table, free_table);
}
