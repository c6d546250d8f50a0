/*
 * speed_rounds.h - the measuring itself: which systems, in which order, how often.
 */
#ifndef LECTERN_BENCH_SPEED_ROUNDS_H
#define LECTERN_BENCH_SPEED_ROUNDS_H

#include "peers.h"
#include "speed_result.h"

enum { SPEED_PEERS_MOST = 16 };

typedef struct {
    speed_place place;
    const speed_peer *peers[SPEED_PEERS_MOST]; /* lectern first */
    size_t peer_count;
    size_t rounds;
    size_t process_queries; /* of each class, for systems whose every query starts a program */
} speed_job;

/* Builds every index `times` times, the systems in turn, each in a process of its own, and writes
 * the texts (place.texts) behind lectern's first. */
lc_status speed_index_rounds(const speed_job *job, size_t times, speed_result *to, lc_error *error);

/* Runs every query once unrecorded, which warms up and counts the results; then `rounds` times: in
 * each round class by class, the systems in turn, beginning with another one each time. A class
 * that this lectern does not know is left out, and told on stderr. */
lc_status speed_query_rounds(const speed_job *job, const speed_queries *queries, speed_result *to,
                             lc_error *error);

#endif
