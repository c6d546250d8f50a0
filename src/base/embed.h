/*
 * embed.h - a text file built into the program.
 *
 *     EMBED(stop_words_english, "src/analysis/stop_words_english.txt");
 *     span words = EMBEDDED(stop_words_english);
 *
 * The path is relative to the folder that make runs in. make does not see the dependency: say it in
 * the room's tables.mk, e.g.  $(BUILD)/src/analysis/stop_words.c.o:
 * src/analysis/stop_words_english.txt
 */
#ifndef LECTERN_BASE_EMBED_H
#define LECTERN_BASE_EMBED_H

#include "base/span.h"

#define EMBED(name, path)                                                                          \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 16\n"                                                                         \
            "embedded_" #name ":\n.incbin \"" path "\"\n"                                          \
            "embedded_" #name "_end:\n.byte 0\n"                                                   \
            ".text\n");                                                                            \
    extern const char embedded_##name[] __attribute__((visibility("hidden")));                     \
    extern const char embedded_##name##_end[] __attribute__((visibility("hidden")))

#define EMBEDDED(name) span_between(embedded_##name, embedded_##name##_end)

#endif
