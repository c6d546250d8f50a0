/* The cases of tests/cases/analysis.txt and analysis_stems.txt, and what must hold for any text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

static const char *const KINDS[] = {"", "exact", "joined", "symbol", "tech", "bigram"};

/* ci@0 joined(cicd)@0-1 cd@1 stop(and)@2 */
static void print_term(const term *t, buffer *to)
{
    const char *tag = t->stop ? "stop" : KINDS[t->kind];
    buffer_printf(to, *tag ? " %s(" : " ", tag);
    buffer_add(to, t->text);
    buffer_printf(to, *tag ? ")@%u" : "@%u", t->position);
    if (t->last != t->position)
        buffer_printf(to, "-%u", t->last);
}

static void print_terms(const terms *of, buffer *to)
{
    for (size_t i = 0; i < of->count; i++)
        print_term(&of->items[i], to);
}

/* \n and \xNN in a case's input. */
static void unescape(span text, buffer *to)
{
    while (text.length) {
        if (span_starts_with(text, SPAN("\\n"))) {
            buffer_add_byte(to, '\n');
            text = span_from(text, 2);
        } else if (span_starts_with(text, SPAN("\\x")) && text.length >= 4) {
            char hex[] = {text.at[2], text.at[3], '\0'};
            buffer_add_byte(to, (char)strtol(hex, NULL, 16));
            text = span_from(text, 4);
        } else {
            buffer_add_byte(to, text.at[0]);
            text = span_from(text, 1);
        }
    }
}

static void check_order(span text, const terms *found)
{
    uint32_t position = 0, begin = 0;
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        assert_true(t->text.length > 0 && t->text.length <= TERM_MAX);
        assert_true(t->begin < t->end && t->end <= text.length);
        assert_true(t->position >= position && t->last >= t->position);
        assert_true(t->last < found->positions);
        assert_true(!t->has_exact || (i + 1 < found->count && t[1].kind == TERM_EXACT));
        position = t->position;
        if (t->kind == TERM_WORD) {
            assert_true(t->begin >= begin);
            begin = t->begin;
        }
    }
}

/* One text by one analyser (NULL: as a name), printed. */
static void analysed(analyser *with, span text, buffer *to)
{
    arena *memory = arena_new();
    terms found = {0};
    if (with)
        analyse(with, text, memory, &found);
    else
        analyse_name(text, memory, &found);
    check_order(text, &found);
    print_terms(&found, to);
    arena_free(memory);
}

typedef bool check_case(analyser *with, span input, span expected);

/* Runs the lines "input => expected" of a file; "== code" names the language of those below. */
static void run_cases(const char *path, check_case *check, size_t at_least)
{
    buffer file = {0};
    analyser *with = NULL;
    technology_table *table = technology_table_new();
    size_t cases = 0, failed = 0;
    assert_int_equal(file_read(path, 0, &file, NULL, NULL), LC_OK);
    for (span rest = buffer_span(&file); rest.length;) {
        span line = span_cut_line(&rest);
        size_t arrow = span_find(line, SPAN(" =>"));
        if (span_starts_with(line, SPAN("== "))) {
            analyser_free(with);
            span code = span_from(line, 3);
            bool techs = span_ends_with(code, SPAN(" techs"));
            with = span_equal(code, SPAN("name")) ? NULL : analyser_new(code);
            if (techs)
                analyser_use_technologies(with, table);
        } else if (line.length && !span_starts_with(line, SPAN("# "))) {
            assert_true(arrow != SPAN_NOT_FOUND);
            cases++;
            failed += !check(with, span_slice(line, 0, arrow), span_from(line, arrow + 3));
        }
    }
    analyser_free(with);
    technology_table_free(table);
    buffer_free(&file);
    assert_int_equal(failed, 0);
    assert_true(cases >= at_least);
}

static bool check_terms(analyser *with, span input, span expected)
{
    buffer text = {0}, actual = {0};
    unescape(input, &text);
    analysed(with, buffer_span(&text), &actual);
    bool same = span_equal(buffer_span(&actual), expected);
    if (!same)
        print_message("%.*s =>%s\n", SPAN_ARG(input), actual.length ? actual.at : "");
    buffer_free(&text);
    buffer_free(&actual);
    return same;
}

static bool check_stem(analyser *with, span input, span expected)
{
    span stem = analyser_stem(with, input);
    bool same = span_equal(stem, span_trim(expected));
    if (!same)
        print_message("%.*s => %.*s\n", SPAN_ARG(input), SPAN_ARG(stem));
    return same;
}

static void test_terms(void **state)
{
    (void)state;
    run_cases("tests/cases/analysis.txt", check_terms, 200);
}

static void test_stems(void **state)
{
    (void)state;
    run_cases("tests/cases/analysis_stems.txt", check_stem, 150);
}

/* ---- any text ---- */

static void analyse_any(span text)
{
    static const char *const codes[] = {"en", "fr", "ja", NULL};
    for (size_t i = 0; i < 4; i++) {
        buffer out = {0};
        analyser *with = codes[i] ? analyser_new(span_of(codes[i])) : NULL;
        analysed(with, text, &out);
        buffer_free(&out);
        analyser_free(with);
    }
}

static void test_empty(void **state)
{
    (void)state;
    arena *memory = arena_new();
    terms found = {0};
    analyser *with = analyser_new(SPAN("en"));
    analyse(with, SPAN_NONE, memory, &found);
    analyse_name(SPAN_NONE, memory, &found);
    assert_int_equal(found.count, 0);
    assert_int_equal(found.positions, 0);
    assert_int_equal(analyser_stem(with, SPAN_NONE).length, 0);
    analyser_free(with);
    arena_free(memory);
}

static void test_texts_follow_each_other(void **state)
{
    (void)state;
    arena *memory = arena_new();
    terms found = {0};
    analyser *with = analyser_new(SPAN("en"));
    buffer out = {0};
    analyse(with, SPAN("one two"), memory, &found);
    analyse(with, SPAN("CI/CD"), memory, &found);
    print_terms(&found, &out);
    assert_string_equal(out.at, " one@0 two@1 ci@2 joined(cicd)@2-3 cd@3");
    buffer_free(&out);
    analyser_free(with);
    arena_free(memory);
}

static void test_one_huge_word(void **state)
{
    (void)state;
    static const char *const units[] = {
        "a",  "Aa",  "a1",      "a.",  "a-", "é",  "日",         "1,",
        "a'", "a/",  "@a",      "#",   "+",  "a&", "e\xCC\x81",  "\xCC\x81",
        "_",  "aB1", "http://", "%41", "1.", "A@", "\302\240111"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        buffer text = {0};
        while (text.length < 1 << 20)
            buffer_add_text(&text, units[u]);
        analyse_any(buffer_span(&text));
        buffer_free(&text);
    }
}

static void test_term_limit(void **state)
{
    (void)state;
    char word[TERM_MAX + 1];
    memset(word, 'x', sizeof word);
    arena *memory = arena_new();
    terms found = {0};
    analyser *with = analyser_new(SPAN("en"));
    analyse(with, (span){word, TERM_MAX}, memory, &found);
    assert_int_equal(found.count, 1);
    analyse(with, (span){word, TERM_MAX + 1}, memory, &found);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.positions, 2); /* left out, but a phrase does not close over it */
    analyser_free(with);
    arena_free(memory);
}

static void test_every_plane(void **state)
{
    (void)state;
    buffer text = {0};
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 61) {
        utf8_add(&text, c);
        if (c % 7 == 0)
            buffer_add_byte(&text, ' ');
    }
    analyse_any(buffer_span(&text));
    buffer_free(&text);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void test_random_bytes(void **state)
{
    (void)state;
    static const char pieces[] =
        "aB1.,_-/'&@#+: \xE2\x80\x99\xC3\xA9\xE6\x97\xA5\xFF\xCC\x81netsNET";
    uint32_t seed = 1;
    for (size_t round = 0; round < 300; round++) {
        char text[200];
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = round % 3 ? pieces[next_random(&seed) % (sizeof pieces - 1)]
                                : (char)next_random(&seed);
        char *copy = malloc(sizeof text - round % 150); /* so that reading behind it is noticed */
        memcpy(copy, text, sizeof text - round % 150);
        analyse_any((span){copy, sizeof text - round % 150});
        free(copy);
    }
}

static void test_cache_of_stems_starts_anew(void **state)
{
    (void)state;
    analyser *with = analyser_new(SPAN("en"));
    for (unsigned i = 0; i < 300000; i++) {
        char word[32];
        unsigned n = i;
        int length = 0;
        for (int letter = 0; letter < 5; letter++, n /= 20)
            word[length++] = "bcdfghjklmnpqrstvwxz"[n % 20];
        snprintf(word + length, sizeof word - (size_t)length, "ings");
        analyser_stem(with, (span){word, (size_t)length + 4});
    }
    span stem = analyser_stem(with, SPAN("talks"));
    assert_memory_equal(stem.at, "talk", stem.length);
    assert_int_equal(stem.length, 4);
    analyser_free(with);
}

/* ---- languages ---- */

static void check_language(const char *text, const char *code)
{
    span found = analysis_detect_language(span_of(text), SPAN("xx"));
    if (!span_equal(found, span_of(code)))
        fail_msg("%s: %.*s, not %s", text, SPAN_ARG(found), code);
}

static void test_detect_language(void **state)
{
    (void)state;
    check_language("This talk is about how we moved all of our services to the new cluster", "en");
    check_language("In diesem Vortrag geht es darum, wie wir alle Dienste auf das neue System "
                   "gebracht haben und was dabei nicht funktioniert hat",
                   "de");
    check_language("Dans cette présentation nous allons voir comment les équipes ont changé leur "
                   "façon de travailler avec des outils qui sont simples",
                   "fr");
    check_language("En esta charla vamos a ver cómo los equipos han cambiado su forma de trabajar "
                   "y por qué las herramientas no son lo más importante",
                   "es");
    check_language("Questa presentazione parla di come abbiamo cambiato il nostro modo di lavorare "
                   "e di quello che non ha funzionato con gli strumenti",
                   "it");
    check_language("Nesta palestra vamos ver como as equipes mudaram a sua forma de trabalhar e "
                   "por que as ferramentas não são o mais importante para nós",
                   "pt");
    check_language("In deze presentatie laten we zien hoe wij onze diensten naar het nieuwe "
                   "platform hebben gebracht en wat er niet goed ging",
                   "nl");
    check_language("I det här föredraget visar vi hur vi flyttade alla våra tjänster till den nya "
                   "plattformen och vad som inte fungerade",
                   "sv");
    check_language("I dette foredraget viser vi hvordan vi flyttet alle tjenestene våre til den "
                   "nye plattformen, og hva som ikke fungerte da vi ble ferdige etter et år",
                   "no");
    check_language("I dette foredrag viser vi, hvordan vi flyttede alle vores tjenester til den "
                   "nye platform, og hvad der ikke virkede, da vi blev færdige efter et år",
                   "da");
    check_language("В этом докладе мы расскажем о том, как перенести сервисы", "ru");
    check_language("Σε αυτή την ομιλία θα δούμε", "el");
    check_language("Kubernetes Docker Postgres", "xx");
    check_language("", "xx");
}

static void test_language_tags(void **state)
{
    (void)state;
    static const char *const tags[] = {"en", "en-GB", "EN_us"};
    for (size_t i = 0; i < 3; i++) {
        analyser *with = analyser_new(span_of(tags[i]));
        assert_true(span_equal(analyser_stem(with, SPAN("talks")), SPAN("talk")));
        assert_true(analyser_is_stop(with, SPAN("the")));
        analyser_free(with);
    }
    analyser *unknown = analyser_new(SPAN("xx"));
    assert_true(span_equal(analyser_stem(unknown, SPAN("talks")), SPAN("talks")));
    assert_false(analyser_is_stop(unknown, SPAN("the")));
    analyser_free(unknown);
}

static void test_every_language_stems(void **state)
{
    (void)state;
    size_t count = 0;
    for (const char *const *code = analysis_languages(); *code; code++, count++) {
        analyser *with = analyser_new(span_of(*code));
        assert_true(analyser_stem(with, SPAN("presentation")).length > 0);
        analyser_free(with);
    }
    assert_int_equal(count, 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_texts_follow_each_other),
        cmocka_unit_test(test_one_huge_word),
        cmocka_unit_test(test_term_limit),
        cmocka_unit_test(test_every_plane),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_cache_of_stems_starts_anew),
        cmocka_unit_test(test_detect_language),
        cmocka_unit_test(test_language_tags),
        cmocka_unit_test(test_every_language_stems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
