/* index: documents, records, ids, the catalog, knowledge, roots: all that needs no notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "index/catalog.h"
#include "index/document.h"
#include "index/format.h"
#include "index/kept.h"
#include "index/knowledge.h"
#include "index/length_class.h"
#include "index/location.h"
#include "index/lock.h"
#include "index/talk_id.h"
#include "index/talk_record.h"

#define assert_span(got, want) assert_true(span_equal((got), span_of(want)))

static void documents_merge_what_was_added(void **state)
{
    (void)state;
    document d;
    char long_word[100];
    memset(long_word, 'x', sizeof long_word);
    document_init(&d);
    document_add(&d, "", SPAN("b"), 1, 7);
    document_add(&d, "Z", SPAN("b"), 2, NO_POSITION);
    document_add(&d, "", SPAN("b"), 1, 3);
    document_add(&d, "", SPAN("b"), 1, 3);
    document_add(&d, "", SPAN(""), 1, 3);
    document_add(&d, "", (span){long_word, sizeof long_word}, 1, 3);
    document_finish(&d);
    assert_int_equal(d.posting_count, 2);
    assert_span(d.postings[0].term, "Zb");
    assert_int_equal(d.postings[0].wdf, length_class_pack(2, LENGTH_CLASS_NONE));
    assert_int_equal(d.postings[0].position_count, 0);
    assert_int_equal(d.postings[1].wdf, length_class_pack(3, LENGTH_CLASS_NONE));
    assert_int_equal(d.postings[1].position_count, 2);
    assert_int_equal(d.postings[1].positions[0], 3);
    assert_int_equal(d.postings[1].positions[1], 7);
    document_clear(&d);
    document_finish(&d);
    assert_int_equal(d.posting_count, 0);
    document_free(&d);
}

static talk_record sample_record(void)
{
    static value speakers[] = {{.text = {"Ada Example", 11}, .line = 4}};
    static value techs[] = {{.text = {"Kubernetes", 10}, .as = {"k8s", 3}, .line = 6}};
    static property properties[] = {{{"status", 6}, {"draft", 5}}};
    static line_mark marks[] = {{0, 3}, {12, 5}, {30, 4}};
    talk_record record = {SPAN("abcdefgh"), SPAN("/notes"), SPAN("a/b.md"), {0}};
    record.talk = (talk){.kind = KIND_KEYNOTE,
                         .line = 3,
                         .end_line = 9,
                         .title = {.text = SPAN("A title")},
                         .speakers = {speakers, 1, 1},
                         .techs = {techs, 1, 1},
                         .date = {.text = SPAN("2024-05-01")},
                         .interval = {{2024, 5, 1}, {2024, 5, 1}},
                         .properties = properties,
                         .property_count = 1,
                         .body = SPAN("the body of the talk, of a few words"),
                         .marks = marks,
                         .mark_count = 3,
                         .code = SPAN("int main(void);")};
    return record;
}

static void records_come_back(void **state)
{
    (void)state;
    arena *memory = arena_new();
    buffer data = {0};
    talk_record before = sample_record(), after;
    talk_record_write(&before, &data);
    assert_true(talk_record_read(buffer_span(&data), memory, &after));
    assert_span(after.id, "abcdefgh");
    assert_span(after.talk.speakers.items[0].text, "Ada Example");
    assert_span(after.talk.techs.items[0].as, "k8s");
    assert_int_equal(after.talk.kind, KIND_KEYNOTE);
    assert_int_equal(after.talk.interval.first.month, 5);
    assert_int_equal(after.talk.marks[2].line, 4);
    assert_span(after.talk.properties[0].text, "draft");
    assert_span(after.talk.code, "int main(void);");
    buffer_free(&data);
    arena_free(memory);
}

/* Every shorter record, and every record with one byte changed, is read or refused: no crash. */
static void damaged_records_are_refused(void **state)
{
    (void)state;
    arena *memory = arena_new();
    buffer data = {0};
    talk_record before = sample_record(), after;
    talk_record_write(&before, &data);
    for (size_t length = 0; length < data.length; length++)
        assert_false(talk_record_read(span_slice(buffer_span(&data), 0, length), memory, &after));
    for (size_t i = 0; i < data.length; i++) {
        data.at[i] = (char)(data.at[i] ^ 0xFF);
        talk_record_read(buffer_span(&data), memory, &after);
        data.at[i] = (char)(data.at[i] ^ 0xFF);
    }
    buffer_free(&data);
    arena_free(memory);
}

static void ids_depend_on_title_event_and_ordinal_alone(void **state)
{
    (void)state;
    arena *memory = arena_new();
    talk one = {.kind = KIND_TALK, .title = {.text = SPAN("A Title")}, .line = 3};
    talk same = {.kind = KIND_TALK, .title = {.text = SPAN("a title")}, .line = 90};
    talk other = {.kind = KIND_TALK, .title = {.text = SPAN("Another")}};
    talk untitled = {.kind = KIND_TALK};
    assert_true(talk_id_key(&one, SPAN("a.md")) == talk_id_key(&same, SPAN("b.md")));
    assert_true(talk_id_key(&one, SPAN("a.md")) != talk_id_key(&other, SPAN("a.md")));
    assert_true(talk_id_key(&untitled, SPAN("a.md")) != talk_id_key(&untitled, SPAN("b.md")));
    for (uint32_t n = 0; n < 1000; n++) {
        span id = talk_id(n * 12345678901u, n, memory);
        assert_int_equal(id.length, TALK_ID_LENGTH);
        assert_true(byte_is_alpha(id.at[0]));
    }
    assert_false(span_equal(talk_id(7, 0, memory), talk_id(7, 1, memory)));
    arena_free(memory);
}

static keys two_keys(const char *a, const char *b)
{
    static span items[2];
    items[0] = span_of(a);
    items[1] = span_of(b);
    return (keys){items, 2, 2};
}

static void knowledge_counts_others(void **state)
{
    (void)state;
    knowledge known;
    const uint32_t ordinals[] = {0, 1};
    knowledge_init(&known);
    facts all = {known.told, NULL};
    keys asks = two_keys("name:a", "name:b");
    uint64_t nothing = knowledge_context(&all, &asks, NULL, 0);
    assert_true(nothing == 0);
    knowledge_tell(&known, &asks);
    uint64_t told = knowledge_context(&all, &asks, NULL, 0);
    assert_true(told != 0);
    all.own = &asks; /* what the note told itself is no answer */
    assert_true(knowledge_context(&all, &asks, NULL, 0) == 0);
    all.own = NULL;
    knowledge_untell(&known, &asks);
    assert_true(knowledge_context(&all, &asks, NULL, 0) == 0);
    assert_true(knowledge_context(&all, &asks, ordinals, 2) != 0);
    for (int i = 0; i < FACTS_MANY; i++)
        knowledge_tell(&known, &asks);
    uint64_t many = knowledge_context(&all, &asks, NULL, 0);
    knowledge_tell(&known, &asks);
    assert_true(knowledge_context(&all, &asks, NULL, 0) == many);
    assert_int_equal(knowledge_ordinal(&known, 5), 0);
    assert_int_equal(knowledge_ordinal(&known, 5), 1);
    knowledge_forget_ordinal(&known, 5);
    assert_int_equal(knowledge_ordinal(&known, 5), 1);
    knowledge_free(&known);
}

static char *temporary_folder(void)
{
    char name[] = "/tmp/lectern-parts-XXXXXX";
    assert_non_null(mkdtemp(name));
    return xstrdup(span_of(name));
}

static void catalogs_come_back(void **state)
{
    (void)state;
    lc_error error;
    index_writer *writer;
    xs_reader *reader;
    char *folder = temporary_folder(), *path = path_join(folder, "index");
    catalog *before = catalog_new(), *after;
    catalog_note *n = catalog_put(before, SPAN("/r"), SPAN("a/b.md"));
    keys tells = two_keys("name:x", "name:y");
    n->size = 77;
    n->mtime = 1234567890123456789u;
    n->tells = catalog_copy_keys(before, &tells);
    n->talks = arena_zalloc(before->memory, sizeof *n->talks);
    n->talks[0].id_key = UINT64_MAX;
    n->talk_count = 1;
    catalog_put(before, SPAN("/r"), SPAN("c.md"));
    assert_int_equal(index_writer_open(path, WRITE_NEW, NULL, &writer, &error), LC_OK);
    assert_int_equal(catalog_save(before, writer, &error), LC_OK);
    assert_int_equal(index_writer_commit(writer, &error), LC_OK);
    index_writer_free(writer);
    assert_int_equal(xs_reader_open(path, &reader, NULL), XS_OK);
    assert_int_equal(catalog_load(reader, path, &after, &error), LC_OK);
    xs_reader_free(reader);
    assert_int_equal(catalog_read_details(after, path, &error), LC_OK);
    assert_int_equal(after->count, 2);
    n = catalog_find(after, SPAN("/r"), SPAN("a/b.md"));
    assert_non_null(n);
    assert_int_equal(n->size, 77);
    assert_span(n->tells.items[1], "name:y");
    assert_true(n->talks[0].id_key == UINT64_MAX);
    catalog_remove(after, n);
    assert_null(catalog_find(after, SPAN("/r"), SPAN("a/b.md")));
    catalog_free(before);
    catalog_free(after);
    folder_remove(folder, NULL);
    free(path);
    free(folder);
}

static void time_stamps_too_close_to_reading_are_not_trusted(void **state)
{
    (void)state;
    struct stat now = {.st_size = 5, .st_ino = 9};
    catalog_note n = {0};
    now.st_mtim.tv_sec = 1000;
    catalog_note_stat(&n, &now, 1001ull * 1000000000u);
    assert_true(catalog_note_differs(&n, &now));
    catalog_note_stat(&n, &now, 1003ull * 1000000000u);
    assert_false(catalog_note_differs(&n, &now));
    now.st_ctim.tv_nsec = 1;
    assert_true(catalog_note_differs(&n, &now));
}

static void roots_hold_no_folder_inside_another(void **state)
{
    (void)state;
    lc_error error;
    roots list = {0};
    char *folder = temporary_folder(), *inner = path_join(folder, "a/b");
    assert_int_equal(folder_make(inner, &error), LC_OK);
    assert_int_equal(roots_add(&list, inner, &error), LC_OK);
    assert_int_equal(roots_add(&list, folder, &error), LC_OK);
    assert_int_equal(roots_add(&list, inner, &error), LC_OK);
    assert_int_equal(list.count, 1);
    assert_false(roots_remove(&list, inner));
    assert_true(roots_remove(&list, folder));
    assert_int_equal(roots_add(&list, "/nowhere/at/all", &error), LC_NOT_FOUND);
    roots_free(&list);
    folder_remove(folder, NULL);
    free(inner);
    free(folder);
}

static void what_is_kept_is_of_one_commit_and_format(void **state)
{
    (void)state;
    buffer content = {0};
    char *folder = temporary_folder();
    const kept_origin from = {.commit = "one.1", .format = 1};
    const kept_origin later = {.commit = "one.2", .format = 1};
    const kept_origin newer = {.commit = "one.1", .format = 2};
    kept_write(folder, "table", &from, SPAN("what was found"));
    assert_false(kept_read(folder, "table", &later, &content));
    assert_false(kept_read(folder, "table", &newer, &content));
    assert_true(kept_read(folder, "table", &from, &content));
    assert_true(span_equal(buffer_span(&content), SPAN("what was found")));
    buffer_free(&content);
    folder_remove(folder, NULL);
    free(folder);
}

static void a_lock_is_held_by_one(void **state)
{
    (void)state;
    lc_error error;
    int first, second;
    char *folder = temporary_folder(), *index = path_join(folder, "index");
    assert_int_equal(index_lock(index, 0, &first, &error), LC_OK);
    assert_int_equal(index_lock(index, 0, &second, &error), LC_LOCKED);
    assert_non_null(strstr(error.message, "process"));
    index_unlock(first);
    assert_int_equal(index_lock(index, 0, &second, &error), LC_OK);
    index_unlock(second);
    folder_remove(folder, NULL);
    free(index);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_merge_what_was_added),
        cmocka_unit_test(records_come_back),
        cmocka_unit_test(damaged_records_are_refused),
        cmocka_unit_test(ids_depend_on_title_event_and_ordinal_alone),
        cmocka_unit_test(knowledge_counts_others),
        cmocka_unit_test(catalogs_come_back),
        cmocka_unit_test(time_stamps_too_close_to_reading_are_not_trusted),
        cmocka_unit_test(roots_hold_no_folder_inside_another),
        cmocka_unit_test(what_is_kept_is_of_one_commit_and_format),
        cmocka_unit_test(a_lock_is_held_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
