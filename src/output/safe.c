#include "output/safe.h"

#include "base/utf8.h"

bool char_is_unsafe(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F;
}

static void print_replacing(FILE *to, span text, bool one_line)
{
    size_t begin = 0;
    for (size_t i = 0; i < text.length;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        bool blank = one_line && (c == '\n' || c == '\t' || c == '\r');
        bool broken = c == 0xFFFD && i - at == 1;
        if (!blank && !broken && !char_is_unsafe(c))
            continue;
        fwrite(text.at + begin, 1, at - begin, to);
        fputs(blank ? " " : "\xEF\xBF\xBD", to);
        begin = i;
    }
    if (text.length > begin)
        fwrite(text.at + begin, 1, text.length - begin, to);
}

void print_safe(FILE *to, span text)
{
    print_replacing(to, text, false);
}

void print_safe_line(FILE *to, span text)
{
    print_replacing(to, text, true);
}
