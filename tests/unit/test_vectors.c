/* vectors: learned from a small collection, kept in files, ignored when damaged or stale. */
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
#include "index/record_index.h"
#include "index/vectors_train.h"
#include "index/writer.h"
#include "search/searcher.h"
#include "search/similar.h"

/* Two subjects that share no word; "ferry" and "boat" never stand in one talk, but among the same
 * words. */
static const char *const SUBJECTS[2][6] = {
    {"ferry harbour sailing tide", "boat harbour sailing tide", "harbour tide rope boat",
     "sailing ferry rope harbour", "tide rope sailing boat", "rope harbour ferry tide"},
    {"oven bread flour yeast", "dough flour yeast oven", "bread yeast salt flour",
     "salt dough oven flour", "yeast salt bread oven", "flour salt oven dough"},
};
enum { TALKS = 24 };

static char folder[] = "/tmp/lectern-vectors-XXXXXX";
static char *path;

static int make_index(void **state)
{
    (void)state;
    lc_error error;
    record_index *to;
    strcpy(strrchr(folder, '-') + 1, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    path = path_join(folder, "index");
    assert_int_equal(record_index_new(path, 0, &to, &error), LC_OK);
    for (int i = 0; i < TALKS; i++) {
        char id[16];
        talk_record record = {.talk = {.kind = KIND_TALK, .language = SPAN("en")}};
        snprintf(id, sizeof id, "talk%d", i + 1);
        record.id = span_of(id);
        record.talk.body = span_of(SUBJECTS[i % 2][i / 2 % 6]);
        assert_int_equal(record_index_add(to, &record, &error), LC_OK);
    }
    assert_int_equal(record_index_commit(to, &error), LC_OK);
    record_index_free(to);
    return 0;
}

static int remove_index(void **state)
{
    (void)state;
    folder_remove(folder, NULL);
    free(path);
    return 0;
}

static searcher *open_index(void)
{
    lc_error error;
    searcher *made;
    assert_int_equal(searcher_open(path, &made, &error), LC_OK);
    return made;
}

static void talks_of_a_subject_are_near(void **state)
{
    (void)state;
    searcher *in = open_index();
    const vectors *learned = searcher_vectors(in);
    assert_non_null(learned);
    assert_int_equal(vectors_end(learned), TALKS + 1);
    assert_true(vector_cosine(vectors_talk(learned, 1), vectors_talk(learned, 1)) > .999);
    assert_true(vector_cosine(vectors_talk(learned, 1), vectors_talk(learned, 2)) < .3);
    assert_null(vectors_talk(learned, TALKS + 1));
    searcher_free(in);
}

/* Talks like a text, which is talk 1 itself; all of its subject, whose docids are odd. */
static void find_similar(size_t limit)
{
    lc_error error;
    search_result found;
    arena *memory = arena_new();
    searcher *in = open_index();
    similar_request request = {
        .body = SPAN("ferry harbour sailing tide"), .id = SPAN("talk1"), .limit = limit};
    assert_int_equal(similar_search(in, &request, memory, &found, &error), LC_OK);
    assert_int_equal(found.count, limit);
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.hits[i].docid % 2, 1);
        assert_int_not_equal(found.hits[i].docid, 1);
    }
    search_result_free(&found);
    searcher_free(in);
    arena_free(memory);
}

static void similar_talks_are_of_the_subject(void **state)
{
    (void)state;
    find_similar(TALKS / 2 - 1);
}

static size_t count_found(searcher *in, const char *query, const char *how_name, tier last)
{
    lc_error error;
    query_mistake where;
    search_result found;
    ranker how;
    arena *memory = arena_new();
    assert_int_equal(ranking_named(how_name, &how, &error), LC_OK);
    search_request request = {.query = span_of(query), .limit = TALKS, .how = &how};
    assert_int_equal(searcher_search(in, &request, memory, &found, &error, &where), LC_OK);
    size_t count = found.count;
    for (size_t i = 0; i < count; i++)
        assert_true(found.hits[i].tier <= last);
    search_result_free(&found);
    arena_free(memory);
    return count;
}

static void near_talks_come_last_and_by_name_not_at_all(void **state)
{
    (void)state;
    searcher *in = open_index();
    size_t with_word = count_found(in, "ferry", "stage2", TIER_ALL);
    assert_true(with_word > 0 && with_word < TALKS / 2);
    assert_true(count_found(in, "ferry", "default", TIER_NEAR) > with_word);
    assert_int_equal(count_found(in, "ferry -boat", "default", TIER_ALL), with_word);
    assert_int_equal(count_found(in, "submarine", "default", TIER_NEAR), 0);
    searcher_free(in);
}

/* ---- files that are not as they were ---- */

static buffer read_file(const char *name)
{
    lc_error error;
    buffer content = {0};
    char *whole = path_join(path, name);
    assert_int_equal(file_read(whole, 0, &content, NULL, &error), LC_OK);
    free(whole);
    return content;
}

static void write_file(const char *name, const char *bytes, size_t length)
{
    lc_error error;
    char *whole = path_join(path, name);
    assert_int_equal(file_replace(whole, (span){bytes, length}, &error), LC_OK);
    free(whole);
}

static bool has_vectors(void)
{
    searcher *in = open_index();
    bool has = searcher_vectors(in) != NULL;
    count_found(in, "ferry harbour of a sailing boat", "default", TIER_NEAR);
    searcher_free(in);
    return has;
}

static void cut_short_they_are_not_there(void **state)
{
    (void)state;
    static const char *const NAMES[] = {STEMS_FILE, TALKS_FILE};
    for (size_t n = 0; n < 2; n++) {
        buffer whole = read_file(NAMES[n]);
        for (size_t length = 0; length < whole.length; length += length < 150 ? 13 : 997) {
            write_file(NAMES[n], whole.at, length);
            assert_false(has_vectors());
        }
        write_file(NAMES[n], whole.at, whole.length);
        assert_true(has_vectors());
        buffer_free(&whole);
    }
}

static void damaged_anywhere_nothing_breaks(void **state)
{
    (void)state;
    static const char *const NAMES[] = {STEMS_FILE, TALKS_FILE};
    for (size_t n = 0; n < 2; n++) {
        buffer whole = read_file(NAMES[n]);
        for (size_t at = 0; at < whole.length; at += at < 150 ? 5 : 499) {
            char before = whole.at[at];
            whole.at[at] = (char)~before;
            write_file(NAMES[n], whole.at, whole.length);
            has_vectors();
            whole.at[at] = before;
        }
        memset(whole.at + 128, 0xFF, whole.length - 128); /* every scale no number */
        write_file(NAMES[n], whole.at, whole.length);
        has_vectors();
        buffer_free(&whole);
    }
}

static void of_another_commit_they_are_not_there_until_refreshed(void **state)
{
    (void)state;
    lc_error error;
    buffer whole = read_file(TALKS_FILE);
    talks_header *head = (talks_header *)(void *)whole.at;
    head->commit[0] ^= 1;
    write_file(TALKS_FILE, whole.at, whole.length);
    assert_false(has_vectors());
    assert_int_equal(vectors_refresh(path, false, &error), LC_OK);
    assert_true(has_vectors());
    buffer_free(&whole);
}

static void remove_file(const char *name)
{
    char *which = path_join(path, name);
    assert_int_equal(unlink(which), 0);
    free(which);
}

/* Every third talk teaches; the others are placed by what was learned. */
static void of_a_large_collection_a_part_is_learned_from(void **state)
{
    (void)state;
    lc_error error;
    bool placed = true;
    vectors_index of = {
        .path = path, .end = TALKS + 1, .documents = TALKS, .lesson_max = TALKS / 3};
    remove_file(STEMS_FILE);
    remove_file(TALKS_FILE);
    assert_int_equal(xs_reader_open(path, &of.reader, NULL), XS_OK);
    assert_int_equal(xs_reader_commit(of.reader, of.commit, NULL), XS_OK);
    assert_int_equal(vectors_train(&of, &placed, &error), LC_OK);
    xs_reader_free(of.reader);
    assert_false(placed);
    assert_false(has_vectors());
    assert_int_equal(vectors_refresh(path, true, &error), LC_OK);
    searcher *in = open_index();
    const vectors *learned = searcher_vectors(in);
    assert_non_null(learned);
    assert_true(vector_cosine(vectors_talk(learned, 1), vectors_talk(learned, 3)) >
                vector_cosine(vectors_talk(learned, 1), vectors_talk(learned, 2)));
    assert_true(vector_cosine(vectors_talk(learned, 2), vectors_talk(learned, 4)) > .2);
    searcher_free(in);
}

/* Talk 1, which is of the sea, becomes one of bread: in place, or as another document. */
static void bake_talk_1(bool in_place)
{
    static const char *const stems[] = {"Zdough", "Zflour", "Zoven", "Zyeast"};
    lc_error error;
    index_writer *writer;
    document bread;
    document_init(&bread);
    document_clear(&bread);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        document_add(&bread, "", span_of(stems[i]), 1, NO_POSITION);
    document_finish(&bread);
    assert_int_equal(index_writer_open(path, WRITE_CHANGES, NULL, &writer, &error), LC_OK);
    if (in_place)
        assert_int_equal(index_writer_remove(writer, SPAN("Qtalk1"), &error), LC_OK);
    assert_int_equal(index_writer_add(writer, &bread, &error), LC_OK);
    assert_int_equal(index_writer_commit(writer, &error), LC_OK);
    index_writer_free(writer);
    document_free(&bread);
}

static void assert_near(uint32_t one, uint32_t other, bool near)
{
    searcher *in = open_index();
    const vectors *learned = searcher_vectors(in);
    assert_non_null(learned);
    double cosine = vector_cosine(vectors_talk(learned, one), vectors_talk(learned, other));
    assert_true(near ? cosine > .5 : cosine < .5);
    searcher_free(in);
}

static void a_replaced_talk_is_placed_anew(void **state)
{
    (void)state;
    lc_error error;
    assert_near(1, 3, true);
    bake_talk_1(true);
    assert_int_equal(vectors_refresh(path, false, &error), LC_OK);
    assert_near(1, 3, false);
    assert_near(1, 2, true);
    assert_near(3, 5, true);
}

/* As after a kill between the commit and the vectors. */
static void replaced_two_commits_ago_it_is_too(void **state)
{
    (void)state;
    lc_error error;
    bake_talk_1(true);
    bake_talk_1(false);
    assert_int_equal(vectors_refresh(path, false, &error), LC_OK);
    assert_near(1, 2, true);
    assert_near(TALKS + 1, 2, true);
    assert_near(3, 5, true);
}

static void without_vectors_words_say_what_is_similar(void **state)
{
    (void)state;
    lc_error error;
    remove_file(STEMS_FILE);
    assert_int_equal(vectors_refresh(path, false, &error), LC_OK);
    assert_false(has_vectors()); /* nothing is learned unless it may be */
    find_similar(5);
    assert_int_equal(vectors_refresh(path, true, &error), LC_OK);
    assert_true(has_vectors());
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_index, remove_index)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(talks_of_a_subject_are_near),
        test(similar_talks_are_of_the_subject),
        test(near_talks_come_last_and_by_name_not_at_all),
        test(cut_short_they_are_not_there),
        test(damaged_anywhere_nothing_breaks),
        test(of_another_commit_they_are_not_there_until_refreshed),
        test(of_a_large_collection_a_part_is_learned_from),
        test(a_replaced_talk_is_placed_anew),
        test(replaced_two_commits_ago_it_is_too),
        test(without_vectors_words_say_what_is_similar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
