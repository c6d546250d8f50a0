#include "glass_testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

lc_error lc_said;

void expect_ok(lc_status status, const lc_error *said, const char *call, const char *file, int line)
{
    if (status == LC_OK)
        return;
    print_error("%s: %s\n", call, said ? said->message : "failed");
    _fail(file, line);
}

/* ---- folders ---- */

int test_folder_make(void **state)
{
    const char *top = getenv("TMPDIR");
    test_folder *made = xmalloc(sizeof *made);
    made->path = path_join(top ? top : "/tmp", "glass-XXXXXX");
    *state = made;
    return mkdtemp(made->path) ? 0 : -1;
}

int test_folder_remove(void **state)
{
    test_folder *folder = *state;
    expect(folder_remove(folder->path, &lc_said));
    free(folder->path);
    free(folder);
    return 0;
}

const char *in_folder(void **state, const char *name)
{
    static char paths[8][512];
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", ((test_folder *)*state)->path, name);
    return path;
}

/* ---- random documents ---- */

/* splitmix64 */
uint64_t dice_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

uint32_t dice_below(uint64_t *state, uint32_t bound)
{
    return (uint32_t)(dice_next(state) % bound);
}

static uint32_t pick(uint64_t *state, const uint32_t *from, size_t count)
{
    return from[dice_below(state, (uint32_t)count)];
}
#define PICK(state, from) pick((state), (from), sizeof(from) / sizeof *(from))

static span random_bytes(uint64_t *state, arena *memory, size_t length)
{
    char *bytes = arena_alloc(memory, length + 1);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)dice_next(state);
    return (span){bytes, length};
}

static span repeated(uint64_t *state, arena *memory, size_t length)
{
    char *bytes = arena_alloc(memory, length + 1);
    size_t period = 1 + dice_below(state, 3);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)('a' + i % period);
    return (span){bytes, length};
}

static span words(uint64_t *state, arena *memory, size_t length)
{
    char *bytes = arena_alloc(memory, length + 1);
    for (size_t i = 0; i < length; i++)
        bytes[i] = dice_below(state, 6) ? (char)('a' + dice_below(state, 9)) : ' ';
    return (span){bytes, length};
}

static span random_term(uint64_t *state, arena *memory)
{
    static const uint32_t lengths[] = {1, 2, 60, 128, 244, 245};
    uint32_t rank = 1u << dice_below(state, 12); /* few terms are in many documents */
    switch (dice_below(state, 24)) {
    case 0: return (span){memset(arena_alloc(memory, 245), 'z', 245), PICK(state, lengths)};
    case 1: return random_bytes(state, memory, 1 + dice_below(state, 9));
    case 2: return (span){memset(arena_alloc(memory, 122), 0, 122), 1 + dice_below(state, 122)};
    case 3: return (span){memset(arena_alloc(memory, 245), 0xff, 245), PICK(state, lengths)};
    case 4: {
        span binary = random_bytes(state, memory, 1 + dice_below(state, 12));
        for (size_t i = 0; i < binary.length; i++)
            ((char *)binary.at)[i] = (char)("\0\1\xff"
                                            "a"[(uint8_t)binary.at[i] % 4]);
        return binary;
    }
    default: return arena_printf(memory, "w%x", dice_below(state, rank));
    }
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

static void random_positions(uint64_t *state, arena *memory, glass_posting *of)
{
    static const uint32_t counts[] = {0, 0, 1, 1, 1, 2, 3, 4, 7, 20, 100};
    static const uint32_t limits[] = {1, 2, 100, 1000, 1000, 5000, 1u << 20, UINT32_MAX};
    uint32_t count = PICK(state, counts), limit = PICK(state, limits), kept = 0;
    if (!dice_below(state, 400))
        count = 3000;
    uint32_t *positions = arena_alloc(memory, (count + 1) * sizeof *positions);
    for (uint32_t i = 0; i < count; i++)
        positions[i] = dice_below(state, limit);
    if (count && !dice_below(state, 50))
        positions[0] = UINT32_MAX;
    qsort(positions, count, sizeof *positions, compare_numbers);
    for (uint32_t i = 0; i < count; i++)
        if (!i || positions[i] != positions[i - 1])
            positions[kept++] = positions[i];
    of->positions = positions;
    of->position_count = kept;
}

static int compare_postings(const void *a, const void *b)
{
    return span_compare(((const glass_posting *)a)->term, ((const glass_posting *)b)->term);
}

static void add_postings(glass_document *to, uint64_t *state, uint32_t count, arena *memory)
{
    static const uint32_t wdfs[] = {0, 1, 1, 1, 1, 2, 3, 7, 126, 127, 128, 255, 256, 70000};
    glass_posting *postings = arena_zalloc(memory, (count + 1) * sizeof *postings);
    size_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        postings[i].term = random_term(state, memory);
        postings[i].wdf = PICK(state, wdfs);
        random_positions(state, memory, &postings[i]);
    }
    if (count && !dice_below(state, 40))
        postings[0].wdf = 600000000;
    qsort(postings, count, sizeof *postings, compare_postings);
    for (uint32_t i = 0; i < count; i++)
        if (!i || compare_postings(&postings[i], &postings[kept - 1]) != 0)
            postings[kept++] = postings[i];
    to->postings = postings;
    to->posting_count = kept;
}

/* A document of length 0 with positions is what xapian-check takes for one that does not exist. */
static void add_one_posting(glass_document *to, uint64_t *state, arena *memory)
{
    add_postings(to, state, 1, memory);
    glass_posting *only = (glass_posting *)to->postings;
    if (!only->wdf)
        only->position_count = 0;
}

static const uint32_t all_slots[] = {0, 1, 3, 5, 127, 128, 255, 256, 300, 70000, GLASS_SLOT_MAX};
enum { SLOTS = sizeof all_slots / sizeof *all_slots };

static void add_values(glass_document *to, uint64_t *state, arena *memory)
{
    static const uint32_t lengths[] = {0, 1, 1, 8, 8, 8, 30, 200, 3000};
    glass_value *values = arena_alloc(memory, SLOTS * sizeof *values);
    size_t count = 0;
    for (size_t i = SLOTS; i-- > 0;)
        if (dice_below(state, 2))
            values[count++] =
                (glass_value){all_slots[i], random_bytes(state, memory, PICK(state, lengths))};
    to->values = values;
    to->value_count = count;
}

static span random_data(const collection *of, uint32_t docid, uint64_t *state, arena *memory)
{
    enum { CALM_DOCUMENTS = 20, LITTLE = 200 };
    static const uint32_t lengths[] = {0, 10, 17, 18, 19, 20, 200, 2030, 2040, 2050, 8191, 8192};
    if (of->calm_start && docid <= CALM_DOCUMENTS)
        return words(state, memory, dice_below(state, LITTLE));
    switch (dice_below(state, 100)) {
    case 0: return random_bytes(state, memory, 100000);
    case 1: return words(state, memory, 100000);
    case 2:
        if (of->unreadable_data)
            return repeated(state, memory, 8150 + dice_below(state, 9650));
        return random_bytes(state, memory, PICK(state, lengths));
    case 3: return repeated(state, memory, dice_below(state, 8000));
    default:
        return dice_below(state, 2) ? words(state, memory, PICK(state, lengths))
                                    : random_bytes(state, memory, PICK(state, lengths));
    }
}

/* Most documents have terms, of each kind of key, whose lists are long enough to be cut into
 * chunks; and a term of their own, "Q" and their number, by which they can be deleted and replaced.
 */
static void add_usual_terms(glass_document *to, uint32_t docid, arena *memory)
{
    enum { USUAL = 4 };
    static char longest[GLASS_TERM_MAX];
    memset(longest, 'z', sizeof longest);
    glass_posting *postings = arena_zalloc(memory, (to->posting_count + USUAL) * sizeof *postings);
    postings[0].term = arena_printf(memory, "Q%u", docid);
    postings[1] = (glass_posting){SPAN("all"), 1, NULL, 0};
    postings[2] = (glass_posting){SPAN("all\0"), docid % 300, NULL, 0};
    postings[3] = (glass_posting){{longest, sizeof longest}, 0, NULL, 0};
    size_t kept = USUAL;
    for (size_t i = 0; i < to->posting_count; i++)
        if (!span_equal(to->postings[i].term, postings[3].term))
            postings[kept++] = to->postings[i];
    to->postings = postings;
    to->posting_count = kept;
    qsort(postings, kept, sizeof *postings, compare_postings);
}

glass_document collection_document(const collection *of, uint32_t docid, arena *memory)
{
    uint64_t state = of->seed * 1000003 + docid;
    glass_document made = {0};
    arena_reset(memory);
    switch (dice_below(&state, 32)) {
    case 0: return made;
    case 1: made.data = random_data(of, docid, &state, memory); return made;
    case 2: add_values(&made, &state, memory); return made;
    case 3: add_one_posting(&made, &state, memory); return made;
    case 4: add_usual_terms(&made, docid, memory); return made;
    case 5: add_postings(&made, &state, 600, memory); break;
    default: add_postings(&made, &state, dice_below(&state, 40), memory);
    }
    add_usual_terms(&made, docid, memory);
    if (dice_below(&state, 4))
        add_values(&made, &state, memory);
    made.data = random_data(of, docid, &state, memory);
    return made;
}

void collection_meta(const collection *of, collection_set_meta set, void *to)
{
    uint64_t state = of->seed;
    arena *memory = arena_new();
    set(to, (span){"\0", 1}, SPAN("under a zero byte"));
    set(to, (span){memset(arena_alloc(memory, 253), 'm', 253), 253}, SPAN("longest key"));
    set(to, SPAN("huge"), random_bytes(&state, memory, 100000));
    set(to, SPAN("removed"), SPAN("text"));
    set(to, SPAN("twice"), SPAN("first"));
    for (int i = 0; i < 300; i++)
        set(to, arena_printf(memory, "file:%d", i),
            words(&state, memory, 1 + dice_below(&state, 300)));
    set(to, SPAN("removed"), SPAN_NONE);
    set(to, SPAN("twice"), SPAN("second"));
    set(to, SPAN("never"), SPAN_NONE);
    arena_free(memory);
}

/* ---- writing ---- */

static void bulk_set_meta(void *to, span key, span text)
{
    expect(glass_builder_set_meta(to, key, text, &lc_said));
}

glass_progress bulk_write(const char *path, const collection *what, const glass_options *options)
{
    arena *memory = arena_new();
    glass_builder *builder;
    expect(glass_builder_open(path, options, &builder, &lc_said));
    for (uint32_t docid = 1; docid <= what->documents; docid++) {
        glass_document document = collection_document(what, docid, memory);
        if (docid == what->documents / 2)
            collection_meta(what, bulk_set_meta, builder);
        expect(glass_builder_add(builder, &document, &lc_said));
    }
    expect(glass_builder_finish(builder, &lc_said));
    glass_progress progress = glass_builder_progress(builder);
    glass_builder_free(builder);
    arena_free(memory);
    return progress;
}

static void fill(xs_doc *doc, const glass_document *from)
{
    xexpect(xs_doc_clear(doc, NULL));
    for (size_t i = 0; i < from->posting_count; i++) {
        const glass_posting *p = &from->postings[i];
        xexpect(xs_doc_add_term(doc, p->term.at, p->term.length, p->wdf, NULL));
        for (uint32_t n = 0; n < p->position_count; n++)
            xexpect(xs_doc_add_posting(doc, p->term.at, p->term.length, p->positions[n], 0, NULL));
    }
    for (size_t i = 0; i < from->value_count; i++)
        xexpect(xs_doc_set_value(doc, from->values[i].slot, from->values[i].text.at,
                                 from->values[i].text.length, NULL));
    xexpect(xs_doc_set_data(doc, from->data.at ? from->data.at : "", from->data.length, NULL));
}

static void api_set_meta(void *to, span key, span text)
{
    xexpect(xs_writer_set_meta(to, key.at, key.length, text.at ? text.at : "", text.length, NULL));
}

void api_write(const char *path, const collection *what)
{
    arena *memory = arena_new();
    xs_writer *writer;
    xs_doc *doc;
    uint32_t given;
    xexpect(xs_writer_open(path, XS_OVERWRITE, XS_NO_SYNC, &writer, NULL));
    xexpect(xs_doc_new(&doc, NULL));
    for (uint32_t docid = 1; docid <= what->documents; docid++) {
        glass_document document = collection_document(what, docid, memory);
        fill(doc, &document);
        xexpect(xs_writer_add(writer, doc, &given, NULL));
        assert_int_equal(given, docid);
    }
    if (what->documents >= 2)
        collection_meta(what, api_set_meta, writer);
    xexpect(xs_writer_commit(writer, NULL));
    xs_doc_free(doc);
    xs_writer_free(writer);
    arena_free(memory);
}

static void update_one(xs_writer *writer, xs_doc *doc, const collection *changed, uint64_t *state,
                       arena *memory)
{
    uint32_t docid = 1 + dice_below(state, changed->documents);
    char id[16];
    size_t length = (size_t)snprintf(id, sizeof id, "Q%u", docid);
    switch (dice_below(state, 4)) {
    case 0: xexpect(xs_writer_delete(writer, id, length, NULL)); return;
    case 1: {
        glass_document added = collection_document(changed, changed->documents + docid, memory);
        fill(doc, &added);
        xexpect(xs_writer_add(writer, doc, NULL, NULL));
        return;
    }
    default: {
        glass_document other = collection_document(changed, docid, memory);
        fill(doc, &other);
        xexpect(xs_writer_put(writer, id, length, doc, NULL, NULL));
    }
    }
}

void api_update(const char *path, const collection *was, uint64_t round)
{
    collection changed = {was->seed + 77 * (round + 1), was->documents, false, false};
    uint64_t state = round;
    arena *memory = arena_new();
    xs_writer *writer;
    xs_doc *doc;
    xexpect(xs_writer_open(path, XS_OPEN_EXISTING, XS_NO_SYNC, &writer, NULL));
    xexpect(xs_doc_new(&doc, NULL));
    for (uint32_t i = 0; i < was->documents / 4; i++)
        update_one(writer, doc, &changed, &state, memory);
    for (int i = 0; i < 300; i += 3)
        api_set_meta(writer, arena_printf(memory, "file:%d", i), i % 2 ? SPAN("new") : SPAN_NONE);
    xexpect(xs_writer_commit(writer, NULL));
    xs_doc_free(doc);
    xs_writer_free(writer);
    arena_free(memory);
}
