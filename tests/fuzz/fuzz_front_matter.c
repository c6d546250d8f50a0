/* Any text through the front matter reader; what it says must be within the text. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "notes/encoding.h"
#include "notes/front_matter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entries(const front_matter *in)
{
    for (size_t i = 0; i < in->count; i++) {
        const front_entry *entry = &in->items[i];
        assert(entry->key.length > 0);
        assert(entry->line >= 1 && entry->line <= in->lines + 1);
        assert(front_matter_find(in, entry->key) == entry);
        assert((entry->item_count > 0) == (entry->text.length > 0));
        for (size_t k = 0; k < entry->item_count; k++)
            assert(entry->items[k].length > 0);
    }
    assert(!in->warning || (in->warning_line >= 1 && in->warning_line <= in->lines + 1));
    assert(!in->warning || !strchr(in->warning, '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena *memory = arena_new();
    front_matter found;
    span text;
    text_decode((span){(const char *)data, size}, memory, &text);
    size_t length = front_matter_read(text, memory, &found);
    assert(length <= text.length);
    assert(length == 0 || length == text.length || text.at[length - 1] == '\n');
    assert(length > 0 || (found.count == 0 && found.lines == 0));
    check_entries(&found);
    arena_free(memory);
    return 0;
}
