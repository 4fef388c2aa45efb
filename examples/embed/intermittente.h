/* Decides whether Italian on-call work (lavoro intermittente) is lawful.
 *
 * Both functions may be called from any thread, from many at once. The library starts
 * threads of its own: load it after a fork, not before. */
#ifndef INTERMITTENTE_H
#define INTERMITTENTE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Answers one question of the decision protocol, one JSON object of at most 1 MiB in
 * UTF-8; length is its bytes, without an end. The answer is one JSON object on one line,
 * in UTF-8, and ends with a zero byte; what is no question is answered with an error.
 * It is NULL only where there is no memory. The caller frees it with intermittente_free. */
char *intermittente_answer(const char *question, size_t length);

/* Frees an answer. NULL is none. */
void intermittente_free(char *answer);

#ifdef __cplusplus
}
#endif

#endif
