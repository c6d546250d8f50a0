/*
 * file.h - the files of a database being built: written at any place or one byte after another, and
 * temporary ones read back.
 */
#ifndef LECTERN_GLASS_FILE_H
#define LECTERN_GLASS_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct {
    int descriptor; /* -1: not open */
    char *path;     /* for messages */
} glass_file;

/* A new file in place of an old one. */
lc_status glass_file_create(glass_file *made, const char *folder, const char *name,
                            lc_error *error);
/* One that has no name any more, so that it is gone with the process. */
lc_status glass_file_temporary(glass_file *made, const char *folder, lc_error *error);
lc_status glass_file_write(const glass_file *to, uint64_t at, const void *bytes, size_t length,
                           lc_error *error);
lc_status glass_file_read(const glass_file *from, uint64_t at, void *bytes, size_t length,
                          lc_error *error);
lc_status glass_file_sync(const glass_file *what, lc_error *error);
/* Does nothing when it is not open: a glass_file that is all zero, but for descriptor -1. */
void glass_file_close(glass_file *what);

#endif
