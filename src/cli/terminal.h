/*
 * terminal.h - the whole terminal for one program: raw keys, the other screen, its size.
 *
 * The terminal is given back as it was however the process ends: by terminal_leave(), by exit, by a
 * signal.
 */
#ifndef LECTERN_CLI_TERMINAL_H
#define LECTERN_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct {
    int rows, columns;
} terminal_size;

/* One key: a character, or one of these. */
enum {
    KEY_NONE = 0, /* the size changed, or nothing that we know */
    KEY_UP = 0x110000,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_DELETE,
    KEY_SHIFT_UP,
    KEY_SHIFT_DOWN,
    KEY_ESCAPE,
    KEY_CLOSED /* no more keys will come */
};
#define KEY_CONTROL(letter) ((letter)&0x1F)

/* Takes /dev/tty. */
lc_status terminal_enter(lc_error *error);
void terminal_leave(void);
terminal_size terminal_get_size(void);
/* Waits for a key, or for another size. */
uint32_t terminal_key(void);
/* Whether another key is there already: what shows its effect can wait for it. */
bool terminal_has_key(void);
/* Writes a whole frame at once. */
void terminal_write(span frame);

#endif
