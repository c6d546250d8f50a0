/* Any bytes through decoding and the markdown reader; what comes out must keep its promises. */
#include <assert.h>
#include <stdint.h>

#include "base/utf8.h"
#include "notes/encoding.h"
#include "notes/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(span text)
{
    assert(utf8_valid(text));
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        assert((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t');
        assert(c != 0xC2 || i + 1 == text.length || (unsigned char)text.at[i + 1] >= 0xA0);
    }
}

static void check_extents(const extent *parts, size_t count, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        assert(parts[i].begin < parts[i].end && parts[i].end <= length);
        assert(i == 0 || parts[i - 1].end <= parts[i].begin);
    }
}

static void check_block(const block *of, uint32_t lines)
{
    assert(of->line >= 1 && of->line <= of->end_line && of->end_line <= lines);
    assert(of->kind != BLOCK_HEADING || of->level <= 6);
    assert((of->kind == BLOCK_ROW) == (of->cells != NULL));
    check_text(of->text);
    check_text(of->info);
    check_extents(of->strong, of->strong_count, of->text.length);
    check_extents(of->emphasis, of->emphasis_count, of->text.length);
    for (size_t i = 0; i < of->link_count; i++) {
        const link *found = &of->links[i];
        check_text(found->url);
        assert(found->begin + found->text.length <= of->text.length);
        assert(found->line >= of->line && found->line <= of->end_line);
        assert(i == 0 || of->links[i - 1].begin <= found->begin);
    }
    for (size_t i = 0; i < of->cell_count; i++)
        assert(of->cells[i].at >= of->text.at &&
               of->cells[i].at + of->cells[i].length <= of->text.at + of->text.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena *memory = arena_new();
    blocks found;
    span text;
    uint32_t lines = 1;
    if (text_decode((span){(const char *)data, size}, memory, &text) != ENCODING_BINARY) {
        assert(utf8_valid(text));
        for (size_t i = 0; i < text.length; i++)
            lines += text.at[i] == '\n';
        markdown_read(text, 1, memory, &found);
        for (size_t i = 0; i < found.count; i++) {
            check_block(&found.items[i], lines);
            assert(i == 0 || found.items[i - 1].line <= found.items[i].line);
        }
    }
    arena_free(memory);
    return 0;
}
