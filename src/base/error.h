/*
 * error.h - the one status type, and the one way to say what went wrong.
 *
 * A function that can fail returns an lc_status and takes an lc_error as its last argument. On
 * failure it fills the error with one line that says what and where, and what to do if the person
 * can act; on success it leaves it alone. error may be NULL for a caller that does not care.
 */
#ifndef LECTERN_BASE_ERROR_H
#define LECTERN_BASE_ERROR_H

#include <stdarg.h>

typedef enum {
    LC_OK = 0,
    LC_NOT_FOUND, /* no such file, talk, topic ... */
    LC_BAD_INPUT, /* what the person wrote can't be understood: exit status 2 */
    LC_NO_INDEX,  /* there is no index yet, or the folder is not one */
    LC_OLD_INDEX, /* written by another version: must be rebuilt */
    LC_LOCKED,    /* another process is writing the index */
    LC_CHANGED,   /* the index moved on under a reader: it must be opened anew */
    LC_CORRUPT,   /* the index is damaged: must be rebuilt */
    LC_IO,        /* the system refused: permission, full disk, ... */
    LC_INTERNAL   /* a bug of ours */
} lc_status;

typedef struct {
    lc_status status;
    char message[512]; /* one line, always terminated, longer text is cut */
} lc_error;

/* Fills error (if not NULL) and returns status, so that `return lc_fail(...)` works. */
lc_status lc_fail(lc_error *error, lc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with the system's reason for errno appended, and LC_NOT_FOUND for ENOENT, else LC_IO. */
lc_status lc_fail_errno(lc_error *error, int error_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The process exit status that goes with a status: 0, 2 or 3 (1, nothing found, is no error). */
int lc_exit_status(lc_status status);

#endif
