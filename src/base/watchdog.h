/*
 * watchdog.h - ends the process when one step takes far longer than it ever can.
 *
 * Xapian trusts what an index's files say: damaged ones can send it round in circles, and there is
 * no other way out of it. Processor time counts, not time spent waiting; one step at a time.
 */
#ifndef LECTERN_BASE_WATCHDOG_H
#define LECTERN_BASE_WATCHDOG_H

enum { WATCHDOG_STEP = 5 }; /* seconds for one search, which takes milliseconds */

/* From now on until watchdog_end(), after that many seconds: the message of an internal fault,
 * and exit status 3. */
void watchdog_begin(int seconds);
void watchdog_end(void);
/* The same end for a fault that a signal tells of. Safe in a signal handler. */
void watchdog_stop(int signal_number);

#endif
