#include "notes/blocks.h"

/* White space and punctuation around the marks do not make a line any less bold. */
static bool only_filler(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (byte_is_alnum(text.at[i]) || (unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static bool covers(span text, const extent *parts, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].begin > done && !only_filler(span_slice(text, done, parts[i].begin - done)))
            return false;
        done = parts[i].end;
    }
    return count > 0 && only_filler(span_from(text, done));
}

bool block_all_strong(const block *of)
{
    return covers(of->text, of->strong, of->strong_count);
}

bool block_all_emphasis(const block *of)
{
    return covers(of->text, of->emphasis, of->emphasis_count);
}
