#include "output/printer.h"

#include <string.h>

#include "base/utf8.h"

static const output_format *const FORMATS[] = {&OUTPUT_TEXT, &OUTPUT_JSON, &OUTPUT_JSONL};
enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

const output_format *output_format_by_name(const char *name)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(FORMATS[i]->name, name) == 0)
            return FORMATS[i];
    return NULL;
}

const char *output_format_names(void)
{
    return "text, json, jsonl";
}

/* C0, DEL, C1, and the marks that reorder what follows them (U+202A.. and U+2066..). */
static bool is_unsafe(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F;
}

void print_safe(FILE *to, span text)
{
    size_t begin = 0;
    for (size_t i = 0; i < text.length;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (!is_unsafe(c) && (c != 0xFFFD || i - at > 1))
            continue;
        fwrite(text.at + begin, 1, at - begin, to);
        fputs("\xEF\xBF\xBD", to);
        begin = i;
    }
    if (text.length > begin)
        fwrite(text.at + begin, 1, text.length - begin, to);
}
