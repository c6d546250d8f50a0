#ifndef LECTERN_NOTES_WALK_H
#define LECTERN_NOTES_WALK_H
#include "base/error.h"
#include "base/span.h"
#include <sys/stat.h>
typedef struct {
    size_t size_limit;
} walk_options;
typedef struct {
    span path;
    const struct stat *status;
    const char *why;
} walk_entry;
typedef void (*walk_visit)(const walk_entry *entry, void *user);
lc_status walk_root(const char *root, const walk_options *o, walk_visit v, void *user, lc_error *e);
#endif
