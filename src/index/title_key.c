#include "index/title_key.h"

#include <stdio.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "base/utf8.h"

/* What people type alike: folded letters and digits of any script, + and #. Apostrophes vanish, so
 * that whats and what's are one; anything else parts words. */
static void add_words(span folded, buffer *to)
{
    for (size_t i = 0; i < folded.length;) {
        size_t begin = i;
        uint32_t c = utf8_next(folded, &i);
        if (c == '\'' || c == 0x2019)
            continue;
        if (utf8_class(c) != CHAR_OTHER || c == '+' || c == '#')
            buffer_add(to, span_slice(folded, begin, i - begin));
        else if (to->length && to->at[to->length - 1] != ' ')
            buffer_add_byte(to, ' ');
    }
    if (to->length && to->at[to->length - 1] == ' ')
        to->at[--to->length] = 0;
}

bool title_key(span title, char key_out[TITLE_KEY_SIZE])
{
    buffer folded = {0}, words = {0};
    utf8_fold(title, &folded);
    add_words(buffer_span(&folded), &words);
    snprintf(key_out, TITLE_KEY_SIZE, "%016llx",
             (unsigned long long)XXH3_64bits(words.at, words.length));
    bool any = words.length > 0;
    buffer_free(&folded);
    buffer_free(&words);
    return any;
}
